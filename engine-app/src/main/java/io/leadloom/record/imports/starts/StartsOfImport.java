package io.leadloom.record.imports.starts;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.record.ImportStarts;
import io.leadloom.record.ImportStarts.Figures;
import io.leadloom.record.ImportStarts.State;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes how fast an import starts automations while some of them wait. */
@Component
public class StartsOfImport {

  private final ImportStarts starts;
  private final AuditTrail trail;

  StartsOfImport(ImportStarts starts, AuditTrail trail) {
    this.starts = starts;
    this.trail = trail;
  }

  /**
   * Lets so many a minute start, or all, or none any more.
   *
   * @param name of the import, for the audit trail
   * @param perMinute with {@link State#HELD}: how many
   * @throws RefusedException when none were held back, or they were dropped already
   */
  @Transactional
  public Figures change(long importId, String name, State state, int perMinute) {
    Figures before = figures(importId);
    if (before.state() == State.DROPPED) {
      throw new RefusedException(
          Reason.CONFLICT, "The automations that waited were dropped already", List.of());
    }
    switch (state) {
      case HELD -> starts.slow(importId, perMinute);
      case OPEN -> starts.open(importId);
      case DROPPED -> starts.drop(importId);
    }
    Figures after = figures(importId);
    trail.record(
        AuditEvent.of("import.starts", "import", importId, name)
            .change("state", before.state(), after.state())
            .change("perMinute", before.perMinute(), after.perMinute()));
    return after;
  }

  private Figures figures(long importId) {
    return starts
        .figures(importId)
        .orElseThrow(() -> RefusedException.notFound("automations that wait for import", importId));
  }
}
