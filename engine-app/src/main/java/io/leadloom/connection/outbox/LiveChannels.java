package io.leadloom.connection.outbox;

import io.leadloom.connection.Channels;
import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.connection.settings.MailServer;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether a provider or else the built-in test provider takes what is sent. */
@Component
class LiveChannels implements Channels {

  private static final String NONE =
      "a provider, since messages are not to be shown in the Mailbox";

  private final MailServer mail;
  private final OutgoingSettings settings;

  LiveChannels(MailServer mail, OutgoingSettings settings) {
    this.mail = mail;
    this.settings = settings;
  }

  @Override
  public List<State> states() {
    return List.of(
        mail.problems()
            .map(
                problems ->
                    new State(
                        Channel.EMAIL,
                        false,
                        problems.stream()
                            .map(
                                problem ->
                                    new Missing("mail." + problem.field(), problem.expectation()))
                            .toList()))
            .orElseGet(() -> shown(Channel.EMAIL, "mail.host")),
        shown(Channel.SMS, "sms.provider"),
        shown(Channel.WHATSAPP, "whatsapp.provider"));
  }

  private State shown(Channel channel, String setting) {
    return settings.testProvider()
        ? new State(channel, true, List.of())
        : new State(channel, false, List.of(new Missing(setting, NONE)));
  }
}
