package io.leadloom.record.bulk.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.csv.CsvWriter;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.record.bulk.BulkAction;
import io.leadloom.record.bulk.BulkActions;
import io.leadloom.record.bulk.BulkOrder;
import io.leadloom.record.bulk.BulkQuery;
import io.leadloom.record.bulk.Withholding;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

/** Things done to many records, as jobs (LEAD-081, ENG-108 to ENG-125). */
@Tag(name = "Bulk actions")
@RestController
@RequestMapping("/api/v1")
class BulkActionController {

  private static final int PAGE = 100;
  private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

  private final BulkActions actions;
  private final Withholding withholding;
  private final Records records;
  private final Access access;
  private final Clock clock;

  BulkActionController(
      BulkActions actions, Withholding withholding, Records records, Access access, Clock clock) {
    this.withholding = withholding;
    this.actions = actions;
    this.records = records;
    this.access = access;
    this.clock = clock;
  }

  /**
   * What is to be done, to which records, and when: either {@code ids} or a {@code filter}, which is empty for all.
   *
   * @param hidden false to leave out leads that are hidden by their stage or status, unless the filter asks for it
   */
  record NewBulkAction(
      @Nullable String operation,
      @Nullable String name,
      @Nullable List<@Nullable Long> ids,
      @Nullable String filter,
      @Nullable Boolean hidden,
      @Nullable JsonNode settings,
      @Nullable Instant scheduledAt,
      @Nullable Integer batchSize,
      @Nullable Integer batchMinutes) {}

  @PostMapping(
      "/{entity:leads|contacts|accounts|opportunities|activities|tasks|notes}/bulk-actions")
  @Needs(Action.BULK)
  ResponseEntity<BulkActionJson> order(
      @PathVariable String entity, @RequestBody NewBulkAction body) {
    EntityType type =
        EntityType.of(entity)
            .orElseThrow(() -> RefusedException.notFound("kind of record", entity));
    BulkAction job =
        actions.order(
            new BulkOrder(
                type,
                Objects.requireNonNullElse(body.operation(), ""),
                body.name(),
                body.ids(),
                body.filter(),
                !Boolean.FALSE.equals(body.hidden()),
                body.settings() == null ? JsonNodeFactory.instance.objectNode() : body.settings(),
                body.scheduledAt(),
                body.batchSize(),
                body.batchMinutes()),
            access.current());
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/bulk-actions/" + job.id()))
        .body(json(job));
  }

  private BulkActionJson json(BulkAction job) {
    return json(job, actions.undoable(job));
  }

  private BulkActionJson json(BulkAction job, boolean undoable) {
    BulkAction seen = withholding.seen(job, access.current());
    return BulkActionJson.of(seen, undoable, !seen.equals(job), clock.instant());
  }

  /**
   * Those that the caller made or may look after, newest first, with empty settings: each alone has them.
   *
   * @param ended only those that are complete or canceled; {@code from} and {@code until} are about their end then
   */
  @GetMapping("/bulk-actions")
  Page<BulkActionJson> list(
      @RequestParam(required = false) @Nullable String operation,
      @RequestParam(required = false) @Nullable Long user,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(defaultValue = "false") boolean ended,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > 200) {
      throw refused("limit", limit, "a number from 1 to 200");
    }
    within("from", from);
    within("until", until);
    BulkQuery query =
        new BulkQuery(
            blank(operation),
            user,
            status(status),
            ended,
            from,
            until,
            cursor == null ? null : number(cursor),
            limit + 1);
    List<BulkAction> found = actions.list(query, access.current());
    List<BulkAction> shown = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? Long.toString(shown.get(limit - 1).id()) : null;
    Set<Long> undoable = actions.undoable(shown);
    return new Page<>(
        shown.stream().map(job -> json(job, undoable.contains(job.id()))).toList(), next, null);
  }

  private static void within(String place, @Nullable Instant moment) {
    if (moment != null && (moment.isBefore(EARLIEST) || !moment.isBefore(LATEST))) {
      throw refused(place, moment, "a moment in the years 1000 to 9999");
    }
  }

  private static @Nullable String blank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static BulkAction.@Nullable Status status(@Nullable String key) {
    String asked = blank(key);
    return asked == null
        ? null
        : BulkAction.Status.of(asked)
            .orElseThrow(
                () -> refused("status", asked, "processing, in-progress, complete or canceled"));
  }

  private static long number(String cursor) {
    if (!cursor.matches("[0-9]{1,18}")) {
      throw refused("cursor", cursor, "the 'next' of the page before, unchanged");
    }
    return Long.parseLong(cursor);
  }

  private static RefusedException refused(String place, Object given, String expected) {
    return RefusedException.invalid(
        "The question is not clear", Violation.of(place, given, expected));
  }

  @GetMapping("/bulk-actions/{id}")
  BulkActionJson get(@PathVariable long id) {
    return json(actions.find(id, access.current()));
  }

  @PostMapping("/bulk-actions/{id}/cancel")
  BulkActionJson cancel(@PathVariable long id) {
    return json(actions.cancel(id, access.current()));
  }

  /** Takes a bulk action back, as one of its own with a name of its own. */
  record Undo(@Nullable String name) {}

  @PostMapping("/bulk-actions/{id}/undo")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BulkActionJson undo(@PathVariable long id, @RequestBody(required = false) @Nullable Undo body) {
    Rights rights = access.current();
    String name = body == null ? null : blank(body.name());
    String asked = name == null ? "Undo: " + actions.find(id, rights).name() : name;
    return json(actions.undo(id, asked.length() <= 200 ? asked : asked.substring(0, 200), rights));
  }

  /** One record behind a figure; without a name when the caller does not see it (any more). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Member(long id, @Nullable String name, @Nullable String reason) {}

  /**
   * The records behind a figure (ENG-124).
   *
   * @param result {@code succeeded} or {@code failed}
   */
  @GetMapping("/bulk-actions/{id}/records")
  Page<Member> records(
      @PathVariable long id,
      @RequestParam(defaultValue = "failed") String result,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > 200) {
      throw refused("limit", limit, "a number from 1 to 200");
    }
    Rights rights = access.current();
    BulkAction job = actions.find(id, rights);
    long from = cursor == null ? 0 : number(cursor);
    if (result.equals("succeeded")) {
      BulkActions.Succeeded some = actions.succeeded(job, from, limit);
      return new Page<>(
          named(job, some.ids(), Map.of(), rights),
          some.next() == null ? null : some.next().toString(),
          job.succeeded());
    }
    if (!result.equals("failed")) {
      throw refused("result", result, "succeeded or failed");
    }
    Map<Long, String> reasons = new HashMap<>();
    List<Long> ids = new ArrayList<>();
    actions
        .failures(id, from, limit)
        .forEach(
            failure -> {
              ids.add(failure.recordId());
              reasons.put(failure.recordId(), failure.reason());
            });
    return new Page<>(
        named(job, ids, reasons, rights),
        ids.size() < limit ? null : ids.get(limit - 1).toString(),
        job.failed());
  }

  private List<Member> named(
      BulkAction job, List<Long> ids, Map<Long, String> reasons, Rights rights) {
    String key =
        switch (job.entity()) {
          case LEAD, CONTACT, ACCOUNT, OPPORTUNITY -> "name";
          case ACTIVITY -> "subject";
          case TASK -> "title";
          case NOTE -> "text";
        };
    Map<Long, String> names = new HashMap<>();
    if (!ids.isEmpty() && !rights.hides(job.entity(), key)) {
      for (Record record : records.as(rights).find(job.entity(), ids)) {
        String name = record.values().text(key);
        names.put(record.ref().id(), name == null ? "" : name);
      }
    }
    return ids.stream().map(id -> new Member(id, names.get(id), reasons.get(id))).toList();
  }

  /** All failures: record, name, reason. */
  @GetMapping("/bulk-actions/{id}/errors.csv")
  void errors(@PathVariable long id, HttpServletResponse response) throws IOException {
    Rights rights = access.current();
    BulkAction job = actions.find(id, rights);
    response.setContentType("text/csv");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"bulk-action-" + id + "-errors.csv\"");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
      out.write('\uFEFF');
      CsvWriter csv = new CsvWriter(out);
      csv.row("id", "name", "reason");
      long last = 0;
      while (true) {
        Map<Long, String> reasons = new HashMap<>();
        List<Long> ids = new ArrayList<>();
        actions
            .failures(id, last, PAGE)
            .forEach(
                failure -> {
                  ids.add(failure.recordId());
                  reasons.put(failure.recordId(), failure.reason());
                });
        for (Member member : named(job, ids, reasons, rights)) {
          csv.row(
              Long.toString(member.id()),
              Objects.requireNonNullElse(member.name(), ""),
              Objects.requireNonNullElse(member.reason(), ""));
        }
        if (ids.size() < PAGE) {
          return;
        }
        last = ids.get(PAGE - 1);
      }
    }
  }
}
