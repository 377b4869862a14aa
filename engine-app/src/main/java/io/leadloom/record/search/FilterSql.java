package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.store.EntityTable;
import io.leadloom.schema.Field;
import io.leadloom.schema.OperandReader;
import io.leadloom.schema.Operators;
import io.leadloom.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns a filter into a condition over the record {@code r} and its slots {@code s}. Every part is true or false. */
final class FilterSql {

  private final EntityType entity;
  private final Schema schema;
  private final Instant now;
  private final ZoneId zone;
  private final Rights rights;
  private final SharedReach.Shared shared;
  private boolean slots;

  FilterSql(
      EntityType entity,
      Schema schema,
      Instant now,
      ZoneId zone,
      Rights rights,
      SharedReach.Shared shared) {
    this.rights = rights;
    this.shared = shared;
    this.entity = entity;
    this.schema = schema;
    this.now = now;
    this.zone = zone;
  }

  /** What is shared with whoever asks, as it was at one moment of the search. */
  SharedReach.Shared shared() {
    return shared;
  }

  /** Whether anything so far looked at a slot. */
  boolean usesSlots() {
    return slots;
  }

  SqlCondition sql(Filter filter) {
    if (filter instanceof Filter.And and) {
      return SqlCondition.joined(" and ", and.parts().stream().map(this::sql).toList(), "1 = 1");
    }
    if (filter instanceof Filter.Or or) {
      return SqlCondition.joined(" or ", or.parts().stream().map(this::sql).toList(), "1 = 0");
    }
    if (filter instanceof Filter.Not not) {
      return sql(not.part()).wrapped("not (", ")");
    }
    return test((Filter.Test) filter);
  }

  private SqlCondition test(Filter.Test test) {
    if (Operators.OF_EVENTS.contains(test.operator())) {
      throw RefusedException.invalid(
          "The filter cannot be used for a search",
          Violation.of(test.field(), test.operator().words(), "an operator that needs no event"));
    }
    if (Operators.WITHOUT_FIELD.contains(test.operator())) {
      return switch (test.operator()) {
        case HAS_TAG -> tag(test);
        case HAS_NO_TAG -> tag(test).wrapped("not ", "");
        case IN_LIST -> list(test);
        case NOT_IN_LIST -> list(test).wrapped("not ", "");
        case HAS_ACTIVITY -> activity(test);
        default -> activity(test).wrapped("not ", "");
      };
    }
    int dot = test.field().indexOf('.');
    if (dot > 0) {
      return linked(test, test.field().substring(0, dot), test.field().substring(dot + 1));
    }
    Field field = fieldOrId(test.field());
    return new ComparisonSql(field.id() == 0 ? "r.id" : column(field), field, now, zone)
        .sql(OperandReader.read(field, test.operator(), test.operands()));
  }

  /** A test of the record that a link leads to, as far as it is within reach (REV-010): {@code contact.phone}. */
  private SqlCondition linked(Filter.Test test, String link, String key) {
    Field of = field(link);
    EntityType to = of.link();
    if (to == null || !of.system()) {
      throw RefusedException.invalid(
          "The filter names a field that leads nowhere",
          Violation.of(link, null, "a link to another record, for example contact"));
    }
    Field field = new FilterSql(to, schema, now, zone, rights, shared).field(key);
    if (!field.system()) {
      throw RefusedException.invalid(
          field.label() + " cannot be searched through a link",
          Violation.of(test.field(), null, "a field that comes with Leadloom"));
    }
    String reach =
        RecordReach.all(to, rights, Action.VIEW) ? "" : shared.sql(to, "l", Action.VIEW) + " and ";
    return new ComparisonSql("l." + EntityTable.columnName(field), field, now, zone)
        .sql(OperandReader.read(field, test.operator(), test.operands()))
        .wrapped(
            "exists (select 1 from "
                + EntityTable.name(to)
                + " l where l.id = "
                + column(of)
                + " and l.trashed_at is null and "
                + reach
                + "(",
            "))");
  }

  /** The field of a test, which may be the record's own id. */
  Field fieldOrId(String key) {
    boolean own = schema.field(entity, key).isPresent();
    return !own && IdField.KEY.equalsIgnoreCase(key) ? IdField.of(entity) : field(key);
  }

  /** The field of a filter or sort. */
  Field field(String key) {
    Field field = schema.field(entity, key).orElse(null);
    if (field == null && entity == EntityType.ACTIVITY) {
      field =
          schema.activityTypes().stream()
              .flatMap(type -> schema.activityFields(type.key()).stream())
              .filter(
                  candidate -> candidate.key().equalsIgnoreCase(key) && candidate.slot() != null)
              .findFirst()
              .orElse(null);
    }
    if (field == null) {
      throw RefusedException.invalid(
          "The filter names a field that " + entity.path() + " do not have",
          Violation.of(
              key, null, "a field of " + entity.path() + "; see /api/v1/schema/" + entity.key()));
    }
    return field;
  }

  /** The column that a search can use for a field. */
  String column(Field field) {
    if (field.system()) {
      return "r." + EntityTable.columnName(field);
    }
    if (field.slot() == null) {
      throw RefusedException.invalid(
          field.label() + " cannot be searched",
          Violation.of(
              field.key(), null, "a field that is marked filterable and has a place in the index"));
    }
    slots = true;
    return "s." + field.slot();
  }

  private static String text(Filter.Test test, int index, String expectation) {
    Operand operand = index < test.operands().size() ? test.operands().get(index) : null;
    String text = operand instanceof Operand.Literal literal ? literal.text().strip() : "";
    if (text.isEmpty()) {
      throw refused(test.operator(), null, expectation);
    }
    return text;
  }

  private static RefusedException refused(
      Operator operator, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The filter cannot be used for a search",
        Violation.of(operator.words(), value, expectation));
  }

  private SqlCondition tag(Filter.Test test) {
    byte[] name =
        Objects.requireNonNullElse(Folded.of(text(test, 0, "the name of a tag")), "")
            .getBytes(StandardCharsets.UTF_8);
    return SqlCondition.of(
        "exists (select 1 from record_tag m where m.entity = ? and m.record_id = r.id and m.tag_id = coalesce("
            + "(select t.id from tag t where t.folded = ? and t.deleted_at is null),"
            + " (select f.tag_id from tag_former_name f join tag t on t.id = f.tag_id where f.folded = ?"
            + " and t.deleted_at is null)))",
        EntityTable.code(entity),
        name,
        name);
  }

  private SqlCondition list(Filter.Test test) {
    String list = text(test, 0, "the id or name of a list");
    String visible = ListReach.all(rights) ? "" : " and " + ListReach.sql("l", rights, Action.VIEW);
    if (list.matches("[0-9]{1,18}")) {
      long id = Long.parseLong(list);
      SqlCondition member =
          SqlCondition.of(
              "exists (select 1 from list_member m where m.entity = ? and m.record_id = r.id and m.list_id = ?)",
              EntityTable.code(entity),
              id);
      // Asked apart, since it is the same for all records.
      return visible.isEmpty()
          ? member
          : member.wrapped(
              "(", " and exists (select 1 from static_list l where l.id = " + id + visible + "))");
    }
    return SqlCondition.of(
        "exists (select 1 from list_member m join static_list l on l.id = m.list_id where m.entity = ?"
            + " and m.record_id = r.id and l.name = ?"
            + visible
            + ")",
        EntityTable.code(entity),
        list);
  }

  private SqlCondition activity(Filter.Test test) {
    return activities(test)
        .wrapped(
            "exists (select 1 from activities a where a." + entity.key() + "_id = r.id and ", ")");
  }

  /**
   * The records of the activities that a test asks for, as a statement for their ids, at most so many. A record comes once
   * for each of its activities: databases sort to leave that out, which takes longer than reading them all.
   */
  SqlCondition active(Filter.Test test, int most) {
    String record = "a." + entity.key() + "_id";
    return activities(test)
        .wrapped(
            "select " + record + " from activities a where " + record + " is not null and ",
            " limit " + most);
  }

  /** The activities {@code a} that a test asks for. */
  private SqlCondition activities(Filter.Test test) {
    if (entity != EntityType.LEAD && entity != EntityType.CONTACT && entity != EntityType.ACCOUNT) {
      throw refused(
          test.operator(), null, "leads, contacts or accounts: only they have activities");
    }
    String named = text(test, 0, "the key of an activity type");
    String type =
        schema
            .activityType(named)
            .orElseThrow(() -> refused(test.operator(), named, "the key of an activity type"))
            .key();
    String sql =
        "a.trashed_at is null and a.type = ?"
            + (RecordReach.all(EntityType.ACTIVITY, rights, Action.VIEW)
                ? ""
                : " and " + shared.sql(EntityType.ACTIVITY, "a", Action.VIEW));
    if (test.operands().size() == 1) {
      return SqlCondition.of(sql, type);
    }
    if (!(test.operands().get(1) instanceof Operand.Relative period)) {
      throw refused(test.operator(), null, "a period such as 7 days");
    }
    Instant since =
        ZonedDateTime.ofInstant(now, zone)
            .minus(Math.abs(period.amount()), ChronoUnit.valueOf(period.unit().name()))
            .toInstant();
    return new SqlCondition(
        sql + " and a.happened_at >= ?", List.of(type, Objects.requireNonNull(Utc.column(since))));
  }
}
