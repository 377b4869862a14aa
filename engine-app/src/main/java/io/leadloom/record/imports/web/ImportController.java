package io.leadloom.record.imports.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.ImportStarts;
import io.leadloom.record.imports.Duplicates;
import io.leadloom.record.imports.ImportJob;
import io.leadloom.record.imports.ImportRequest;
import io.leadloom.record.imports.ImportUndo;
import io.leadloom.record.imports.Imports;
import io.leadloom.record.imports.starts.Starts;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Imports of CSV and XLSX files. */
@Tag(name = "Imports")
@RestController
@RequestMapping("/api/v1/imports")
class ImportController {

  private static final int LONGEST_NAME = 250;

  private final Imports imports;
  private final Users users;
  private final ImportUndo undo;
  private final ImportStarts heldBack;
  private final ImportPermits permits;
  private final Access access;
  private final Clock clock;
  private final ObjectMapper json;

  ImportController(
      Imports imports,
      Users users,
      ImportUndo undo,
      ImportStarts heldBack,
      ImportPermits permits,
      Access access,
      Clock clock,
      ObjectMapper json) {
    this.imports = imports;
    this.users = users;
    this.undo = undo;
    this.heldBack = heldBack;
    this.permits = permits;
    this.access = access;
    this.clock = clock;
    this.json = json;
  }

  /**
   * Takes a file as the body (text/csv, XLSX or octet-stream) or as the part {@code file} of a form. With {@code
   * prepare=true} it only looks at the columns, and {@code POST /imports/{id}/start} says what becomes of them. Leads that
   * name no way of reaching the person are refused, unless {@code unreachable=true} (LEAD-217).
   */
  @PostMapping
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  ResponseEntity<ImportAnswer> start(
      @RequestParam(defaultValue = "false") boolean prepare,
      @RequestParam(defaultValue = "lead") String entity,
      @RequestParam(required = false) @Nullable String activityType,
      @RequestParam(required = false) @Nullable String match,
      @RequestParam(required = false) @Nullable String duplicates,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String mapping,
      @RequestParam(defaultValue = "false") boolean createFields,
      @RequestParam(defaultValue = "false") boolean unreachable,
      @RequestParam(defaultValue = "") List<String> emptyValues,
      @RequestParam(required = false) @Nullable String delimiter,
      @RequestParam(required = false) @Nullable String encoding,
      @RequestParam(required = false) @Nullable String startAutomations,
      @RequestParam(required = false) @Nullable Integer perMinute,
      HttpServletRequest request)
      throws IOException {
    Long userId = users.current().map(Users.Person::id).orElse(null);
    EntityType type =
        EntityType.of(entity)
            .orElseThrow(
                () ->
                    ImportWords.refused(
                        "entity", entity, "lead, contact, account, activity, task or note"));
    if (!access.current().may(Section.of(type), Action.IMPORT)) {
      throw ImportPermits.forbidden(type.key() + ", import");
    }
    if (createFields) {
      permits.mayMakeFields();
    }
    if (type == EntityType.ACTIVITY && (activityType == null || activityType.isBlank())) {
      throw ImportWords.refused(
          "activityType", activityType, "the key of the activity type in the file");
    }
    Map<String, String> mapped = mapping(mapping);
    Character between = ImportWords.delimiter(delimiter);
    Duplicates mode = ImportWords.duplicates(duplicates);
    Starts starts = ImportWords.starts(startAutomations, perMinute);
    UploadedFile file = UploadedFile.of(request);
    ImportRequest asked =
        new ImportRequest(
            type,
            type == EntityType.ACTIVITY ? activityType : null,
            match,
            mode,
            fileName(name, file.name()),
            mapped,
            createFields,
            emptyValues,
            between,
            encoding,
            userId,
            Objects.requireNonNullElse(starts, Starts.YES),
            unreachable);
    ImportJob job =
        prepare ? imports.prepare(asked, file.content()) : imports.start(asked, file.content());
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/imports/" + job.id()))
        .body(ImportAnswer.of(job, clock.instant()));
  }

  private Map<String, String> mapping(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Map.of();
    }
    try {
      Map<String, @Nullable String> read = json.readValue(text, new TypeReference<>() {});
      Map<String, String> mapped = new java.util.LinkedHashMap<>();
      read.forEach((header, key) -> mapped.put(header, key == null ? "" : key));
      return mapped;
    } catch (JsonProcessingException e) {
      throw ImportWords.refused(
          "mapping", text, "JSON such as {\"Mail\": \"email\", \"Remarks\": null}");
    }
  }

  private static String fileName(@Nullable String asked, @Nullable String uploaded) {
    String name = asked != null && !asked.isBlank() ? asked : uploaded;
    String plain = name == null || name.isBlank() ? "import" : name.strip();
    return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
  }

  @GetMapping
  @Needs(section = Section.IMPORTS, value = Action.VIEW)
  Page<ImportAnswer> list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Page.limit(limit, 200);
    if (cursor != null && !cursor.matches("[0-9]{1,18}")) {
      throw ImportWords.refused("cursor", cursor, "the 'next' of the page before, unchanged");
    }
    List<ImportJob> jobs =
        imports.list(
            cursor == null ? null : Long.valueOf(cursor),
            limit + 1,
            access.current().owners(Section.IMPORTS, Action.VIEW));
    boolean more = jobs.size() > limit;
    List<ImportJob> shown = more ? jobs.subList(0, limit) : jobs;
    String next = more ? Long.toString(shown.get(limit - 1).id()) : null;
    return new Page<>(
        shown.stream().map(job -> ImportAnswer.of(job, clock.instant())).toList(), next, null);
  }

  @GetMapping("/{id}")
  @Needs(section = Section.IMPORTS, value = Action.VIEW)
  ImportAnswer get(@PathVariable long id) {
    ImportJob job = permits.seen(id);
    return ImportAnswer.of(
        job,
        clock.instant(),
        permits.own(job) && undo.possible(job),
        heldBack.figures(id).map(StartsAnswer::of).orElse(null));
  }

  /**
   * How an import is taken back.
   *
   * @param changed what becomes of records that it created and that were changed since: keep or trash
   */
  record Undo(@Nullable String changed, @Nullable String name) {}

  /** Where it is taken back. */
  record Ordered(long id) {}

  /** Takes a whole import back, as a bulk action with a page of its own. */
  @PostMapping("/{id}/undo")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  Ordered undo(@PathVariable long id, @RequestBody Undo asked) {
    ImportJob job = permits.undoable(id);
    String changed = asked.changed() == null ? "keep" : asked.changed();
    if (!changed.equals("keep") && !changed.equals("trash")) {
      throw ImportWords.refused("changed", changed, "keep or trash");
    }
    String name =
        asked.name() == null || asked.name().isBlank() ? "Undo: " + job.fileName() : asked.name();
    return new Ordered(undo.order(id, name, changed.equals("trash"), access.current()));
  }

  @PostMapping("/{id}/cancel")
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  ImportAnswer cancel(@PathVariable long id) {
    permits.permitted(id);
    return ImportAnswer.of(imports.cancel(id), clock.instant());
  }

  /** The refused rows: row number, column, value and reason. */
  @GetMapping("/{id}/errors.csv")
  @Needs(section = Section.IMPORTS, value = Action.VIEW)
  void errors(@PathVariable long id, HttpServletResponse response) throws IOException {
    permits.seen(id);
    response.setContentType("text/csv");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"import-" + id + "-errors.csv\"");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
      imports.writeRefusals(id, access.current(), out);
    }
  }
}
