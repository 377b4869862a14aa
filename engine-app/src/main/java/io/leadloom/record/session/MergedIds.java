package io.leadloom.record.session;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.record.store.MergedRecords;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the survivor in place of a record that has been merged, wherever a command writes to the old one or links to it.
 * Costs a query only when a command names a record in the trash.
 */
final class MergedIds {

  /** No record has this version. */
  private static final int NEVER_SEEN = 0;

  private final MergedRecords rows;
  private final Schema schema;
  private final SessionState state;
  private final Set<RecordRef> asked = new HashSet<>();
  private final Map<RecordRef, RecordRef> survivors = new HashMap<>();

  MergedIds(MergedRecords rows, Schema schema, SessionState state) {
    this.rows = rows;
    this.schema = schema;
    this.state = state;
  }

  /** The record that stands for one in the trash; null for one that has not been merged. */
  @Nullable RecordRef survivor(RecordRef trashed) {
    ask(List.of(trashed));
    return survivors.get(trashed);
  }

  private void ask(Collection<RecordRef> trashed) {
    List<RecordRef> fresh = trashed.stream().filter(asked::add).toList();
    if (!fresh.isEmpty()) {
      survivors.putAll(rows.survivors(fresh));
    }
  }

  /** Why a command is not done: a merged record comes back when the merge is undone, not by itself. */
  @Nullable WriteResult refusal(RecordCommand command) {
    if (!(command instanceof RecordCommand.Restore restore)) {
      return null;
    }
    Held held = state.held(restore.ref());
    RecordRef survivor = held == null || held.live() ? null : survivor(restore.ref());
    return survivor == null
        ? null
        : new WriteResult.Refused(
            List.of(
                Violation.of(
                    "id",
                    restore.ref().id(),
                    "a record that is not merged: it is part of "
                        + survivor
                        + " until the merge is undone")));
  }

  /**
   * The commands as they are meant; the same list when none names a merged record.
   *
   * @param loaded all records that the commands name
   */
  List<RecordCommand> meant(List<RecordCommand> commands, Collection<RecordRef> loaded) {
    List<RecordRef> trashed = new ArrayList<>();
    for (RecordRef ref : loaded) {
      Held held = state.held(ref);
      if (held != null && !held.live()) {
        trashed.add(ref);
      }
    }
    if (trashed.isEmpty()) {
      return commands;
    }
    ask(trashed);
    if (trashed.stream().noneMatch(survivors::containsKey)) {
      return commands;
    }
    List<RecordCommand> meant = commands.stream().map(this::meant).toList();
    return meant.equals(commands) ? commands : meant;
  }

  private RecordCommand meant(RecordCommand command) {
    if (command instanceof RecordCommand.Create create) {
      return new RecordCommand.Create(
          create.type(),
          create.activityType(),
          linked(create.type(), create.activityType(), create.values()),
          create.strict(),
          create.unreachable());
    }
    if (command instanceof RecordCommand.Update update) {
      RecordRef ref = now(update.ref());
      // Whoever saw the merged record has not seen its survivor, whose version may be the same
      // number by chance.
      Integer seen =
          update.expectedVersion() == null || ref.equals(update.ref())
              ? update.expectedVersion()
              : Integer.valueOf(NEVER_SEEN);
      return new RecordCommand.Update(
          ref, seen, linked(update.ref().type(), null, update.values()), update.comment());
    }
    if (command instanceof RecordCommand.Upsert upsert) {
      return new RecordCommand.Upsert(
          upsert.type(),
          upsert.matchField(),
          linked(upsert.type(), null, upsert.values()),
          upsert.keep(),
          upsert.unreachable());
    }
    if (command instanceof RecordCommand.AddTags add) {
      return new RecordCommand.AddTags(now(add.ref()), add.tags());
    }
    if (command instanceof RecordCommand.RemoveTags remove) {
      return new RecordCommand.RemoveTags(now(remove.ref()), remove.tags());
    }
    if (command instanceof RecordCommand.AddToList add) {
      return new RecordCommand.AddToList(now(add.ref()), add.listId());
    }
    if (command instanceof RecordCommand.RemoveFromList remove) {
      return new RecordCommand.RemoveFromList(now(remove.ref()), remove.listId());
    }
    return command;
  }

  private RecordRef now(RecordRef ref) {
    return survivors.getOrDefault(ref, ref);
  }

  private Values linked(EntityType type, @Nullable String activityType, Values values) {
    Values linked = values.copy();
    values
        .asMap()
        .forEach(
            (key, value) -> {
              Field field =
                  (activityType == null
                          ? schema.field(type, key)
                          : schema.activityField(activityType, key))
                      .orElse(null);
              if (field != null
                  && field.type() == FieldType.RECORD_LINK
                  && field.link() != null
                  && value instanceof Long id) {
                linked.with(key, now(new RecordRef(field.link(), id)).id());
              }
            });
    return linked;
  }
}
