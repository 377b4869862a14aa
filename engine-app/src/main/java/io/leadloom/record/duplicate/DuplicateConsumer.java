package io.leadloom.record.duplicate;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.journal.Wanted;
import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Follows the journal and keeps duplicates true: records whose compared fields have changed, and those that come and go,
 * are compared again as they are now, so that an event read twice does no harm.
 */
@Component
class DuplicateConsumer implements JournalConsumer {

  private static final int BATCH = 1_000;

  private final MatchRules rules;
  private final DuplicateUpkeep upkeep;
  private final Schemas schemas;

  DuplicateConsumer(MatchRules rules, DuplicateUpkeep upkeep, Schemas schemas) {
    this.rules = rules;
    this.upkeep = upkeep;
    this.schemas = schemas;
  }

  @Override
  public String name() {
    return "duplicates";
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  /** Nobody waits for it, and each of its transactions costs the same for one record as for many. */
  @Override
  public Duration rest() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Wanted wanted() {
    return Wanted.of(
        (kind, subject) -> compared(subject) && (comesOrGoes(kind) || kind == JournalKind.UPDATED));
  }

  private static boolean compared(EntityType type) {
    return switch (type) {
      case LEAD, CONTACT, ACCOUNT -> true;
      default -> false;
    };
  }

  private static boolean comesOrGoes(JournalKind kind) {
    return switch (kind) {
      case CREATED, TRASHED, RESTORED, MERGED, UNMERGED -> true;
      default -> false;
    };
  }

  @Override
  public void handle(List<JournalEvent> events) {
    Map<EntityType, Set<Long>> touched = touched(events, rules.kept());
    if (touched.isEmpty()) {
      return;
    }
    List<MatchRule> kept = locked();
    touched.forEach(
        (type, ids) ->
            upkeep.compare(
                type, ids, kept.stream().filter(rule -> rule.entity() == type).toList()));
  }

  /** Whoever waits in vain for those who compare all records tries again later: no event is to blame. */
  private List<MatchRule> locked() {
    try {
      return rules.lock();
    } catch (TransientDataAccessException e) {
      throw new DataAccessResourceFailureException("All records are being compared", e);
    }
  }

  /** The records that may have other keys than before. */
  private Map<EntityType, Set<Long>> touched(List<JournalEvent> events, List<MatchRule> kept) {
    Schema schema = schemas.current();
    Map<EntityType, Set<String>> fields = new EnumMap<>(EntityType.class);
    for (MatchRule rule : kept) {
      Set<String> keys = fields.computeIfAbsent(rule.entity(), type -> new HashSet<>());
      rule.fields(schema).stream().map(Field::key).forEach(keys::add);
    }
    Map<EntityType, Set<Long>> touched = new EnumMap<>(EntityType.class);
    for (JournalEvent event : events) {
      JournalEntry entry = event.entry();
      Set<String> keys = fields.get(entry.subject().type());
      if (keys != null
          && (comesOrGoes(entry.kind())
              || entry.changes().keySet().stream().anyMatch(keys::contains))) {
        touched
            .computeIfAbsent(entry.subject().type(), type -> new TreeSet<>())
            .add(entry.subject().id());
      }
    }
    return touched;
  }
}
