package io.leadloom.platform.audit;

import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes the oldest entries; the head of the chain keeps where it now begins, so that the rest stays verifiable. */
@Component
class AuditRetention {

  private static final int BATCH = 1_000;

  private final AuditRows rows;
  private final AuditKeys keys;
  private final AuditSettings settings;
  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final TransactionTemplate transaction;

  AuditRetention(
      AuditRows rows,
      AuditKeys keys,
      AuditSettings settings,
      JdbcTemplate jdbc,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.rows = rows;
    this.keys = keys;
    this.settings = settings;
    this.jdbc = jdbc;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Removes what is older than the retention, a thousand entries a transaction. */
  void sweep() {
    if (settings.retention().isZero()) {
      return;
    }
    Instant before = clock.instant().minus(settings.retention());
    while (Boolean.TRUE.equals(transaction.execute(status -> removeSome(before)))) {
      // Each turn is one transaction.
    }
  }

  private boolean removeSome(Instant before) {
    Integer old =
        jdbc.queryForObject(
            "select count(*) from (select seq from audit_entry where at < ? limit 1) x",
            Integer.class,
            Utc.column(before));
    if (old == null || old == 0) {
      return false;
    }
    keys.current();
    AuditChain.Head head = rows.lockHead();
    AuditKeys.Current key = keys.after(head);
    // The newest entry stays: the head stands on it.
    List<AuditRows.Stored> oldest = rows.after(head.baseSeq(), head.seq() - 1, BATCH);
    int count = 0;
    while (count < oldest.size() && oldest.get(count).row().at().isBefore(before)) {
      count++;
    }
    if (count == 0) {
      return false;
    }
    AuditRows.Stored last = oldest.get(count - 1);
    rows.removeUpTo(last.row().seq());
    rows.setHead(
        ChainedAuditTrail.sealed(
            key,
            AuditKeys.sealed(key, head),
            head.seq(),
            head.hash(),
            last.row().seq(),
            last.hash()));
    return count == BATCH;
  }
}
