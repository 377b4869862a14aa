package io.leadloom.record.session;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.record.points.LeadLedger;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts changes of records into the session's state, with unique values and journal entries. */
final class RecordChanges {

  private static final Set<String> BOOKKEEPING =
      Set.of(
          "createdAt",
          "createdBy",
          "updatedAt",
          "updatedBy",
          "name",
          "incomplete",
          LeadPoints.EARNED,
          LeadPoints.PERCENTAGE);

  /** Their names are made of other values, so that the history tells those. */
  private static final Set<EntityType> NAMED_BY_PARTS = Set.of(EntityType.LEAD, EntityType.CONTACT);

  private final SessionState state;
  private final Uniqueness uniqueness;
  private final MatchIndex matches;
  private final LeadPoints points;

  RecordChanges(SessionState state, Uniqueness uniqueness, MatchIndex matches, LeadPoints points) {
    this.points = points;
    this.state = state;
    this.uniqueness = uniqueness;
    this.matches = matches;
  }

  Record create(
      RecordRef ref, @Nullable String activityType, Values values, Cause cause, Instant now) {
    values.with("createdAt", values.get("createdAt") == null ? now : values.get("createdAt"));
    values.with("createdBy", cause.userId());
    values.with("updatedAt", now);
    values.with("updatedBy", cause.userId());
    if (ref.type() == EntityType.LEAD) {
      give(ref, points.ofNew(values), cause, now);
    }
    Record record = new Record(ref, 1, activityType, present(derived(ref.type(), values)), null);
    state.created(record);
    uniqueness.move(null, record);
    matches.note(record);
    Map<String, FieldChange> changes = new LinkedHashMap<>();
    record
        .values()
        .asMap()
        .forEach(
            (key, value) -> {
              if (!BOOKKEEPING.contains(key)
                  || (key.equals("name") && !NAMED_BY_PARTS.contains(ref.type()))) {
                changes.put(key, new FieldChange(null, FieldConversion.toNatural(value)));
              }
            });
    journal(JournalKind.CREATED, record, changes, detail(record), cause, now);
    return record;
  }

  /**
   * Sets values that are already checked; returns null when nothing differs.
   *
   * @param comment what was said about the change; null for nothing
   */
  @Nullable Record update(
      Held held, Values values, @Nullable String comment, Cause cause, Instant now) {
    Record before = held.now;
    if (before.ref().type() == EntityType.LEAD) {
      give(before.ref(), points.ofChange(before, values), cause, now);
    }
    Map<String, FieldChange> changes = new LinkedHashMap<>();
    Values after = before.values().copy();
    values
        .asMap()
        .forEach(
            (key, value) -> {
              if (!Objects.equals(before.values().get(key), value)) {
                after.with(key, value);
                changes.put(key, change(before, key, value));
              }
            });
    if (changes.isEmpty()) {
      return null;
    }
    if (before.ref().type() == EntityType.TASK && values.has("status")) {
      Object completedAt = "completed".equals(after.get("status")) ? now : null;
      changes.put("completedAt", change(before, "completedAt", completedAt));
      after.with("completedAt", completedAt);
    }
    after.with("updatedAt", now).with("updatedBy", cause.userId());
    Record record =
        new Record(
            before.ref(),
            before.version() + 1,
            before.activityType(),
            present(derived(before.ref().type(), after)),
            before.trashedAt());
    replace(held, record);
    Map<String, String> detail = comment == null ? detail(record) : Map.of("comment", comment);
    journal(JournalKind.UPDATED, record, changes, detail, cause, now);
    return record;
  }

  /** Points that nobody could count again are noted with their giver. */
  private void give(RecordRef lead, long points, Cause cause, Instant now) {
    if (points != 0) {
      int steps = cause.chain().size();
      long giver =
          cause.kind() == Cause.Kind.AUTOMATION && steps > 0
              ? cause.chain().get(steps - 1).automationId()
              : 0;
      state.give(new LeadLedger.Gift(lead.id(), giver, points, now));
    }
  }

  private static FieldChange change(Record before, String key, @Nullable Object after) {
    return new FieldChange(
        FieldConversion.toNatural(before.values().get(key)), FieldConversion.toNatural(after));
  }

  /**
   * Puts it into the trash.
   *
   * @param mergedInto the record that stands for it from now on; null for none
   */
  Record trash(Held held, @Nullable RecordRef mergedInto, Cause cause, Instant now) {
    Map<String, String> detail = new LinkedHashMap<>(detail(held.now));
    if (mergedInto != null) {
      detail.put("mergedInto", mergedInto.toString());
    }
    Record gone = move(held, now, JournalKind.TRASHED, detail, cause, now);
    Held survivor = mergedInto == null ? null : state.held(mergedInto);
    if (survivor != null) {
      // What both had is the survivor's from now on.
      uniqueness.move(null, survivor.now);
    }
    return gone;
  }

  Record restore(Held held, Cause cause, Instant now) {
    return move(held, null, JournalKind.RESTORED, detail(held.now), cause, now);
  }

  private Record move(
      Held held,
      @Nullable Instant trashedAt,
      JournalKind kind,
      Map<String, String> detail,
      Cause cause,
      Instant now) {
    Record before = held.now;
    Record record =
        new Record(
            before.ref(), before.version() + 1, before.activityType(), before.values(), trashedAt);
    replace(held, record);
    journal(kind, record, Map.of(), detail, cause, now);
    return record;
  }

  private void replace(Held held, Record record) {
    Record before = held.now;
    state.changed(held, record);
    uniqueness.move(before, record);
    matches.note(record);
  }

  /** Something happened to the record that changed no field of it. */
  void note(JournalKind kind, Record record, Map<String, String> detail, Cause cause, Instant now) {
    journal(kind, record, Map.of(), detail, cause, now);
  }

  private void journal(
      JournalKind kind,
      Record record,
      Map<String, FieldChange> changes,
      Map<String, String> detail,
      Cause cause,
      Instant now) {
    state.journal(new JournalEntry(now, kind, record.ref(), root(record), changes, detail, cause));
  }

  private static Map<String, String> detail(Record record) {
    boolean typed =
        record.ref().type() == EntityType.ACTIVITY || record.ref().type() == EntityType.TASK;
    String type = typed ? record.values().text("type") : null;
    Map<String, String> detail = new LinkedHashMap<>();
    if (type != null) {
      detail.put("type", type);
    }
    Long lead = typed ? record.values().number(EntityType.LEAD.key()) : null;
    if (lead != null && root(record).type() == EntityType.OPPORTUNITY) {
      detail.put(JournalEntry.LEAD, lead.toString());
    }
    return detail;
  }

  /** The record whose order and timeline this one belongs to. */
  static RecordRef root(Record record) {
    switch (record.ref().type()) {
      case ACTIVITY, TASK, NOTE -> {
        for (EntityType type : EntityType.ROOTS) {
          Long id = record.values().number(type.key());
          if (id != null) {
            return new RecordRef(type, id);
          }
        }
        return record.ref();
      }
      default -> {
        return record.ref();
      }
    }
  }

  private static Values derived(EntityType type, Values values) {
    if (NAMED_BY_PARTS.contains(type)) {
      String first = values.text("firstName");
      String last = values.text("lastName");
      String name = first == null ? last : last == null ? first : first + " " + last;
      for (String key : List.of("company", "email", "phone")) {
        name = name == null ? values.text(key) : name;
      }
      values.with("name", name);
    }
    return values;
  }

  /** Records leave empty values out. */
  private static Values present(Values values) {
    Values present = Values.none();
    values
        .asMap()
        .forEach(
            (key, value) -> {
              if (value != null) {
                present.with(key, value);
              }
            });
    return present;
  }
}
