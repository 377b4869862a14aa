package io.leadloom.connection;

import io.leadloom.connection.Deliveries.Channel;
import java.util.List;

/** The ways to people, and whether something can be sent by them (LEAD-102). */
public interface Channels {

  /** E-mail, SMS and WhatsApp. */
  List<State> states();

  /**
   * How one of them stands.
   *
   * @param shown whether messages are shown in the Mailbox and not sent
   * @param missing the settings without which nothing can be sent; empty when it is ready
   */
  record State(Channel channel, boolean shown, List<Missing> missing) {
    public State {
      missing = List.copyOf(missing);
    }

    public boolean ready() {
      return missing.isEmpty();
    }
  }

  /**
   * A setting that is not as it has to be.
   *
   * @param setting for example {@code mail.from}
   */
  record Missing(String setting, String expectation) {}
}
