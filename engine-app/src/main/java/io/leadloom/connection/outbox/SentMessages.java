package io.leadloom.connection.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The messages that were sent about a record: e-mail, SMS and WhatsApp, not the calls of other programs or entries of
 * calendars (LEAD-126).
 */
@Component
public class SentMessages {

  private final JdbcTemplate jdbc;
  private final ObjectMapper json;

  SentMessages(JdbcTemplate jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A message.
   *
   * @param subject empty for channels without one
   * @param endedAt when it arrived or was given up; null before
   */
  public record Message(
      long id,
      Channel channel,
      DeliveryStatus status,
      String to,
      String subject,
      Instant createdAt,
      @Nullable Instant endedAt,
      @Nullable String error) {}

  /**
   * Messages, newest first, with their number.
   *
   * @param ref the record
   * @param merged the ids of those that have become part of it
   * @param before the id before which to read on
   */
  @Transactional(readOnly = true)
  public Page<Message> of(RecordRef ref, List<Long> merged, @Nullable Long before, int limit) {
    List<Long> ids = new ArrayList<>(merged);
    ids.add(ref.id());
    String messages =
        " from delivery where root_type = ? and root_id in ("
            + Ids.listed(ids)
            + ") and channel < 4";
    // Of one record they lie in their order.
    String order = merged.isEmpty() ? "root_type desc, root_id desc, id desc" : "id desc";
    Long total = jdbc.queryForObject("select count(*)" + messages, Long.class, ref.type().key());
    List<Message> found =
        jdbc.query(
            "select id, channel, status, recipient, body, created_at, ended_at, last_error"
                + messages
                + " and id < ? order by "
                + order
                + " limit ?",
            (row, number) -> {
              LocalDateTime ended = row.getObject(7, LocalDateTime.class);
              return new Message(
                  row.getLong(1),
                  Codec.channel(row.getInt(2)),
                  DeliveryStatus.of(row.getInt(3)),
                  row.getString(4),
                  subject(row.getString(5)),
                  Codec.time(row.getObject(6, LocalDateTime.class)),
                  ended == null ? null : Codec.time(ended),
                  row.getString(8));
            },
            ref.type().key(),
            before == null ? Long.MAX_VALUE : before,
            limit + 1);
    boolean more = found.size() > limit;
    List<Message> items = more ? found.subList(0, limit) : found;
    return new Page<>(items, more ? Long.toString(items.get(limit - 1).id()) : null, total);
  }

  private String subject(String body) {
    try {
      return json.readTree(body).path("subject").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
