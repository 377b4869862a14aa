package io.leadloom.record.calling.row;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.record.calling.TableColumn;
import io.leadloom.record.calling.TableDefinition;
import io.leadloom.record.calling.UniqueValues;
import io.leadloom.record.calling.row.Columns.Column;
import io.leadloom.record.calling.row.ListLeadRows.Written;
import io.leadloom.record.store.RowValues;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes the keys of a column that becomes unique beside the leads that are there, a thousand at a time, and counts those
 * that share one. Whoever refuses because of them rolls the keys back.
 */
@Component
class NewlyUnique implements UniqueValues {

  private static final int PIECE = 1_000;

  private final JdbcTemplate jdbc;
  private final ListLeadRows rows;
  private final Schemas schemas;
  private final AccountSettings account;

  NewlyUnique(JdbcTemplate jdbc, ListLeadRows rows, Schemas schemas, AccountSettings account) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.schemas = schemas;
    this.account = account;
  }

  @Override
  public long shared(TableDefinition after, TableColumn column) {
    Schema schema = schemas.latest();
    Columns columns = Columns.of(after.columns(), schema);
    Optional<Column> unique = columns.named(column.name());
    Map<Long, String> regions = regions(after.id());
    if (unique.isEmpty() || regions.isEmpty()) {
      return 0;
    }
    RowValues documents = new RowValues(EntityType.LEAD, schema);
    regions.forEach(
        (list, region) -> keep(list, new RowKeys(columns, region), unique.get(), documents));
    Long shared =
        jdbc.queryForObject(
            "select count(distinct a.lead_id) from list_lead l"
                + " join list_lead_key a on a.lead_id = l.id and a.field_id = ?"
                + " join list_lead_key b on b.value_key = a.value_key and b.lead_id <> a.lead_id"
                + " where l.list_id in ("
                + Ids.listed(regions.keySet())
                + ") and (b.list_id = a.list_id or exists (select 1 from lead_list_campaign x"
                + " join lead_list_campaign y on y.campaign_id = x.campaign_id"
                + " where x.list_id = a.list_id and y.list_id = b.list_id))",
            Long.class,
            unique.get().field().id());
    return shared == null ? 0 : shared;
  }

  /** The lists of the processes of a definition, with the region of numbers without a country code. */
  private Map<Long, String> regions(long definition) {
    Map<Long, String> regions = new HashMap<>();
    jdbc.query(
        "select l.id, p.default_country from lead_list l join call_process p on p.id = l.process_id"
            + " where p.definition_id = ?",
        row -> {
          regions.put(
              row.getLong(1), Objects.requireNonNullElse(row.getString(2), account.region()));
        },
        definition);
    return regions;
  }

  private void keep(long list, RowKeys keys, Column column, RowValues documents) {
    long field = column.field().id();
    List<ListLeadRows.Stored> piece = rows.filled(list, field, Long.MAX_VALUE, PIECE);
    while (!piece.isEmpty()) {
      List<Written> kept = new ArrayList<>();
      for (ListLeadRows.Stored lead : piece) {
        RowKey key = keys.unique(column, documents.read(lead.custom()));
        if (key != null) {
          kept.add(new Written(lead.id(), list, null, null, null, null, List.of(key)));
        }
      }
      rows.keep(field, kept);
      long before = piece.get(piece.size() - 1).id();
      piece = piece.size() < PIECE ? List.of() : rows.filled(list, field, before, PIECE);
    }
  }
}
