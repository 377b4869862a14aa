package io.leadloom.connection.mailbox;

import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages that were shown instead of sent. */
public interface Mailbox {

  /** Keeps messages in the current transaction; a key that is there already is left alone. */
  void keep(List<Message> messages);

  /**
   * Lists messages, newest first.
   *
   * @param search part of an address or subject; null or blank for all
   * @param before only messages with a smaller id; null for the first page
   * @param letters whether mails of Leadloom itself are among them, which hold links that open accounts
   */
  Page<Message> list(@Nullable String search, @Nullable Long before, int limit, boolean letters);

  Optional<Message> find(long id);

  /**
   * A message.
   *
   * @param id 0 while it is new
   * @param root the record it is about; null for a mail of Leadloom itself
   * @param subject empty for SMS and WhatsApp
   * @param html as the sender wrote it: clean it before it is shown
   */
  record Message(
      long id,
      String key,
      Channel channel,
      @Nullable RecordRef root,
      String to,
      String subject,
      String text,
      String html,
      Instant at) {}
}
