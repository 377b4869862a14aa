package io.leadloom.platform.audit;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
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
  private final EntityManager entityManager;
  private final TransactionTemplate joined;
  private final TransactionTemplate own;

  ChainedAuditTrail(
      AuditRows rows,
      AuditKeys keys,
      Clock clock,
      EntityManager entityManager,
      PlatformTransactionManager transactions) {
    this.entityManager = entityManager;
    this.rows = rows;
    this.keys = keys;
    this.clock = clock;
    this.joined = new TransactionTemplate(transactions);
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** With a key from the start on, there is never a time in which an empty trail proves nothing. */
  @EventListener
  void started(ApplicationStartedEvent event) {
    keys.current();
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

  private AtTheEnd pending() {
    for (TransactionSynchronization each :
        TransactionSynchronizationManager.getSynchronizations()) {
      if (each instanceof AtTheEnd atTheEnd && atTheEnd.trail == this) {
        return atTheEnd;
      }
    }
    AtTheEnd fresh = new AtTheEnd(this);
    TransactionSynchronizationManager.registerSynchronization(fresh);
    return fresh;
  }

  /** After everybody else who writes before the commit, the journal included. */
  private static final class AtTheEnd implements TransactionSynchronization {

    private final ChainedAuditTrail trail;
    private final List<Noted> events = new ArrayList<>();
    private boolean written;

    AtTheEnd(ChainedAuditTrail trail) {
      this.trail = trail;
    }

    void add(Noted event) {
      if (written) {
        throw new IllegalStateException("The transaction's audit entries are written already");
      }
      events.add(event);
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      // What JPA still holds back may wait for rows that somebody has who waits for the head.
      if (trail.entityManager.isJoinedToTransaction()) {
        trail.entityManager.flush();
      }
      written = true;
      trail.write(events);
    }
  }

  private void write(List<Noted> events) {
    AuditChain.Head head = rows.lockHead();
    AuditKeys.Current key = keys.after(head);
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
    rows.setHead(
        sealed(key, AuditKeys.sealed(key, head), seq, hash, head.baseSeq(), head.baseHash()));
  }

  /**
   * A head with its seal. One that somebody else put there gets none: what was done to the trail would look right again
   * with the next entry.
   */
  static AuditChain.Head sealed(
      AuditKeys.Current key,
      boolean right,
      long seq,
      byte[] hash,
      long baseSeq,
      byte @Nullable [] baseHash) {
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
        right ? AuditChain.mac(key.key(), open) : AuditChain.START);
  }
}
