package io.leadloom.automation.message;

import io.leadloom.connection.Deliveries.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The messages that people send, each by the card of automations (LEAD-102). */
public enum MessageKind {
  EMAIL(Channel.EMAIL, "email.send", List.of("subject", "text", "html")),
  SMS(Channel.SMS, "sms.send", List.of("text")),
  WHATSAPP(Channel.WHATSAPP, "whatsapp.send", List.of("text"));

  private final Channel channel;
  private final String card;
  private final List<String> texts;

  MessageKind(Channel channel, String card, List<String> texts) {
    this.channel = channel;
    this.card = card;
    this.texts = texts;
  }

  /** The name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this name. */
  public static Optional<MessageKind> of(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }

  public Channel channel() {
    return channel;
  }

  /** The type of the card that sends it. */
  String card() {
    return card;
  }

  /** What is written in it. */
  List<String> texts() {
    return texts;
  }
}
