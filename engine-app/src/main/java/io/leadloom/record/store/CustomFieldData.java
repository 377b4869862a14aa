package io.leadloom.record.store;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.Record;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldData;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What records do when a custom field changes. */
@Component
class CustomFieldData implements FieldData {

  private static final int PAGE = 500;

  private final JdbcTemplate jdbc;
  private final RecordStore store;
  private final ObjectProvider<Schemas> schemas;
  private final Claims claims;

  CustomFieldData(
      JdbcTemplate jdbc, BatchedRows batched, RecordStore store, ObjectProvider<Schemas> schemas) {
    this.jdbc = jdbc;
    this.store = store;
    this.schemas = schemas;
    this.claims = new Claims(jdbc, batched);
  }

  /** Documents hold no digits as keys but field ids, and texts escape their quotes, so that the mark is found only there. */
  private static String mark(Field field) {
    return "%\"" + field.id() + "\":%";
  }

  @Override
  public long count(Field field) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from " + EntityTable.name(field.entity()) + " where custom like ?",
            Long.class,
            mark(field));
    return count == null ? 0 : count;
  }

  @Override
  public long countListed(Field field) {
    return field.entity() == EntityType.LEAD ? listed(List.of(mark(field))) : 0;
  }

  @Override
  public long countListed(String kind, Collection<String> forms) {
    Field field = ofKind(EntityType.LEAD, kind);
    return field == null || forms.isEmpty()
        ? 0
        : listed(forms.stream().map(form -> mark(field, form)).toList());
  }

  /** How many leads of lists have such values: they keep all of them in documents, also those of delivered fields. */
  private long listed(List<String> marks) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from list_lead where "
                + String.join(" or ", Collections.nCopies(marks.size(), "custom like ?")),
            Long.class,
            marks.toArray());
    return count == null ? 0 : count;
  }

  /** What a document has that keeps a text in a field, as a pattern in which nothing of the text means more than itself. */
  private static String mark(Field field, String text) {
    String json = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    return mark(field).replaceFirst("%$", "")
        + "\""
        + json.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        + "\"%";
  }

  @Override
  public void forget(Field field) {
    claims.releaseField(field.id());
    if (field.slot() != null) {
      String clear =
          "update "
              + EntityTable.slots(field.entity())
              + " set "
              + field.slot()
              + " = null where "
              + field.slot()
              + " is not null";
      if (field.activityType() == null) {
        jdbc.update(clear);
      } else {
        jdbc.update(
            clear + " and id in (select id from activities where type = ?)", field.activityType());
      }
    }
  }

  @Override
  public void index(Field field) {
    Schema schema = schemas.getObject().current();
    long last = 0;
    while (true) {
      List<Record> page =
          store.select(
              field.entity(),
              schema,
              "where r.custom like ? and r.id > ? order by r.id limit ?",
              mark(field),
              last,
              PAGE);
      if (page.isEmpty()) {
        return;
      }
      page.forEach(record -> slot(field, record));
      if (field.unique()) {
        claim(field, page);
      }
      last = page.get(page.size() - 1).ref().id();
    }
  }

  @Override
  public Map<EntityType, Long> countChoice(String kind, Collection<String> forms) {
    Map<EntityType, Long> counts = new EnumMap<>(EntityType.class);
    for (EntityType entity : EntityType.values()) {
      Field field = ofKind(entity, kind);
      if (field != null) {
        Long count =
            jdbc.queryForObject(
                "select count(*) from "
                    + EntityTable.name(entity)
                    + " where "
                    + EntityTable.columnName(field)
                    + " in ("
                    + Sql.marks(forms.size())
                    + ")",
                Long.class,
                forms.toArray());
        counts.put(entity, count == null ? 0 : count);
      }
    }
    return counts;
  }

  private @Nullable Field ofKind(EntityType entity, String kind) {
    return schemas.getObject().current().fields(entity).stream()
        .filter(one -> one.names() != null && ofKind(one.names(), kind))
        .findFirst()
        .orElse(null);
  }

  /** The fields of two kinds of record can have one key and choices of their own (VOC-003). */
  private static boolean ofKind(ChoiceNames names, String kind) {
    return names.choices().stream().findFirst().map(one -> one.kind().equals(kind)).orElse(false);
  }

  private void slot(Field field, Record record) {
    Object value = record.values().get(field.key());
    if (field.slot() == null || value == null) {
      return;
    }
    String table = EntityTable.slots(field.entity());
    Object stored = RowWriter.slotValue(value);
    long id = record.ref().id();
    if (jdbc.update("update " + table + " set " + field.slot() + " = ? where id = ?", stored, id)
        == 0) {
      jdbc.update("insert into " + table + " (id, " + field.slot() + ") values (?, ?)", id, stored);
    }
  }

  private void claim(Field field, List<Record> page) {
    TreeMap<Claim, Long> owners = new TreeMap<>();
    for (Record record : page) {
      String folded = folded(record.values().get(field.key()));
      if (record.trashedAt() == null
          && folded != null
          && owners.put(new Claim(field.id(), folded), record.ref().id()) != null) {
        throw shared(field, folded);
      }
    }
    if (!owners.isEmpty()) {
      try {
        claims.take(owners);
      } catch (DuplicateKeyException e) {
        throw shared(field, null);
      }
    }
  }

  private static @Nullable String folded(@Nullable Object value) {
    return value instanceof String text
        ? Folded.of(text)
        : value == null ? null : String.valueOf(FieldConversion.toNatural(value));
  }

  private static RefusedException shared(Field field, @Nullable String value) {
    return RefusedException.invalid(
        field.label() + " cannot become unique",
        Violation.of("unique", value, "values that no two records share"));
  }
}
