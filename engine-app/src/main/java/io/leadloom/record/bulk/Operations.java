package io.leadloom.record.bulk;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.BulkOperation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All that can be done to many records, by key. */
@Component
class Operations {

  private final Map<String, BulkOperation> byKey;

  Operations(List<BulkOperation> all) {
    this.byKey =
        new TreeMap<>(
            all.stream().collect(Collectors.toMap(BulkOperation::key, Function.identity())));
  }

  /** The operation that somebody asks for. */
  BulkOperation asked(String key) {
    BulkOperation operation = byKey.get(key);
    if (operation == null || operation.traced()) {
      throw RefusedException.invalid(
          "There is no such bulk action",
          Violation.of("operation", key, "one of: " + String.join(", ", asked())));
    }
    return operation;
  }

  private List<String> asked() {
    return byKey.values().stream()
        .filter(operation -> !operation.traced())
        .map(BulkOperation::key)
        .toList();
  }

  /** Whether this version of Leadloom can do what was ordered, perhaps at a node with another one. */
  boolean known(BulkAction job) {
    return byKey.containsKey(job.operation());
  }

  /** The operation of a job that was accepted. */
  BulkOperation of(BulkAction job) {
    BulkOperation operation = byKey.get(job.operation());
    if (operation == null) {
      throw new IllegalStateException("Nobody knows the operation " + job.operation());
    }
    return operation;
  }

  /** Whether a job's work can be taken back. */
  boolean undoable(BulkAction job) {
    BulkOperation operation = byKey.get(job.operation());
    return job.undoOf() == null && operation != null && operation.undoable();
  }
}
