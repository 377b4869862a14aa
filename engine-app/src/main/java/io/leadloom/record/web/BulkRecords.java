package io.leadloom.record.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.web.BulkController.BulkRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the records of a bulk call and stops at the first one too many, before the others fill the memory. */
final class BulkRecords extends JsonDeserializer<List<@Nullable BulkRecord>> {

  static final int MOST = 1_000;

  @Override
  public @Nullable List<@Nullable BulkRecord> deserialize(
      JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      context.handleUnexpectedToken(List.class, parser);
      return null;
    }
    List<@Nullable BulkRecord> records = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (records.size() == MOST) {
        throw RefusedException.invalid(
            "The records cannot be written in one call",
            Violation.of("records", null, "a list of at most " + MOST));
      }
      try {
        records.add(
            parser.hasToken(JsonToken.VALUE_NULL)
                ? null
                : context.readValue(parser, BulkRecord.class));
      } catch (JsonMappingException e) {
        e.prependPath(records, records.size());
        throw e;
      }
    }
    return records;
  }
}
