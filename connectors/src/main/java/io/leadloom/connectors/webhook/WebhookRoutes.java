package io.leadloom.connectors.webhook;

import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.util.Timeout;

/** Carries requests to the address in the message; answers of every status come back to the caller. */
final class WebhookRoutes extends RouteBuilder {

  private final String id;
  private final WebhookSettings settings;
  private final CheckedResolver resolver;
  private final Limits limits;

  WebhookRoutes(String id, WebhookSettings settings, CheckedResolver resolver, Limits limits) {
    this.id = id;
    this.settings = settings;
    this.resolver = resolver;
    this.limits = limits;
  }

  @Override
  public void configure() throws Exception {
    from("direct:" + id).routeId(id).errorHandler(noErrorHandler()).to(receiver());
  }

  private Endpoint receiver() throws Exception {
    HttpComponent http = new HttpComponent();
    http.setCamelContext(getContext());
    http.setClientConnectionManager(connections());
    http.setHttpClientConfigurer(this::configure);
    http.setCookieManagementDisabled(true);
    http.init();
    return http.createEndpoint(
        "http://webhook.invalid?throwExceptionOnFailure=false&followRedirects=false&useSystemProperties=false");
  }

  private PoolingHttpClientConnectionManager connections() {
    return CarefulHttp.connections(
        resolver, settings.connections(), settings.perHost(), Timeout.of(settings.timeout()));
  }

  private void configure(HttpClientBuilder client) {
    CarefulHttp.configured(client, Timeout.of(settings.timeout()))
        .disableContentCompression()
        .addExecInterceptorFirst("limits", limits);
  }
}
