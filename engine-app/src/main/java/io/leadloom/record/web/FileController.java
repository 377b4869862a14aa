package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.record.file.RecordFiles;
import io.leadloom.record.file.StoredFile;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files of records and attachments of notes, up to 25 MB each. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1")
class FileController {

  private static final String OF_RECORD =
      "/{entity:" + RecordController.ENTITIES + "}" + RecordController.ID + "/files";

  private static final String FILE = "/files" + RecordController.ID;

  private final RecordFiles files;
  private final Caller caller;

  FileController(RecordFiles files, Caller caller) {
    this.files = files;
    this.caller = caller;
  }

  /**
   * A file.
   *
   * @param note the note that it is attached to, if any
   * @param picture whether a browser can show it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FileJson(
      long id,
      String name,
      String mediaType,
      long bytes,
      boolean picture,
      @Nullable Long note,
      Instant createdAt,
      @Nullable Long createdBy) {

    static FileJson of(StoredFile file) {
      return new FileJson(
          file.id(),
          file.name(),
          file.mediaType(),
          file.bytes(),
          file.picture(),
          file.of().type() == EntityType.NOTE ? file.of().id() : null,
          file.createdAt(),
          file.createdBy());
    }
  }

  /** Files, newest first. */
  record FileList(List<FileJson> items) {}

  private static RecordRef ref(String entity, long id) {
    return new RecordRef(RecordController.type(entity), id);
  }

  /** The files of a record, and those attached to its notes. */
  @GetMapping(OF_RECORD)
  @Needs(Action.VIEW)
  FileList list(@PathVariable String entity, @PathVariable long id) {
    return new FileList(
        files.of(ref(entity, id), caller.rights()).stream().map(FileJson::of).toList());
  }

  /** Takes a file as the body. What it is its bytes say, whatever the content type of the request. */
  @PostMapping(OF_RECORD)
  @Needs(Action.EDIT)
  ResponseEntity<FileJson> add(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String name,
      HttpServletRequest request)
      throws IOException {
    String type = request.getContentType();
    if (type != null
        && type.toLowerCase(Locale.ROOT).matches("(multipart/|application/x-www-form).*")) {
      throw new RefusedException(
          Reason.MALFORMED,
          "The request has no file that can be read",
          List.of(Violation.of("Content-Type", type, "the file itself as the body")));
    }
    StoredFile file =
        files.add(
            ref(entity, id),
            name,
            request.getInputStream(),
            caller.rights(),
            caller.cause(request));
    return ResponseEntity.created(URI.create("/api/v1/files/" + file.id())).body(FileJson.of(file));
  }

  /**
   * The file itself. It is of no effect when somebody opens it as a page.
   *
   * @param inline true to look at a picture in the browser instead of saving it
   */
  @GetMapping(FILE)
  void read(
      @PathVariable long id,
      @RequestParam(defaultValue = "false") boolean inline,
      HttpServletResponse response)
      throws IOException {
    StoredFile file = files.find(id, caller.rights());
    response.setContentType(file.mediaType());
    response.setContentLengthLong(file.bytes());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        (inline && file.picture() ? ContentDisposition.inline() : ContentDisposition.attachment())
            .filename(file.name(), StandardCharsets.UTF_8)
            .build()
            .toString());
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("X-Content-Type-Options", "nosniff");
    files.copyTo(file, response.getOutputStream());
  }

  /** Removes a file for good. */
  @DeleteMapping(FILE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable long id, HttpServletRequest request) {
    files.remove(id, caller.rights(), caller.cause(request));
  }
}
