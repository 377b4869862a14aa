package io.leadloom.connectors.mail;

import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;

/** Carries mails to the server; failures come back to the caller. */
final class MailRoutes extends RouteBuilder {

  private final String id;
  private final MailSettings settings;

  MailRoutes(String id, MailSettings settings) {
    this.id = id;
    this.settings = settings;
  }

  @Override
  public void configure() {
    from("direct:" + id).routeId(id).errorHandler(noErrorHandler()).to(server());
  }

  private MailEndpoint server() {
    String protocol = settings.security() == MailSettings.Security.TLS ? "smtps" : "smtp";
    MailComponent component = new MailComponent(getContext());
    MailConfiguration configuration = new MailConfiguration(getContext());
    configuration.configureProtocol(protocol);
    configuration.setHost(settings.host());
    configuration.setPort(settings.port());
    configuration.setConnectionTimeout(settings.timeoutSeconds() * 1000);
    configuration.setFrom(settings.from());
    if (settings.signsIn()) {
      configuration.setUsername(settings.username());
      configuration.setPassword(settings.password());
    }
    Properties properties = new Properties();
    properties.putAll(MailMapping.properties(settings, protocol));
    configuration.setAdditionalJavaMailProperties(properties);
    // The address in the endpoint's name has no credentials in it: names show up in logs.
    MailEndpoint endpoint = new MailEndpoint(protocol + "://" + id, component, configuration);
    endpoint.setCamelContext(getContext());
    return endpoint;
  }
}
