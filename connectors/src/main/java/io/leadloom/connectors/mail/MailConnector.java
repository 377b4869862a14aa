package io.leadloom.connectors.mail;

import io.leadloom.connectors.api.Connector;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Receipt;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Sends mails to one server. */
final class MailConnector implements Connector {

  private static final AtomicLong COUNT = new AtomicLong();
  private static final int PERMANENT_FROM = 500;

  private final CamelContext camel;
  private final String id = "mail-" + COUNT.incrementAndGet();
  private final MailMapping mapping;
  private final MailSettings settings;
  private final ProducerTemplate template;

  MailConnector(CamelContext camel, MailSettings settings) {
    this.camel = camel;
    this.settings = settings;
    this.mapping = new MailMapping(settings);
    try {
      camel.addRoutes(new MailRoutes(id, settings));
    } catch (Exception e) {
      throw new IllegalStateException("The mail route does not start", e);
    }
    this.template = camel.createProducerTemplate();
  }

  @Override
  public Receipt send(Delivery delivery) throws ConnectorFailure {
    Exchange exchange = new DefaultExchange(camel);
    mapping.fill(delivery, exchange.getIn());
    Exception failure = template.send("direct:" + id, exchange).getException();
    if (failure != null) {
      throw failure(failure);
    }
    return Receipt.TAKEN;
  }

  private ConnectorFailure failure(Exception failure) {
    @Nullable Throwable step = failure;
    for (int depth = 0; step != null && depth < 20; depth++) {
      if (step instanceof AddressException) {
        return ConnectorFailure.permanent(
            "The address cannot be used: " + step.getMessage(), failure);
      }
      if (step instanceof AuthenticationFailedException) {
        return ConnectorFailure.retryable(
            "The mail server "
                + settings.host()
                + " refused to sign in '"
                + settings.username()
                + "'",
            failure);
      }
      int code = code(step);
      if (code > 0) {
        String message = "The mail server answered: " + String.valueOf(step.getMessage()).strip();
        return code >= PERMANENT_FROM
            ? ConnectorFailure.permanent(message, failure)
            : ConnectorFailure.retryable(message, failure);
      }
      Throwable next = step instanceof MessagingException mail ? mail.getNextException() : null;
      step = next != null ? next : step.getCause();
    }
    return ConnectorFailure.retryable(
        "The mail server "
            + settings.host()
            + ":"
            + settings.port()
            + " cannot be used: "
            + rootMessage(failure),
        failure);
  }

  /** The server's answer about the recipient counts more than its answer about the whole mail. */
  private static int code(Throwable step) {
    if (step instanceof SMTPAddressFailedException address) {
      return address.getReturnCode();
    }
    if (step instanceof SMTPSenderFailedException sender) {
      return sender.getReturnCode();
    }
    if (step instanceof SMTPSendFailedException send
        && !(send.getNextException() instanceof SMTPAddressFailedException)) {
      return send.getReturnCode();
    }
    return 0;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  @Override
  public void close() {
    try {
      template.stop();
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
      camel.removeEndpoints("direct:" + id);
    } catch (Exception e) {
      throw new IllegalStateException("The mail route does not stop", e);
    }
  }
}
