package io.leadloom.automation.run;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Records;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whose turn it is and who has how many leads, for one batch. The row of a card's turns is locked until its end, so that
 * of two batches the second one sees what the first one gave to whom.
 */
final class Distribution {

  private final JdbcTemplate jdbc;
  private final Records records;
  private final Map<Turns, Long> turns = new HashMap<>();
  private final Map<Long, Long> loads = new HashMap<>();

  private record Turns(long automationId, String card) {}

  Distribution(JdbcTemplate jdbc, Records records) {
    this.jdbc = jdbc;
    this.records = records;
  }

  long takeTurn(long automationId, String card) {
    long turn = turns.computeIfAbsent(new Turns(automationId, card), this::load);
    turns.put(new Turns(automationId, card), turn + 1);
    return turn;
  }

  private long load(Turns key) {
    jdbc.update(
        "insert into distribution_turn (automation_id, card, turn) values (?, ?, 0) on duplicate key update turn = turn",
        key.automationId(),
        key.card());
    Long turn =
        jdbc.queryForObject(
            "select turn from distribution_turn where automation_id = ? and card = ? for update",
            Long.class,
            key.automationId(),
            key.card());
    return turn == null ? 0 : turn;
  }

  long leastLoaded(long automationId, String card, List<Long> users) {
    turns.computeIfAbsent(new Turns(automationId, card), this::load);
    long best = users.get(0);
    for (long user : users) {
      if (load(user) < load(best)) {
        best = user;
      }
    }
    loads.merge(best, 1L, Long::sum);
    return best;
  }

  private long load(long user) {
    return loads.computeIfAbsent(
        user,
        id ->
            records.count(
                EntityType.LEAD,
                new Filter.Test(
                    "owner", Operator.EQUALS, List.of(new Operand.Literal(Long.toString(id))))));
  }

  /** Writes the turns that were taken. */
  void flush() {
    turns.forEach(
        (key, turn) ->
            jdbc.update(
                "update distribution_turn set turn = ? where automation_id = ? and card = ?",
                turn,
                key.automationId(),
                key.card()));
  }
}
