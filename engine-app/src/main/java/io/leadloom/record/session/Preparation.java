package io.leadloom.record.session;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.store.Claim;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a list of commands will look at, so that it can be read with few queries. */
final class Preparation {

  private final Schema schema;
  private final FieldRules rules;
  final Set<RecordRef> records = new LinkedHashSet<>();
  final Set<RecordRef> tagged = new LinkedHashSet<>();
  final Set<RecordRef> listed = new LinkedHashSet<>();
  final Set<String> tags = new LinkedHashSet<>();
  final Set<Long> lists = new LinkedHashSet<>();
  final List<Claim> claims = new ArrayList<>();
  final Map<Field, Set<String>> matches = new HashMap<>();
  private final Uniqueness uniqueness;

  Preparation(Schema schema, FieldRules rules, Uniqueness uniqueness) {
    this.schema = schema;
    this.rules = rules;
    this.uniqueness = uniqueness;
  }

  void collect(RecordCommand command) {
    if (command instanceof RecordCommand.Create create) {
      values(create.type(), create.activityType(), create.values(), true);
    } else if (command instanceof RecordCommand.Update update) {
      records.add(update.ref());
      values(update.ref().type(), null, update.values(), false);
    } else if (command instanceof RecordCommand.Upsert upsert) {
      values(upsert.type(), null, upsert.values(), true);
      match(upsert);
    } else if (command instanceof RecordCommand.Trash trash) {
      records.add(trash.ref());
    } else if (command instanceof RecordCommand.Restore restore) {
      records.add(restore.ref());
    } else if (command instanceof RecordCommand.Convert convert) {
      records.add(convert.ref());
    } else if (command instanceof RecordCommand.AddTags add) {
      tags(add.ref(), add.tags());
    } else if (command instanceof RecordCommand.RemoveTags remove) {
      tags(remove.ref(), remove.tags());
    } else if (command instanceof RecordCommand.AddToList add) {
      list(add.ref(), add.listId());
    } else if (command instanceof RecordCommand.RemoveFromList remove) {
      list(remove.ref(), remove.listId());
    }
  }

  private void tags(RecordRef ref, Set<String> names) {
    records.add(ref);
    tagged.add(ref);
    for (String name : names) {
      String folded = Folded.of(name);
      if (folded != null) {
        tags.add(folded);
      }
    }
  }

  private void list(RecordRef ref, long listId) {
    records.add(ref);
    listed.add(ref);
    lists.add(listId);
  }

  private void match(RecordCommand.Upsert upsert) {
    Field field = schema.field(upsert.type(), upsert.matchField()).orElse(null);
    if (field != null && MatchIndex.usable(field)) {
      Object value = normalised(field, upsert.values().get(field.key()));
      if (value instanceof String text) {
        matches.computeIfAbsent(field, key -> new LinkedHashSet<>()).add(text);
      }
    }
  }

  private @Nullable Object normalised(Field field, @Nullable Object value) {
    return rules.check(field, value) instanceof Converted.Value typed ? typed.value() : null;
  }

  private void values(
      EntityType type, @Nullable String activityType, Values values, boolean creates) {
    Values normal = Values.none();
    for (Map.Entry<String, @Nullable Object> entry : values.asMap().entrySet()) {
      Field field =
          (activityType == null
                  ? schema.field(type, entry.getKey())
                  : schema.activityField(activityType, entry.getKey()))
              .orElse(null);
      Object value = entry.getValue();
      if (field == null || value == null) {
        continue;
      }
      if (field.type() == FieldType.RECORD_LINK
          && field.link() != null
          && value instanceof Long id) {
        records.add(new RecordRef(field.link(), id));
      }
      boolean identifies =
          (type == EntityType.LEAD || type == EntityType.CONTACT)
              && field.system()
              && (field.type() == FieldType.EMAIL || field.type() == FieldType.PHONE);
      if (field.unique() || identifies) {
        normal.with(field.key(), normalised(field, value));
      }
    }
    if (!normal.isEmpty()) {
      claims.addAll(uniqueness.claims(type, activityType, normal));
      if ((type == EntityType.LEAD && creates) || type == EntityType.CONTACT) {
        claims.addAll(Uniqueness.identity(normal));
      }
    }
  }
}
