package io.leadloom.connectors.testprovider;

import io.leadloom.connectors.api.Connector;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Receipt;
import io.leadloom.connectors.api.Way;
import java.util.regex.Pattern;

/** Takes every well-addressed message and leaves it to the Mailbox. */
final class TestProviderConnector implements Connector {

  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{4,14}");
  private static final Pattern MAIL = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+");

  private final TestProviderSettings settings;

  TestProviderConnector(TestProviderSettings settings) {
    this.settings = settings;
  }

  @Override
  public Receipt send(Delivery delivery) throws ConnectorFailure {
    boolean mail = delivery.way() == Way.EMAIL;
    if (!(mail ? MAIL : NUMBER).matcher(delivery.to()).matches()) {
      throw ConnectorFailure.permanent(
          "'"
              + delivery.to()
              + "' is not "
              + (mail ? "an e-mail address" : "a phone number such as +919876543210"),
          null);
    }
    if (settings.refuses(delivery.to())) {
      throw ConnectorFailure.permanent("The test provider is set to refuse " + delivery.to(), null);
    }
    return Receipt.SHOWN;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
