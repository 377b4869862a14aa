package io.leadloom.record.imports.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.imports.ImportJob;
import io.leadloom.record.imports.Imports;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Who may see imports and do something with them. */
@Component
class ImportPermits {

  private final Imports imports;
  private final Access access;

  ImportPermits(Imports imports, Access access) {
    this.imports = imports;
    this.access = access;
  }

  static RefusedException forbidden(String what) {
    return RefusedException.forbidden("Your permissions do not include this: " + what);
  }

  /** An import that one does not see is not there. */
  ImportJob seen(long id) {
    ImportJob job = imports.get(id);
    if (!access.current().owners(Section.IMPORTS, Action.VIEW).reach(job.createdBy())) {
      throw RefusedException.notFound("import", id);
    }
    return job;
  }

  ImportJob permitted(long id) {
    ImportJob job = seen(id);
    if (!access.current().owners(Section.IMPORTS, Action.CREATE).reach(job.createdBy())) {
      throw forbidden("imports, create");
    }
    return job;
  }

  /**
   * It runs with the rights of whoever prepared it, and shows what he sees: nobody else works on it, unless there is
   * nothing he could gain.
   */
  ImportJob runnable(long id) {
    ImportJob job = permitted(id);
    if (!access.current().may(Section.of(job.entity()), Action.IMPORT)) {
      throw forbidden(job.entity().key() + ", import");
    }
    if (!own(job)) {
      throw forbidden("starting what somebody else has prepared");
    }
    return job;
  }

  /** Whether the caller made it, or is an administrator. */
  boolean own(ImportJob job) {
    Rights rights = access.current();
    return rights.everything() || Objects.equals(rights.userId(), job.createdBy());
  }

  /** Whoever made it takes it back, or an administrator does; each only what his rights reach. */
  ImportJob undoable(long id) {
    ImportJob job = permitted(id);
    if (!own(job)) {
      throw forbidden("taking back what somebody else has imported");
    }
    return job;
  }

  void mayMakeFields() {
    if (!access.current().may(Section.SCHEMA, Action.CREATE)) {
      throw forbidden("schema, create");
    }
  }
}
