package io.leadloom.automation.schedule;

import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one trigger does with a stretch of time. */
interface TimeSource {

  EntityType type();

  /** Which records could be concerned; null when none is. */
  @Nullable Filter candidates(Instant from, Instant to);

  /** The event for a record; null when its moment is not in the stretch. */
  @Nullable JournalEntry event(Record record, Instant from, Instant to);

  /** Tells people what has come; part of the transaction that ends the stretch for these records. */
  default void tell(RecordSession session, List<Long> ids, Instant from, Instant to) {}

  /** A test of a search. */
  static Filter.Test test(String field, Operator operator, String... values) {
    return new Filter.Test(
        field, operator, Arrays.stream(values).<Operand>map(Operand.Literal::new).toList());
  }

  /** The event for one automation and one record. */
  static JournalEntry addressed(
      JournalKind kind, RecordRef ref, TriggerIndex.Starter starter, Instant at) {
    Map<String, String> detail = Map.of("automation", Long.toString(starter.automationId()));
    return new JournalEntry(
        at, kind, ref, ref, Map.of(), detail, Cause.system(starter.trigger().type().key()));
  }
}
