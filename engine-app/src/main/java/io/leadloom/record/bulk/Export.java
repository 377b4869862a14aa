package io.leadloom.record.bulk;

import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.csv.CsvWriter;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.search.Hidden;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Money;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes records as CSV, a page at a time, without what is hidden from or out of reach of whoever asks. */
@Component
public class Export {

  private static final int PAGE = 500;

  private final RecordSearch search;
  private final Schemas schemas;
  private final Users users;
  private final AuditTrail trail;

  Export(RecordSearch search, Schemas schemas, Users users, AuditTrail trail) {
    this.search = search;
    this.schemas = schemas;
    this.users = users;
    this.trail = trail;
  }

  /** What is to be written, checked. */
  public static final class Plan {
    private final EntityType type;
    private final Filter filter;
    private final @Nullable List<Long> ids;
    private final List<Field> fields;
    private final Rights rights;

    private Plan(
        EntityType type,
        Filter filter,
        @Nullable List<Long> ids,
        List<Field> fields,
        Rights rights) {
      this.type = type;
      this.filter = filter;
      this.ids = ids;
      this.fields = fields;
      this.rights = rights;
    }
  }

  /**
   * Checks what somebody wants to have, and writes down that he had it.
   *
   * @param hidden whether leads that the list page hides are among them
   * @param ids null for all that match the filter
   * @param keys of the columns; empty for all fields
   */
  @Transactional
  public Plan plan(
      EntityType type,
      String filter,
      boolean hidden,
      @Nullable List<Long> ids,
      List<String> keys,
      Rights rights) {
    Schema schema = schemas.current().visibleTo(rights);
    Filter asked = FilterGrammar.parse(filter);
    search.check(type, asked, schemas.current(), rights);
    List<Field> fields = new ArrayList<>();
    for (String key : keys) {
      fields.add(
          schema
              .field(type, key)
              .orElseThrow(
                  () ->
                      RefusedException.invalid(
                          "There is no such field",
                          Violation.of("fields", key, "the key of a field of " + type.path()))));
    }
    trail.record(
        AuditEvent.of("export.records", "export", type.key(), type.path())
            .fact("records", ids == null ? "all that match" : Integer.toString(ids.size()))
            .fact("fields", keys.isEmpty() ? "all" : String.join(", ", keys)));
    return new Plan(
        type,
        hidden || ids != null || type != EntityType.LEAD ? asked : Hidden.without(asked, schema),
        ids == null ? null : List.copyOf(new TreeSet<>(ids)),
        fields.isEmpty() ? schema.fields(type) : fields,
        rights);
  }

  /** Writes the header and the records by id. */
  public void write(Plan plan, Writer out) throws IOException {
    out.write('\uFEFF');
    CsvWriter csv = new CsvWriter(out);
    List<String> header = new ArrayList<>(List.of("Id"));
    plan.fields.forEach(field -> header.add(field.label()));
    csv.row(header.toArray(String[]::new));
    List<Long> chosen = plan.ids;
    if (chosen != null) {
      for (int from = 0; from < chosen.size(); from += PAGE) {
        page(plan, chosen.subList(from, Math.min(chosen.size(), from + PAGE)), csv);
      }
      return;
    }
    long last = 0;
    List<Long> ids;
    do {
      ids = search.ids(plan.type, plan.filter, last, PAGE, plan.rights);
      if (!ids.isEmpty()) {
        page(plan, ids, csv);
        last = ids.get(ids.size() - 1);
      }
    } while (ids.size() == PAGE);
  }

  private void page(Plan plan, List<Long> ids, CsvWriter csv) throws IOException {
    List<Record> records =
        new ArrayList<>(search.reached(plan.type, ids, plan.rights, Action.EXPORT));
    records.sort(Comparator.comparingLong(record -> record.ref().id()));
    for (Record record : records) {
      if (record.trashedAt() == null) {
        List<String> cells = new ArrayList<>(List.of(Long.toString(record.ref().id())));
        plan.fields.forEach(field -> cells.add(text(field, record.values().get(field.key()))));
        csv.row(cells.toArray(String[]::new));
      }
    }
  }

  /** As an import reads it again; people by their names. */
  private String text(Field field, @Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Money money) {
      return money.amount().toPlainString() + " " + money.currency();
    }
    if (value instanceof List<?> many) {
      return many.stream().map(String::valueOf).collect(Collectors.joining("; "));
    }
    if (value instanceof java.math.BigDecimal number) {
      return number.toPlainString();
    }
    return field.type() == FieldType.USER && value instanceof Long id
        ? users.find(id).map(Users.Person::name).orElse(value.toString())
        : value.toString();
  }
}
