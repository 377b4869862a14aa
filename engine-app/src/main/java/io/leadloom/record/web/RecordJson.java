package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.schema.FieldConversion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record in answers.
 *
 * @param mergedInto the id of this record, when another id was asked for that has become part of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordJson(
    long id,
    int version,
    @Nullable String type,
    Map<String, @Nullable Object> values,
    @Nullable List<String> tags,
    @Nullable Instant trashedAt,
    @Nullable Long mergedInto) {

  /** The same, for somebody who has asked for a record that was merged into it. */
  RecordJson standing() {
    return new RecordJson(id, version, type, values, tags, trashedAt, id);
  }

  static RecordJson of(Record record, @Nullable List<String> tags, Rights rights) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    record
        .values()
        .asMap()
        .forEach(
            (key, value) -> {
              if (!rights.hides(record.ref().type(), key)) {
                values.put(key, FieldConversion.toNatural(value));
              }
            });
    return new RecordJson(
        record.ref().id(),
        record.version(),
        record.activityType(),
        values,
        tags,
        record.trashedAt(),
        null);
  }
}
