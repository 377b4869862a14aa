package io.leadloom.connectors.webhook;

import io.leadloom.connectors.api.Connector;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Receipt;
import io.leadloom.connectors.api.Secrets;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** Posts documents to receivers. */
final class WebhookConnector implements Connector {

  private static final AtomicLong COUNT = new AtomicLong();

  private final CamelContext camel;
  private final String id = "webhook-" + COUNT.incrementAndGet();
  private final WebhookMapping mapping;
  private final Limits limits;
  private final ProducerTemplate template;

  WebhookConnector(
      CamelContext camel, Secrets secrets, WebhookSettings settings, CheckedResolver.Names names) {
    this.camel = camel;
    this.mapping = new WebhookMapping(settings, secrets);
    this.limits = new Limits(settings.timeout());
    try {
      camel.addRoutes(
          new WebhookRoutes(id, settings, new CheckedResolver(names, settings), limits));
    } catch (Exception e) {
      throw new IllegalStateException("The webhook route does not start", e);
    }
    this.template = camel.createProducerTemplate();
  }

  @Override
  public Receipt send(Delivery delivery) throws ConnectorFailure {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, Boolean.TRUE);
    mapping.fill(delivery, exchange.getIn());
    Exchange answer = template.send("direct:" + id, exchange);
    if (answer.getException() != null) {
      throw failure(answer.getException());
    }
    return mapping.receipt(answer.getMessage(), delivery.at());
  }

  private static ConnectorFailure failure(Exception failure) {
    @Nullable Throwable step = failure;
    for (int depth = 0; step != null && depth < 20; depth++) {
      if (step instanceof CheckedResolver.RefusedAddress) {
        return ConnectorFailure.permanent(String.valueOf(step.getMessage()), failure);
      }
      if (step instanceof UnknownHostException) {
        return ConnectorFailure.retryable("The host is unknown: " + step.getMessage(), failure);
      }
      if (step instanceof InterruptedIOException) {
        return ConnectorFailure.retryable(
            "The receiver did not answer in time: " + step.getMessage(), failure);
      }
      step = step.getCause();
    }
    return ConnectorFailure.retryable(
        "The receiver cannot be reached: "
            + failure.getClass().getSimpleName()
            + ": "
            + failure.getMessage(),
        failure);
  }

  @Override
  public void close() {
    try {
      template.stop();
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
      camel.removeEndpoints("direct:" + id);
    } catch (Exception e) {
      throw new IllegalStateException("The webhook route does not stop", e);
    } finally {
      limits.close();
    }
  }
}
