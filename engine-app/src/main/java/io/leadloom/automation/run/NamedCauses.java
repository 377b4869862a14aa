package io.leadloom.automation.run;

import io.leadloom.automation.definition.CardNames;
import io.leadloom.platform.Cause;
import io.leadloom.record.CauseNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Names automations and cards for the histories of records, with one query per table however long the page is. */
@Component
class NamedCauses implements CauseNames {

  private final JdbcTemplate jdbc;
  private final CardNames cards;

  NamedCauses(JdbcTemplate jdbc, CardNames cards) {
    this.jdbc = jdbc;
    this.cards = cards;
  }

  @Override
  public Map<Long, String> automations(Collection<Long> ids) {
    Map<Long, String> names = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbc.query(
          "select id, name from automation where id in (" + Sql.list(ids) + ")",
          row -> {
            names.put(row.getLong(1), row.getString(2));
          });
    }
    return names;
  }

  @Override
  public Map<Cause.Step, String> cards(Collection<Cause.Step> steps) {
    Map<Cause.Step, String> names = new HashMap<>();
    if (steps.isEmpty()) {
      return names;
    }
    Set<Long> runs = new HashSet<>();
    steps.forEach(step -> runs.add(step.runId()));
    Map<Long, Long> versionOf = new HashMap<>();
    jdbc.query(
        "select id, version_id from run where id in (" + Sql.list(runs) + ")",
        row -> {
          versionOf.put(row.getLong(1), row.getLong(2));
        });
    Map<Long, Map<String, String>> called = cards.of(new HashSet<>(versionOf.values()));
    for (Cause.Step step : steps) {
      String name = called.getOrDefault(versionOf.get(step.runId()), Map.of()).get(step.card());
      if (name != null) {
        names.put(step, name);
      }
    }
    return names;
  }
}
