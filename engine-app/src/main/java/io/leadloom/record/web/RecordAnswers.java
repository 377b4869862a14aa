package io.leadloom.record.web;

import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.web.Problems;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.WriteResult.Conflict;
import io.leadloom.record.WriteResult.Missing;
import io.leadloom.record.WriteResult.Refused;
import io.leadloom.record.mark.Tags;
import io.leadloom.record.store.MergedRecords;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Turns results of writes into answers. */
@Component
class RecordAnswers {

  private final Records records;
  private final Tags tags;
  private final MergedRecords merged;

  RecordAnswers(Records records, Tags tags, MergedRecords merged) {
    this.records = records;
    this.tags = tags;
    this.merged = merged;
  }

  /** The record, or the one that it has become part of. */
  RecordJson json(RecordRef ref, Rights rights) {
    Records within = records.as(rights);
    Record record = within.find(ref).orElse(null);
    if (record == null || record.trashedAt() != null) {
      RecordRef survivor = merged.survivor(ref);
      if (survivor != null) {
        return json(found(within, survivor), rights).standing();
      }
    }
    return json(found(within, ref), rights);
  }

  private static Record found(Records within, RecordRef ref) {
    return within
        .find(ref)
        .orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
  }

  RecordJson json(Record record, Rights rights) {
    return RecordJson.of(record, tags.namesOf(record.ref()), rights);
  }

  /**
   * The answer to a write.
   *
   * @param yours what the caller wanted to write, shown beside the record in a conflict
   */
  ResponseEntity<?> of(
      WriteResult result, @Nullable Map<String, @Nullable Object> yours, Rights rights) {
    if (result instanceof WriteResult.Written written) {
      // Also when the writer has just given it out of his own sight.
      return ResponseEntity.ok(json(found(records, written.ref()), rights));
    }
    if (result instanceof WriteResult.Forbidden forbidden) {
      throw RefusedException.forbidden(
          "Your permissions do not include this for " + forbidden.what());
    }
    if (result instanceof Refused refused) {
      throw new RefusedException(
          RefusedException.Reason.INVALID, "Some values are not acceptable", refused.violations());
    }
    if (result instanceof Missing missing) {
      throw RefusedException.notFound(missing.ref().type().key(), missing.ref().id());
    }
    Conflict conflict = (Conflict) result;
    int now = conflict.current().version();
    ProblemDetail problem =
        Problems.problem(
            409,
            "conflict",
            "It was changed in the meantime",
            "You read version "
                + conflict.expectedVersion()
                + "; since then somebody made version "
                + now,
            List.of());
    problem.setProperty("expectedVersion", conflict.expectedVersion());
    problem.setProperty("current", json(conflict.current(), rights));
    problem.setProperty("yours", yours);
    return Problems.answer(problem);
  }
}
