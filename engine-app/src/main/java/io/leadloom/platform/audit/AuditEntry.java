package io.leadloom.platform.audit;

import java.time.Instant;
import java.util.List;

/**
 * One entry of the trail.
 *
 * @param seq its place in the chain, from 1 without gaps
 * @param at when it was done, in microseconds
 */
public record AuditEntry(
    long seq,
    Instant at,
    AuditActor actor,
    String action,
    String subjectKind,
    String subjectId,
    String subjectName,
    List<AuditEvent.Change> changes) {

  public AuditEntry {
    changes = List.copyOf(changes);
  }
}
