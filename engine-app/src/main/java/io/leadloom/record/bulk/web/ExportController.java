package io.leadloom.record.bulk.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.bulk.Export;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Records as a file. */
@Tag(name = "Bulk actions")
@RestController
@RequestMapping(
    "/api/v1/{entity:leads|contacts|accounts|opportunities|activities|tasks|notes}/export.csv")
class ExportController {

  private static final int MOST_IDS = 1_000;

  private final Export export;
  private final Access access;

  ExportController(Export export, Access access) {
    this.export = export;
    this.access = access;
  }

  /**
   * Those that match a filter and may be exported, as CSV for a spreadsheet, by id.
   *
   * @param hidden false to leave out leads that are hidden by their stage or status, unless the filter asks for it
   * @param ids at most 1,000; without them all that match the filter
   * @param fields the keys of the columns; without them all fields
   */
  @GetMapping
  @Needs(Action.EXPORT)
  void csv(
      @PathVariable String entity,
      @RequestParam(required = false) @Nullable String filter,
      @RequestParam(defaultValue = "true") boolean hidden,
      @RequestParam(required = false) @Nullable List<@Nullable Long> ids,
      @RequestParam(required = false) @Nullable List<String> fields,
      HttpServletResponse response)
      throws IOException {
    EntityType type =
        EntityType.of(entity)
            .orElseThrow(() -> RefusedException.notFound("kind of record", entity));
    if (ids != null && ids.size() > MOST_IDS) {
      throw RefusedException.invalid(
          "These are too many ids",
          Violation.of("ids", ids.size(), "at most " + MOST_IDS + "; a filter for more"));
    }
    if (ids != null && ids.stream().anyMatch(Objects::isNull)) {
      throw RefusedException.invalid(
          "These are no ids",
          Violation.of("ids", null, "ids separated by commas, with nothing left out"));
    }
    Rights rights = access.current();
    Export.Plan plan =
        export.plan(
            type,
            filter == null ? "" : filter,
            hidden,
            ids == null || ids.isEmpty() ? null : ids,
            fields == null ? List.of() : fields,
            rights);
    response.setContentType("text/csv");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + entity + ".csv\"");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
      export.write(plan, out);
    }
  }
}
