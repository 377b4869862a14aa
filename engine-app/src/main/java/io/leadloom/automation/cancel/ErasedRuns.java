package io.leadloom.automation.cancel;

import io.leadloom.automation.run.RunControl;
import io.leadloom.platform.Ids;
import io.leadloom.record.RecordsErased;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Ends the runs of records that are erased for good, and takes out of all their runs what they tell of them. That they ran
 * stays, and so do the figures of the cards (ENG-E27).
 */
@Component
class ErasedRuns {

  private final RunControl control;
  private final JdbcTemplate jdbc;

  ErasedRuns(RunControl control, JdbcTemplate jdbc) {
    this.control = control;
    this.jdbc = jdbc;
  }

  @EventListener
  void erased(RecordsErased erased) {
    String ofRecords =
        " where root_id in ("
            + Ids.listed(erased.ids())
            + ") and root_type = "
            + erased.type().code();
    List<Long> open =
        jdbc.queryForList("select id from run" + ofRecords + " and status in (2, 3)", Long.class);
    if (!open.isEmpty()) {
      control.cancel(open, "The record was erased for good");
    }
    List<Long> all = jdbc.queryForList("select id from run" + ofRecords, Long.class);
    if (!all.isEmpty()) {
      String listed = Ids.listed(all);
      jdbc.update("update run set steps = '', incident = null where id in (" + listed + ")");
      jdbc.update("delete from run_steps where run_id in (" + listed + ")");
    }
    jdbc.update("delete from automation_entry" + ofRecords);
    jdbc.update(
        "delete from notice where ref_id in ("
            + Ids.listed(erased.ids())
            + ") and ref_type = "
            + erased.type().code());
  }
}
