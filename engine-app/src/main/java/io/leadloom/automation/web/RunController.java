package io.leadloom.automation.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.definition.AutomationVersions;
import io.leadloom.automation.definition.Automations;
import io.leadloom.automation.definition.CardNames;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.automation.run.RunControl;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.Records;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs: what they did and why, and what people do with them (AUT-D13). */
@RestController
@RequestMapping("/api/v1")
class RunController {

  private static final int MOST = 200;

  private final RunHistory history;
  private final RunControl control;
  private final Publishing publishing;
  private final AutomationVersions versions;
  private final Automations automations;
  private final CardNames cards;
  private final RecordNames names;
  private final Records records;
  private final Access access;

  RunController(
      RunHistory history,
      RunControl control,
      Publishing publishing,
      AutomationVersions versions,
      Automations automations,
      CardNames cards,
      RecordNames names,
      Records records,
      Access access) {
    this.history = history;
    this.control = control;
    this.publishing = publishing;
    this.versions = versions;
    this.automations = automations;
    this.cards = cards;
    this.names = names;
    this.records = records;
    this.access = access;
  }

  /** The runs of an automation, newest first. */
  @GetMapping("/automations/{id}/runs")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  Page<AutomationJson.RunListed> ofAutomation(
      @PathVariable("id") long id,
      @RequestParam(name = "status", required = false) @Nullable String status,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "50") int limit) {
    Page.limit(limit, MOST);
    publishing.find(id);
    return listed(history.ofAutomation(id, status(status), cursor, limit));
  }

  /**
   * The runs of a record, newest first (ENG-095, ENG-096).
   *
   * @param open true for those that go on, false for those that have ended, missing for both
   */
  @GetMapping("/{entity:leads|contacts|accounts|opportunities}/{id:[0-9]{1,18}}/runs")
  @Needs(Action.VIEW)
  Page<AutomationJson.RunListed> ofRecord(
      @PathVariable("entity") String entity,
      @PathVariable("id") long id,
      @RequestParam(name = "open", required = false) @Nullable Boolean open,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "50") int limit) {
    Page.limit(limit, MOST);
    EntityType type =
        EntityType.of(entity)
            .orElseThrow(() -> RefusedException.notFound("kind of record", entity));
    RecordRef ref = new RecordRef(type, id);
    Rights rights = access.current();
    if (!rights.everything() && records.as(rights).find(ref).isEmpty()) {
      throw RefusedException.notFound(type.key(), id);
    }
    return listed(history.ofRecord(ref, open, cursor, limit));
  }

  /** A run with its diagram and everything it did. */
  @GetMapping("/runs/{id}")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.RunShown get(@PathVariable("id") long id) {
    RunHistory.Summary run = seen(id);
    Rights rights = access.current();
    AutomationVersion version = versions.findById(run.versionId()).orElseThrow();
    CardNames.Cards known = cards.of(version.id());
    Map<String, String> called = known.names();
    List<AutomationJson.RunStep> steps =
        history.steps(id).stream().map(step -> step(step, known, rights)).toList();
    List<AutomationJson.RunWait> waits =
        history.waits(id).stream()
            .map(
                each ->
                    new AutomationJson.RunWait(
                        each.id(),
                        each.card(),
                        each.kind(),
                        each.due(),
                        each.kind().equals("event")
                            ? called.getOrDefault(each.card(), each.card())
                            : null,
                        told(each.card(), each.message(), known, rights)))
            .toList();
    Automation automation = publishing.find(run.automationId());
    return new AutomationJson.RunShown(
        run.id(),
        new AutomationJson.Named(automation.id(), automation.name()),
        version.number(),
        run.ref().toString(),
        names.of(List.of(run.ref())).get(run.ref()),
        run.status().key(),
        run.startedAt(),
        run.endedAt(),
        run.cause(),
        version.bpmn(),
        steps,
        waits,
        run.incident());
  }

  /** Asks to start an automation for a record. */
  @PostMapping("/automations/{id}/start")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  @ResponseStatus(HttpStatus.ACCEPTED)
  void start(@PathVariable("id") long id, @RequestBody AutomationJson.Start start) {
    publishing.find(id);
    control.start(id, ref(start.ref()), access.current());
  }

  /** Does a failed card again. */
  @PostMapping("/runs/{id}/retry")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.RunShown retry(
      @PathVariable("id") long id,
      @RequestBody(required = false) AutomationJson.@Nullable Mend mend) {
    seen(id);
    control.retry(id, mend == null ? null : mend.waitId());
    return get(id);
  }

  /** Goes on after a failed card. */
  @PostMapping("/runs/{id}/skip")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.RunShown skip(
      @PathVariable("id") long id,
      @RequestBody(required = false) AutomationJson.@Nullable Mend mend) {
    seen(id);
    control.skip(id, mend == null ? null : mend.waitId());
    return get(id);
  }

  /** Ends a run. */
  @PostMapping("/runs/{id}/cancel")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.RunShown cancel(@PathVariable("id") long id) {
    seen(id);
    control.cancel(id);
    return get(id);
  }

  private Page<AutomationJson.RunListed> listed(Page<RunHistory.Summary> page) {
    List<RunHistory.Summary> runs = page.items();
    Map<Long, String> automations = new HashMap<>();
    automationsOf(runs).forEach(each -> automations.put(each.id(), each.name()));
    Map<Long, Integer> numbers = new HashMap<>();
    versions
        .numbers(runs.stream().map(RunHistory.Summary::versionId).distinct().toList())
        .forEach(each -> numbers.put(each.id(), each.number()));
    boolean everything = access.current().everything();
    Map<RecordRef, String> called = names.of(runs.stream().map(RunHistory.Summary::ref).toList());
    return new Page<>(
        runs.stream()
            .map(
                run ->
                    new AutomationJson.RunListed(
                        run.id(),
                        new AutomationJson.Named(
                            run.automationId(), automations.getOrDefault(run.automationId(), "")),
                        numbers.getOrDefault(run.versionId(), 0),
                        run.ref().toString(),
                        called.get(run.ref()),
                        run.status().key(),
                        run.startedAt(),
                        run.endedAt(),
                        // It may quote values of the record.
                        everything || called.containsKey(run.ref()) ? run.incident() : null))
            .toList(),
        page.next(),
        null);
  }

  private List<Automation> automationsOf(List<RunHistory.Summary> runs) {
    return automations.findAllById(
        runs.stream().map(RunHistory.Summary::automationId).distinct().toList());
  }

  /** A run of a record that the reader does not see is not there. */
  private RunHistory.Summary seen(long id) {
    RunHistory.Summary run = history.run(id);
    Rights rights = access.current();
    if (!rights.everything() && records.as(rights).find(run.ref()).isEmpty()) {
      throw RefusedException.notFound("run", id);
    }
    return run;
  }

  private static boolean shown(String seen, Rights rights) {
    String[] parts = seen.split("\\.", 2);
    return parts.length < 2
        || EntityType.of(parts[0]).filter(type -> rights.hides(type, parts[1])).isEmpty();
  }

  /** What a card has said; one about opportunities names pipelines and stages, which not all may see. */
  private static @Nullable String told(
      String card, @Nullable String message, CardNames.Cards known, Rights rights) {
    boolean deals = known.keys().getOrDefault(card, "").startsWith("opportunity.");
    return message != null && deals && !rights.may(Section.OPPORTUNITY, Action.VIEW)
        ? "About opportunities, which you may not see"
        : message;
  }

  private static AutomationJson.RunStep step(
      RunHistory.Step step, CardNames.Cards known, Rights rights) {
    Map<String, JsonNode> seen = new LinkedHashMap<>();
    step.seen()
        .forEach(
            (key, value) -> {
              if (shown(key, rights)) {
                seen.put(key, value);
              }
            });
    return new AutomationJson.RunStep(
        step.card(),
        known.names().getOrDefault(step.card(), step.card()),
        step.visit(),
        step.at(),
        step.leftAt(),
        step.result(),
        told(step.card(), step.message(), known, rights),
        seen,
        step.rule(),
        step.branch());
  }

  private static @Nullable RunStatus status(@Nullable String status) {
    if (status == null || status.isBlank()) {
      return null;
    }
    return RunStatus.of(status)
        .orElseThrow(
            () ->
                RefusedException.invalid(
                    "There is no such status",
                    Violation.of("status", status, "waiting, failed, done, stopped or cancelled")));
  }

  private static RecordRef ref(@Nullable String text) {
    if (text != null && text.matches("[a-z]+/\\d{1,18}")) {
      String[] parts = text.split("/");
      Optional<EntityType> type = EntityType.of(parts[0]);
      if (type.isPresent()) {
        return new RecordRef(type.get(), Long.parseLong(parts[1]));
      }
    }
    throw RefusedException.invalid(
        "There is no such record", Violation.of("ref", text, "for example lead/1"));
  }
}
