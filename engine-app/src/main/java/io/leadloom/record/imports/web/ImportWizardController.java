package io.leadloom.record.imports.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.csv.CsvWriter;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.imports.ImportChoice;
import io.leadloom.record.imports.ImportJob;
import io.leadloom.record.imports.ImportPlan;
import io.leadloom.record.imports.Imports;
import io.leadloom.record.imports.Preview;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The steps between a file and its import: read, map, look, check, start. */
@Tag(name = "Imports")
@RestController
@RequestMapping("/api/v1/imports")
class ImportWizardController {

  private final Imports imports;
  private final ImportPermits permits;
  private final Access access;
  private final Clock clock;

  ImportWizardController(Imports imports, ImportPermits permits, Access access, Clock clock) {
    this.imports = imports;
    this.permits = permits;
    this.access = access;
    this.clock = clock;
  }

  /** A CSV file with a header for each field that the caller can import, and no rows (LEAD-044). */
  @GetMapping("/sample.csv")
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  void sample(@RequestParam(defaultValue = "lead") String entity, HttpServletResponse response)
      throws IOException {
    EntityType type =
        EntityType.of(entity)
            .filter(kind -> kind != EntityType.ACTIVITY)
            .orElseThrow(
                () ->
                    ImportWords.refused("entity", entity, "lead, contact, account, task or note"));
    if (!access.current().may(Section.of(type), Action.IMPORT)) {
      throw ImportPermits.forbidden(type.key() + ", import");
    }
    List<String> headers = imports.sample(type, access.current());
    response.setContentType("text/csv");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + type.path() + "-sample.csv\"");
    try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
      out.write('\uFEFF');
      new CsvWriter(out).row(headers.toArray(String[]::new));
    }
  }

  /** How to read a text file; null to find out. */
  record Reading(@Nullable String encoding, @Nullable String delimiter) {}

  /** Reads the file of an import that waits in another way. */
  @PostMapping("/{id}/read")
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  ImportAnswer read(@PathVariable long id, @RequestBody Reading reading) {
    permits.runnable(id);
    return ImportAnswer.of(
        imports.read(id, reading.encoding(), ImportWords.delimiter(reading.delimiter())),
        clock.instant());
  }

  /**
   * What becomes of the columns of a prepared import; without columns, what it was checked with.
   *
   * @param unreachable whether leads are taken that name no way of reaching the person (LEAD-217); no without it
   * @param startAutomations for a start: yes, no or throttled
   * @param perMinute with throttled: the most starts a minute
   */
  record Choice(
      @Nullable String match,
      @Nullable String duplicates,
      @Nullable List<@Nullable Target> columns,
      @Nullable Boolean unreachable,
      @Nullable String startAutomations,
      @Nullable Integer perMinute) {}

  /** A field, a field to be made, or neither to leave the column out. */
  record Target(@Nullable String field, @Nullable Boolean create) {}

  /** Looks in the background at what every row would do; writes nothing. */
  @PostMapping("/{id}/check")
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  ImportAnswer check(@PathVariable long id, @RequestBody Choice choice) {
    permits.runnable(id);
    return ImportAnswer.of(imports.check(id, choice(choice)), clock.instant());
  }

  /** The first rows as they would be stored. */
  record FirstRows(List<Preview.Line> items) {}

  /** Shows the first rows as they would be stored, with the columns as they were last checked; writes nothing. */
  @GetMapping("/{id}/preview")
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  FirstRows preview(@PathVariable long id) {
    permits.runnable(id);
    return new FirstRows(imports.preview(id));
  }

  /** Goes back to the columns; a check that runs ends. */
  @PostMapping("/{id}/revise")
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  ImportAnswer revise(@PathVariable long id) {
    permits.runnable(id);
    return ImportAnswer.of(imports.revise(id), clock.instant());
  }

  /** Starts an import that waits. */
  @PostMapping("/{id}/start")
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  ImportAnswer start(@PathVariable long id, @RequestBody Choice choice) {
    ImportJob job = permits.runnable(id);
    if (job.plan().columns().stream().anyMatch(ImportPlan.Column::create)) {
      permits.mayMakeFields();
    }
    return ImportAnswer.of(
        imports.start(
            id,
            choice.columns() == null ? null : choice(choice),
            ImportWords.starts(choice.startAutomations(), choice.perMinute())),
        clock.instant());
  }

  private ImportChoice choice(Choice given) {
    List<ImportChoice.Target> columns = new ArrayList<>();
    for (Target target : Objects.requireNonNullElse(given.columns(), List.<Target>of())) {
      columns.add(
          target == null
              ? new ImportChoice.Target(null, false)
              : new ImportChoice.Target(target.field(), Boolean.TRUE.equals(target.create())));
    }
    if (columns.stream().anyMatch(ImportChoice.Target::create)) {
      permits.mayMakeFields();
    }
    return new ImportChoice(
        given.match(),
        ImportWords.duplicates(given.duplicates()),
        columns,
        Boolean.TRUE.equals(given.unreachable()));
  }
}
