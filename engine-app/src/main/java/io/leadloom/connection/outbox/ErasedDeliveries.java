package io.leadloom.connection.outbox;

import io.leadloom.platform.Ids;
import io.leadloom.record.RecordsErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes whom and what out of the deliveries about records that are erased for good; what was not
 * delivered goes. How many were delivered stays. Messages in the Mailbox go.
 */
@Component
class ErasedDeliveries {

  private final JdbcTemplate jdbc;

  ErasedDeliveries(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void erased(RecordsErased erased) {
    String ofRecords = " where root_type = ? and root_id in (" + Ids.listed(erased.ids()) + ")";
    String type = erased.type().key();
    // One that could be sent again later would be sent without its text.
    jdbc.update(
        "delete from delivery" + ofRecords + " and status <> " + DeliveryStatus.DELIVERED.code(),
        type);
    jdbc.update(
        "update delivery set recipient = '', body = '', headers = null, response = null, last_error = null"
            + ofRecords,
        type);
    jdbc.update("delete from mailbox" + ofRecords, type);
  }
}
