package io.leadloom.record.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Leads, contacts, accounts, activities, tasks and notes, one at a time. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/{entity:" + RecordController.ENTITIES + "}")
class RecordController {

  static final String ENTITIES = "leads|contacts|accounts|opportunities|activities|tasks|notes";
  static final String ID = "/{id:[0-9]{1,18}}";

  private final Records records;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final RecordAnswers answers;
  private final Caller caller;

  RecordController(
      Records records,
      Schemas schemas,
      FieldConversion conversion,
      RecordAnswers answers,
      Caller caller) {
    this.records = records;
    this.schemas = schemas;
    this.conversion = conversion;
    this.answers = answers;
    this.caller = caller;
  }

  /** A new record. */
  record NewRecord(
      @Nullable String type,
      @Nullable Map<String, @Nullable Object> values,
      @Nullable List<String> tags) {}

  /**
   * A change of a record.
   *
   * @param comment why the stage of a lead changes
   */
  record ChangedRecord(
      @Nullable Integer version,
      @Nullable Map<String, @Nullable Object> values,
      @Nullable String comment) {}

  /**
   * Coming back from the trash.
   *
   * @param stage where an opportunity comes back whose stage is gone by now, by id or name (REV-017)
   */
  record RestoredRecord(@Nullable String stage) {}

  /** Tags by name. */
  record TagNames(@Nullable List<String> tags) {}

  static EntityType type(String path) {
    return EntityType.of(path).orElseThrow(() -> RefusedException.notFound("kind of record", path));
  }

  @GetMapping(ID)
  @Needs(Action.VIEW)
  RecordJson get(@PathVariable String entity, @PathVariable long id) {
    return answers.json(new RecordRef(type(entity), id), caller.rights());
  }

  @PostMapping
  @Needs(Action.CREATE)
  ResponseEntity<?> create(
      @PathVariable String entity, @RequestBody NewRecord body, HttpServletRequest request) {
    EntityType type = type(entity);
    Rights rights = caller.rights();
    String activityType = type == EntityType.ACTIVITY ? body.type() : null;
    Values values =
        NaturalValues.read(
                type, activityType, body.values(), schemas.current().visibleTo(rights), conversion)
            .acceptable();
    if (type == EntityType.TASK && body.type() != null && !values.has("type")) {
      values.with("type", body.type());
    }
    Set<String> names = body.tags() == null ? Set.of() : new LinkedHashSet<>(body.tags());
    Records.Created created =
        records.as(rights).create(type, activityType, values, names, caller.cause(request));
    Record record = created.record();
    if (record == null) {
      return answers.of(created.result(), null, rights);
    }
    return ResponseEntity.created(URI.create("/api/v1/" + entity + "/" + record.ref().id()))
        .body(
            names.isEmpty()
                ? RecordJson.of(record, List.of(), rights)
                : answers.json(record, rights));
  }

  @PatchMapping(ID)
  @Needs(Action.EDIT)
  ResponseEntity<?> change(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestBody ChangedRecord body,
      HttpServletRequest request) {
    RecordRef ref = new RecordRef(type(entity), id);
    Rights rights = caller.rights();
    String activityType =
        ref.type() == EntityType.ACTIVITY
            ? records.as(rights).find(ref).map(Record::activityType).orElse(null)
            : null;
    Values values =
        NaturalValues.read(
                ref.type(),
                activityType,
                body.values(),
                schemas.current().visibleTo(rights),
                conversion)
            .acceptable();
    return answers.of(
        write(
            new RecordCommand.Update(ref, body.version(), values, body.comment()), rights, request),
        body.values(),
        rights);
  }

  @DeleteMapping(ID)
  @Needs(Action.DELETE)
  ResponseEntity<?> delete(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Integer version,
      HttpServletRequest request) {
    Rights rights = caller.rights();
    WriteResult result =
        write(new RecordCommand.Trash(new RecordRef(type(entity), id), version), rights, request);
    return result instanceof WriteResult.Written
        ? ResponseEntity.noContent().build()
        : answers.of(result, null, rights);
  }

  @PostMapping(ID + "/restore")
  @Needs(Action.DELETE)
  ResponseEntity<?> restore(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestBody(required = false) @Nullable RestoredRecord body,
      HttpServletRequest request) {
    Rights rights = caller.rights();
    String stage = body == null ? null : body.stage();
    return answers.of(
        write(new RecordCommand.Restore(new RecordRef(type(entity), id), stage), rights, request),
        null,
        rights);
  }

  @PostMapping(ID + "/tags")
  @Needs(Action.EDIT)
  ResponseEntity<?> addTags(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestBody TagNames body,
      HttpServletRequest request) {
    RecordRef ref = new RecordRef(type(entity), id);
    Rights rights = caller.rights();
    return answers.of(
        write(new RecordCommand.AddTags(ref, names(body)), rights, request), null, rights);
  }

  @DeleteMapping(ID + "/tags")
  @Needs(Action.EDIT)
  ResponseEntity<?> removeTags(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestBody TagNames body,
      HttpServletRequest request) {
    RecordRef ref = new RecordRef(type(entity), id);
    Rights rights = caller.rights();
    return answers.of(
        write(new RecordCommand.RemoveTags(ref, names(body)), rights, request), null, rights);
  }

  private static Set<String> names(TagNames body) {
    return body.tags() == null ? Set.of() : new LinkedHashSet<>(body.tags());
  }

  private WriteResult write(RecordCommand command, Rights rights, HttpServletRequest request) {
    return records.as(rights).write(List.of(command), caller.cause(request)).get(0);
  }
}
