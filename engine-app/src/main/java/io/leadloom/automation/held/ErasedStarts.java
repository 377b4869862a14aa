package io.leadloom.automation.held;

import io.leadloom.platform.Ids;
import io.leadloom.record.RecordsErased;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Nothing that waits to start an automation keeps what it knows of records that are erased for good (ENG-222). */
@Component
class ErasedStarts {

  private final JdbcTemplate jdbc;

  ErasedStarts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void erased(RecordsErased erased) {
    for (String which : List.of("record", "subject")) {
      String ofRecords =
          " where %s_id in (%s) and %s_type = %d"
              .formatted(which, Ids.listed(erased.ids()), which, erased.type().code());
      List<Long> imports =
          jdbc.queryForList(
              "select distinct import_id from held_start" + ofRecords + " order by import_id",
              Long.class);
      for (long each : imports) {
        // First the import, as whoever lets starts go does.
        jdbc.queryForList(
            "select import_id from import_start where import_id = ? for update", Long.class, each);
        int gone = jdbc.update("delete from held_start" + ofRecords + " and import_id = ?", each);
        jdbc.update("update import_start set held = held - ? where import_id = ?", gone, each);
      }
    }
  }
}
