package io.leadloom.record.duplicate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Schemas;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest
class DuplicateConsumerTest {

  @Autowired private MatchRuleRows rows;
  @Autowired private DuplicateUpkeep upkeep;
  @Autowired private Schemas schemas;
  @Autowired private Ids ids;
  @Autowired private AuditTrail trail;
  @Autowired private MutableClock clock;
  @Autowired private TransactionTemplate transactions;

  @Test
  void whoWaitsInVainForThoseWhoCompareAllBlamesNoEvent() {
    MatchRules busy =
        new MatchRules(rows, schemas, ids, trail, clock) {
          @Override
          List<MatchRule> lock() {
            throw new CannotAcquireLockException("All records are being compared");
          }
        };
    DuplicateConsumer consumer = new DuplicateConsumer(busy, upkeep, schemas);
    RecordRef lead = RecordRef.lead(1);
    JournalEvent event =
        new JournalEvent(
            1,
            1,
            new JournalEntry(
                clock.instant(),
                JournalKind.TRASHED,
                lead,
                lead,
                Map.of(),
                Map.of(),
                Cause.system("test")));
    // The journal tries the whole batch again later, and parks nothing.
    transactions.executeWithoutResult(
        status ->
            assertThatThrownBy(() -> consumer.handle(List.of(event)))
                .isInstanceOf(DataAccessResourceFailureException.class));
  }
}
