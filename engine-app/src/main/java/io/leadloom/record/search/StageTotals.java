package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Money;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.deal.OpportunityFields;
import io.leadloom.schema.deal.Pipeline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How many opportunities stand in the stages of a pipeline and what they are worth, as far as somebody sees them (REV-007). */
@Component
public class StageTotals {

  private final JdbcTemplate jdbc;
  private final RecordSearch search;
  private final Schemas schemas;

  StageTotals(JdbcTemplate jdbc, RecordSearch search, Schemas schemas) {
    this.jdbc = jdbc;
    this.search = search;
    this.schemas = schemas;
  }

  /**
   * What stands in a stage.
   *
   * @param label what values of opportunities call the stage
   * @param worth one sum for each currency (REV-002), by currency; none for who does not see values
   */
  public record Total(Pipeline.Stage stage, String label, long count, List<Money> worth) {
    public Total {
      worth = List.copyOf(worth);
    }
  }

  /** The stages of a pipeline in their order. Refuses filters as a search does. */
  public List<Total> of(Pipeline pipeline, Filter filter, Rights rights) {
    Schema schema = schemas.current();
    FilterSql sql = search.filterSql(EntityType.OPPORTUNITY, schema, rights);
    Field stage = sql.field(OpportunityFields.STAGE);
    ChoiceNames names = stage.names();
    SqlCondition where = search.where(EntityType.OPPORTUNITY, sql, filter, rights, false);
    boolean values = !rights.hides(EntityType.OPPORTUNITY, OpportunityFields.VALUE);
    Map<String, Long> stages = new HashMap<>();
    Map<Long, String> labels = new HashMap<>();
    for (Pipeline.Stage one : pipeline.stages()) {
      if (names != null) {
        names
            .choice(one.id())
            .ifPresent(
                choice -> {
                  labels.put(one.id(), choice.label());
                  names.forms(choice).forEach(form -> stages.put(form, one.id()));
                });
      }
    }
    Map<Long, Long> counts = new HashMap<>();
    Map<Long, Map<String, BigDecimal>> sums = new HashMap<>();
    if (!stages.isEmpty()) {
      read(sql, where, stages, counts, sums);
    }
    return pipeline.stages().stream()
        .map(
            one ->
                new Total(
                    one,
                    labels.getOrDefault(one.id(), one.name()),
                    counts.getOrDefault(one.id(), 0L),
                    values ? worth(sums.getOrDefault(one.id(), Map.of())) : List.of()))
        .toList();
  }

  private void read(
      FilterSql sql,
      SqlCondition where,
      Map<String, Long> stages,
      Map<Long, Long> counts,
      Map<Long, Map<String, BigDecimal>> sums) {
    List<String> forms = List.copyOf(stages.keySet());
    List<Object> arguments = new ArrayList<>(forms);
    arguments.addAll(where.arguments());
    jdbc.query(
        "select r.stage, r.deal_value_currency, count(*), sum(r.deal_value) from "
            + RecordSearch.from(EntityType.OPPORTUNITY, sql)
            + " where r.stage in ("
            + Sql.marks(forms.size())
            + ") and r.trashed_at is null and "
            + where.sql()
            + " group by r.stage, r.deal_value_currency",
        row -> {
          Long id = stages.get(row.getString(1));
          String currency = row.getString(2);
          BigDecimal sum = row.getBigDecimal(4);
          if (id != null) {
            counts.merge(id, row.getLong(3), Long::sum);
            if (currency != null && sum != null) {
              sums.computeIfAbsent(id, key -> new TreeMap<>())
                  .merge(currency, sum, BigDecimal::add);
            }
          }
        },
        arguments.toArray());
  }

  private static List<Money> worth(Map<String, BigDecimal> sums) {
    List<Money> worth = new ArrayList<>();
    sums.forEach(
        (currency, sum) -> {
          if (sum.signum() != 0) {
            int places = Math.max(2, sum.stripTrailingZeros().scale());
            worth.add(new Money(sum.setScale(places, RoundingMode.UNNECESSARY), currency));
          }
        });
    return worth;
  }
}
