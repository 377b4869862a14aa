package io.leadloom.platform.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the events of a transaction just before its commit. The head of the chain is locked last and only for these few
 * statements, so that one change never waits for the work of another and no two can wait for each other.
 */
@Component
class ChainedAuditTrail implements AuditTrail {

  private final AuditRows rows;
  private final AuditKeys keys;
  private final Clock clock;
  private final TransactionTemplate joined;
  private final TransactionTemplate own;

  ChainedAuditTrail(
      AuditRows rows, AuditKeys keys, Clock clock, PlatformTransactionManager transactions) {
    this.rows = rows;
    this.keys = keys;
    this.clock = clock;
    this.joined = new TransactionTemplate(transactions);
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  private record Noted(Instant at, AuditActor actor, AuditEvent event) {}

  @Override
  public void record(AuditEvent event) {
    Noted noted = noted(event);
    // The first key is made in a transaction of its own, not while the head is locked.
    keys.current();
    if (TransactionSynchronizationManager.isActualTransactionActive()
        && TransactionSynchronizationManager.isSynchronizationActive()) {
      pending().add(noted);
    } else {
      joined.executeWithoutResult(status -> write(List.of(noted)));
    }
  }

  @Override
  public void recordApart(AuditEvent event) {
    Noted noted = noted(event);
    keys.current();
    own.executeWithoutResult(status -> write(List.of(noted)));
  }

  private Noted noted(AuditEvent event) {
    AuditActor actor = event.actor();
    return new Noted(
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        actor == null ? AuditActor.current() : actor,
        event);
  }

  private List<Noted> pending() {
    for (TransactionSynchronization each :
        TransactionSynchronizationManager.getSynchronizations()) {
      if (each instanceof AtTheEnd atTheEnd && atTheEnd.trail() == this) {
        return atTheEnd.pending();
      }
    }
    AtTheEnd fresh = new AtTheEnd(this, new ArrayList<>());
    TransactionSynchronizationManager.registerSynchronization(fresh);
    return fresh.pending();
  }

  /** After everybody else who writes before the commit. */
  private record AtTheEnd(ChainedAuditTrail trail, List<Noted> pending)
      implements TransactionSynchronization {

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      trail.write(pending);
    }
  }

  private void write(List<Noted> events) {
    AuditKeys.Current key = keys.current();
    AuditChain.Head head = rows.lockHead();
    long seq = head.seq();
    byte[] hash = head.hash();
    List<AuditRows.Stored> entries = new ArrayList<>();
    for (Noted noted : events) {
      AuditEvent event = noted.event();
      AuditChain.Row row =
          new AuditChain.Row(
              ++seq,
              noted.at(),
              noted.actor(),
              event.action(),
              event.subjectKind(),
              event.subjectId(),
              event.subjectName(),
              rows.detail(event.changes()),
              key.generation());
      hash = AuditChain.hash(key.key(), hash, row);
      entries.add(new AuditRows.Stored(row, hash));
    }
    rows.insert(entries);
    rows.setHead(sealed(key, seq, hash, head.baseSeq(), head.baseHash()));
  }

  static AuditChain.Head sealed(
      AuditKeys.Current key, long seq, byte[] hash, long baseSeq, byte @Nullable [] baseHash) {
    AuditChain.Head open =
        new AuditChain.Head(
            seq,
            hash,
            baseSeq,
            baseHash == null ? AuditChain.START : baseHash,
            key.generation(),
            AuditChain.START);
    return new AuditChain.Head(
        seq,
        hash,
        open.baseSeq(),
        open.baseHash(),
        key.generation(),
        AuditChain.mac(key.key(), open));
  }
}
