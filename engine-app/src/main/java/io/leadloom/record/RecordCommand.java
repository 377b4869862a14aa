package io.leadloom.record;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.schema.Values;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change of one record; all changes of records, whoever makes them, are one of these. Where a command writes to a
 * record that has been merged, or links to it, the record that stands for it is meant.
 */
public sealed interface RecordCommand {

  /**
   * Creates a record. Creating a lead finds its contact by phone or e-mail, or creates it (VOC-006), unless {@code
   * contactId} is given.
   *
   * @param activityType the key of the activity type when an activity is created, otherwise null
   * @param strict whether a missing mandatory value refuses it; else such fields stay empty
   * @param unreachable whether a lead may come without a way of reaching the person, since the complete form has asked for
   *     what it needs, or whoever brings it has said so; any other has to name one (LEAD-217)
   */
  record Create(
      EntityType type,
      @Nullable String activityType,
      Values values,
      boolean strict,
      boolean unreachable)
      implements RecordCommand {
    public Create(EntityType type, @Nullable String activityType, Values values, boolean strict) {
      this(type, activityType, values, strict, false);
    }

    public Create(EntityType type, @Nullable String activityType, Values values) {
      this(type, activityType, values, true);
    }

    public Create(EntityType type, Values values) {
      this(type, null, values, true);
    }

    /** What an upsert creates where there is nothing to update. */
    public static Create of(Upsert upsert) {
      return new Create(upsert.type(), null, upsert.values(), true, upsert.unreachable());
    }
  }

  /**
   * Sets the mentioned values.
   *
   * @param expectedVersion the version the caller has seen; null to write whatever stands there
   * @param comment why the stage of a lead changes (PLT-016); null for none
   */
  record Update(
      RecordRef ref, @Nullable Integer expectedVersion, Values values, @Nullable String comment)
      implements RecordCommand {
    public Update(RecordRef ref, @Nullable Integer expectedVersion, Values values) {
      this(ref, expectedVersion, values, null);
    }
  }

  /**
   * Updates the one live record whose {@code matchField} has the value given in {@code values}, or creates it.
   *
   * @param keep whether records that are there stay as they are (LEAD-071)
   * @param unreachable as of {@link Create}
   */
  record Upsert(
      EntityType type, String matchField, Values values, boolean keep, boolean unreachable)
      implements RecordCommand {
    public Upsert(EntityType type, String matchField, Values values, boolean keep) {
      this(type, matchField, values, keep, false);
    }

    public Upsert(EntityType type, String matchField, Values values) {
      this(type, matchField, values, false);
    }
  }

  /**
   * Puts a record into the trash.
   *
   * @param mergedInto the record that stands for it from now on; null when there is none
   */
  record Trash(RecordRef ref, @Nullable Integer expectedVersion, @Nullable RecordRef mergedInto)
      implements RecordCommand {
    public Trash(RecordRef ref, @Nullable Integer expectedVersion) {
      this(ref, expectedVersion, null);
    }
  }

  /**
   * Marks a lead as converted, or takes the mark away (LEAD-106, LEAD-080).
   *
   * @param into what the lead has become, an opportunity or the contact of a client; null to take the mark away
   */
  record Convert(RecordRef ref, EntityType kind, @Nullable Long into) implements RecordCommand {

    /** The field of leads that holds the opportunity that the lead has become. */
    public static final String DEAL = "convertedDeal";

    /** The field of leads that holds the contact of the client that the lead has become. */
    public static final String CLIENT = "convertedClient";

    /** Whether the values are those of a lead that has become something else. */
    public static boolean done(Values lead) {
      return lead.get(DEAL) != null || lead.get(CLIENT) != null;
    }

    /** The key of the lead's field that holds the mark. */
    public String field() {
      return kind == EntityType.OPPORTUNITY ? DEAL : CLIENT;
    }
  }

  /**
   * Takes a record out of the trash.
   *
   * @param stage where an opportunity comes back whose stage is gone by now, by id or name (REV-017); null where nobody said
   */
  record Restore(RecordRef ref, @Nullable String stage) implements RecordCommand {
    public Restore(RecordRef ref) {
      this(ref, null);
    }
  }

  /** Adds tags by name; unknown tags are created, tags it already has are left alone. */
  record AddTags(RecordRef ref, Set<String> tags) implements RecordCommand {}

  record RemoveTags(RecordRef ref, Set<String> tags) implements RecordCommand {}

  /** Adds a lead or contact to a static list. */
  record AddToList(RecordRef ref, long listId) implements RecordCommand {}

  record RemoveFromList(RecordRef ref, long listId) implements RecordCommand {}
}
