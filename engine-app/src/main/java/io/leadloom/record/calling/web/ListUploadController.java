package io.leadloom.record.calling.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.csv.CsvWriter;
import io.leadloom.record.calling.row.DuplicateMode;
import io.leadloom.record.calling.upload.ListUpload;
import io.leadloom.record.calling.upload.ListUploads;
import io.leadloom.record.imports.web.UploadedFile;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Uploads of files into lead lists: for administrators and the supervisors of the process. */
@Tag(name = "Processes")
@RestController
@RequestMapping("/api/v1")
class ListUploadController {

  private final ListUploads uploads;

  ListUploadController(ListUploads uploads) {
    this.uploads = uploads;
  }

  /**
   * An upload as it stands.
   *
   * @param headers of the file
   * @param ignored the headers that go nowhere
   * @param counts what became of rows so far
   */
  record Answer(
      long id,
      long list,
      String fileName,
      String status,
      String mode,
      List<String> headers,
      List<String> ignored,
      @Nullable String problem,
      ListUpload.Counts counts,
      long bytes,
      long totalBytes,
      Instant createdAt,
      @Nullable Instant endedAt) {

    static Answer of(ListUpload upload) {
      return new Answer(
          upload.id(),
          upload.list(),
          upload.fileName(),
          upload.status().name().toLowerCase(Locale.ROOT),
          upload.mode().name().toLowerCase(Locale.ROOT),
          upload.plan().headers(),
          upload.plan().ignored(),
          upload.problem(),
          upload.counts(),
          upload.bytes(),
          upload.totalBytes(),
          upload.createdAt(),
          upload.endedAt());
    }
  }

  @Operation(
      summary = "Uploads a CSV or XLSX file into a lead list",
      description =
          "The file is the body, or the part 'file' of a form. With 'map' it waits until its headers are mapped. 'update'"
              + " and 'migrate' say what becomes of numbers that are there already; without them they are skipped.")
  @PostMapping("/lead-lists/{id}/uploads")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Answer upload(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(defaultValue = "false") boolean update,
      @RequestParam(defaultValue = "false") boolean migrate,
      @RequestParam(defaultValue = "false") boolean map,
      @RequestParam(required = false) @Nullable String encoding,
      HttpServletRequest request)
      throws IOException {
    if (update && migrate) {
      throw RefusedException.invalid(
          "The file cannot be uploaded like this",
          Violation.of("migrate", true, "one of update and migrate, not both"));
    }
    DuplicateMode mode =
        update ? DuplicateMode.UPDATE : migrate ? DuplicateMode.MIGRATE : DuplicateMode.SKIP;
    UploadedFile file = UploadedFile.of(request);
    String fileName =
        Stream.of(name, file.name())
            .filter(Objects::nonNull)
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse("upload");
    ListUploads.Wanted wanted = new ListUploads.Wanted(fileName, mode, encoding, map);
    return Answer.of(uploads.receive(id, wanted, file.content()));
  }

  @Operation(summary = "Uploads into a lead list, the newest first")
  @GetMapping("/lead-lists/{id}/uploads")
  Page<Answer> page(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    Page<ListUpload> page = uploads.page(id, cursor, limit);
    return new Page<>(page.items().stream().map(Answer::of).toList(), page.next(), null);
  }

  @Operation(summary = "A CSV file with the columns of a lead list in their order, and no rows")
  @GetMapping("/lead-lists/{id}/sample.csv")
  void sample(@PathVariable long id, HttpServletResponse response) throws IOException {
    List<String> headers = uploads.sample(id);
    try (Writer out = csv(response, "lead-list-" + id + "-sample.csv")) {
      out.write('\uFEFF');
      new CsvWriter(out).row(headers.toArray(String[]::new));
    }
  }

  private static Writer csv(HttpServletResponse response, String name) throws IOException {
    response.setContentType("text/csv");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    return new BufferedWriter(
        new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
  }

  @Operation(summary = "One upload as it stands")
  @GetMapping("/list-uploads/{id}")
  Answer one(@PathVariable long id) {
    return Answer.of(uploads.get(id));
  }

  /** Headers of the file by target: phone1 to phone5, timezone and name. */
  record Mapping(@Nullable Map<String, @Nullable String> mapping) {}

  @Operation(summary = "Starts an upload that waits for its headers to be mapped")
  @PostMapping("/list-uploads/{id}/start")
  Answer start(@PathVariable long id, @RequestBody Mapping body) {
    return Answer.of(uploads.start(id, Objects.requireNonNullElse(body.mapping(), Map.of())));
  }

  @Operation(summary = "Stops an upload; what is written stays")
  @PostMapping("/list-uploads/{id}/cancel")
  Answer cancel(@PathVariable long id) {
    return Answer.of(uploads.cancel(id));
  }

  @Operation(summary = "The rows of an upload that failed or were skipped, with the reasons")
  @GetMapping("/list-uploads/{id}/rows.csv")
  void rows(@PathVariable long id, HttpServletResponse response) throws IOException {
    uploads.get(id);
    try (Writer out = csv(response, "lead-list-upload-" + id + ".csv")) {
      uploads.writeRemarks(id, out);
    }
  }
}
