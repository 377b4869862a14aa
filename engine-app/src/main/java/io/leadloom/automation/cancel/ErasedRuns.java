package io.leadloom.automation.cancel;

import io.leadloom.automation.run.RunControl;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.record.RecordsErased;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Ends the runs of records that are erased for good, and takes out of all their runs what they tell of them; runs about
 * their opportunities go on without what they have told. That they ran stays, and so do the figures of the cards (ENG-E27).
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
    String ofRecords = of("root", erased.type(), erased.ids());
    List<Long> open =
        jdbc.queryForList("select id from run" + ofRecords + " and status in (2, 3)", Long.class);
    if (!open.isEmpty()) {
      control.cancel(open, "The record was erased for good");
    }
    forget(jdbc.queryForList("select id from run" + ofRecords, Long.class));
    jdbc.update("delete from automation_entry" + ofRecords);
    jdbc.update("delete from notice" + of("ref", erased.type(), erased.ids()));
    if (!erased.deals().isEmpty()) {
      deals(erased.deals());
    }
  }

  private void deals(List<Long> deals) {
    String ofDeals = of("root", EntityType.OPPORTUNITY, deals);
    List<Long> all = jdbc.queryForList("select id from run" + ofDeals, Long.class);
    if (!all.isEmpty()) {
      String listed = Ids.listed(all);
      // Whoever carries a run on holds its state, and has written down what it did before that is
      // let go.
      jdbc.queryForList(
          "select run_id from run_state where run_id in ("
              + listed
              + ") order by run_id for update",
          Long.class);
      forget(all);
      jdbc.update("update run_wait set message = null where run_id in (" + listed + ")");
    }
    jdbc.update("delete from notice" + of("ref", EntityType.OPPORTUNITY, deals));
  }

  private void forget(List<Long> runs) {
    if (!runs.isEmpty()) {
      String listed = Ids.listed(runs);
      jdbc.update("update run set steps = '', incident = null where id in (" + listed + ")");
      jdbc.update("delete from run_steps where run_id in (" + listed + ")");
    }
  }

  private static String of(String which, EntityType type, List<Long> ids) {
    return " where %s_id in (%s) and %s_type = %d"
        .formatted(which, Ids.listed(ids), which, type.code());
  }
}
