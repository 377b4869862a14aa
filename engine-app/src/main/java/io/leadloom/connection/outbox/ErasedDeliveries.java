package io.leadloom.connection.outbox;

import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.record.RecordsErased;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes whom and what out of the deliveries about records that are erased for good, and about their opportunities; what
 * was not delivered goes. How many were delivered stays. Messages in the Mailbox go.
 */
@Component
class ErasedDeliveries {

  private final JdbcTemplate jdbc;
  private final ResultWriter writer;
  private final Clock clock;

  ErasedDeliveries(JdbcTemplate jdbc, ResultWriter writer, Clock clock) {
    this.jdbc = jdbc;
    this.writer = writer;
    this.clock = clock;
  }

  /** First, so that what others send because of it stays. */
  @EventListener
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void erased(RecordsErased erased) {
    forget(erased.type(), of(erased.ids()));
    if (!erased.deals().isEmpty()) {
      refuse(of(erased.deals()));
      forget(EntityType.OPPORTUNITY, of(erased.deals()));
    }
  }

  private static String of(List<Long> ids) {
    return " where root_type = ? and root_id in (" + Ids.listed(ids) + ")";
  }

  /** Runs of opportunities go on: those that wait for a receipt hear that there will be none. */
  private void refuse(String ofDeals) {
    Instant now = clock.instant();
    List<JournalEntry> receipts =
        jdbc.query(
            "select delivery_key, channel, root_type, root_id, cause from delivery"
                + ofDeals
                + " and status in (1, 2) order by id for update",
            (row, number) ->
                ResultWriter.entry(
                    new String(row.getBytes(1), StandardCharsets.UTF_8),
                    OutboxRows.name(Codec.channel(row.getInt(2))),
                    Codec.ref(row.getString(3), row.getLong(4)),
                    Codec.cause(row.getString(5)),
                    now,
                    "Whom it was for was erased for good"),
            EntityType.OPPORTUNITY.key());
    writer.append(receipts);
  }

  private void forget(EntityType type, String ofRecords) {
    // One that could be sent again later would be sent without its text.
    jdbc.update(
        "delete from delivery" + ofRecords + " and status <> " + DeliveryStatus.DELIVERED.code(),
        type.key());
    jdbc.update(
        "update delivery set recipient = '', body = '', headers = null, response = null, last_error = null"
            + ofRecords,
        type.key());
    jdbc.update("delete from mailbox" + ofRecords, type.key());
  }
}
