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

/** A record in answers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordJson(
    long id,
    int version,
    @Nullable String type,
    Map<String, @Nullable Object> values,
    @Nullable List<String> tags,
    @Nullable Instant trashedAt) {

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
        record.trashedAt());
  }
}
