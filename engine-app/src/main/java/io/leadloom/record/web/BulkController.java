package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.web.LargeDocument;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.WriteResult.Refused;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many records in one call, each judged on its own. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/{entity:" + RecordController.ENTITIES + "}/bulk")
class BulkController {

  private final Records records;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final Caller caller;

  BulkController(Records records, Schemas schemas, FieldConversion conversion, Caller caller) {
    this.records = records;
    this.schemas = schemas;
    this.conversion = conversion;
    this.caller = caller;
  }

  /** Records to write; with {@code match}, those that are there already are updated. */
  @LargeDocument
  record Bulk(
      @Nullable String match,
      @JsonDeserialize(using = BulkRecords.class) @Nullable List<@Nullable BulkRecord> records) {}

  /** One of the records. */
  record BulkRecord(@Nullable String type, @Nullable Map<String, @Nullable Object> values) {}

  /** What became of the records, in order. */
  record Results(List<Result> results) {}

  /** What became of one record. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      int index,
      @Nullable Long id,
      @Nullable Integer version,
      String outcome,
      @Nullable List<Violation> violations) {}

  @PostMapping
  @Needs(Action.BULK)
  Results write(@PathVariable String entity, @RequestBody Bulk body, HttpServletRequest request) {
    EntityType type = RecordController.type(entity);
    List<@Nullable BulkRecord> given = body.records();
    if (given == null) {
      throw RefusedException.invalid(
          "There are no records",
          Violation.of("records", null, "a list of at most " + BulkRecords.MOST));
    }
    Rights rights = caller.rights();
    Schema schema = schemas.current().visibleTo(rights);
    Result[] results = new Result[given.size()];
    List<RecordCommand> commands = new ArrayList<>(given.size());
    List<Integer> places = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      BulkRecord item = given.get(i);
      String activityType = item == null || type != EntityType.ACTIVITY ? null : item.type();
      NaturalValues values =
          NaturalValues.read(
              type, activityType, item == null ? null : item.values(), schema, conversion);
      if (values.violations().isEmpty()) {
        commands.add(command(type, activityType, body.match(), values.values()));
        places.add(i);
      } else {
        results[i] = new Result(i, null, null, "refused", values.violations());
      }
    }
    List<WriteResult> written =
        commands.isEmpty() ? List.of() : records.as(rights).write(commands, caller.cause(request));
    for (int i = 0; i < written.size(); i++) {
      results[places.get(i)] = result(places.get(i), written.get(i));
    }
    return new Results(List.of(results));
  }

  private static RecordCommand command(
      EntityType type, @Nullable String activityType, @Nullable String match, Values values) {
    return match == null || match.isBlank()
        ? new RecordCommand.Create(type, activityType, values)
        : new RecordCommand.Upsert(type, match, values);
  }

  private static Result result(int index, WriteResult result) {
    if (result instanceof Written written) {
      String outcome = written.created() ? "created" : written.changed() ? "updated" : "unchanged";
      return new Result(index, written.ref().id(), written.version(), outcome, null);
    }
    List<Violation> violations =
        result instanceof Refused refused
            ? refused.violations()
            : result instanceof WriteResult.Forbidden forbidden
                ? List.of(Violation.of("id", forbidden.what(), "what your permissions include"))
                : List.of();
    return new Result(index, null, null, "refused", violations);
  }
}
