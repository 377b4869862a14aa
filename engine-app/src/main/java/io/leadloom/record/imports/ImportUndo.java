package io.leadloom.record.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.ImportStarts;
import io.leadloom.record.bulk.BulkActions;
import io.leadloom.record.bulk.Documents;
import io.leadloom.record.imports.undo.StoredTraces;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes whole imports back, as bulk actions. */
@Component
public class ImportUndo {

  private static final int LONGEST_NAME = 200;

  private final ImportRows rows;
  private final BulkActions actions;
  private final ImportStarts starts;
  private final AuditTrail trail;
  private final Clock clock;

  ImportUndo(
      ImportRows rows, BulkActions actions, ImportStarts starts, AuditTrail trail, Clock clock) {
    this.starts = starts;
    this.rows = rows;
    this.actions = actions;
    this.trail = trail;
    this.clock = clock;
  }

  /** Whether an import can be taken back now: it has ended in the last 30 days, wrote something and still has it. */
  @Transactional(readOnly = true)
  public boolean possible(ImportJob job) {
    Instant ended = job.endedAt();
    Long before = job.undoId();
    return job.traced()
        && !job.waits()
        && job.created() + job.updated() > 0
        && ended != null
        && clock.instant().isBefore(ended.plus(StoredTraces.KEPT))
        && (before == null || actions.canceled(before));
  }

  /**
   * Orders that an import is taken back; asked twice, it is one. Automations that wait for their turn do not start any
   * more.
   *
   * @param name of the bulk action
   * @param trashChanged whether records that it created go even when they were changed since
   * @return the id of the bulk action
   * @throws RefusedException when it has not ended, is too old, or changed nothing
   */
  @Transactional
  public long order(long id, String name, boolean trashChanged, Rights rights) {
    ImportJob job = rows.lock(id).orElseThrow(() -> RefusedException.notFound("import", id));
    Long before = job.undoId();
    if (before != null && !actions.canceled(before)) {
      return before;
    }
    if (!possible(job)) {
      throw new RefusedException(
          Reason.CONFLICT,
          "It cannot be taken back",
          List.of(
              Violation.of(
                  "status",
                  job.status(),
                  "an import of records that ended in the last 30 days and wrote something")));
    }
    ObjectNode settings = Documents.object();
    settings.put("import", id).put("changed", trashChanged ? "trash" : "keep");
    // Whoever wanted no automations then wants none for what takes it back.
    if (job.plan().starts().mark() == Cause.Starts.NONE) {
      settings.put("starts", "no");
    }
    String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    long undo = actions.takeBack(job.entity(), "undo-import", shown, settings, rights).id();
    rows.undone(id, undo);
    starts.drop(id);
    trail.record(
        AuditEvent.of("import.undone", "import", id, job.fileName())
            .fact("by", undo)
            .fact("changed", trashChanged ? "trash" : "keep"));
    return undo;
  }
}
