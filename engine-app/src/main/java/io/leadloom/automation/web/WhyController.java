package io.leadloom.automation.web;

import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.AutomationVersions;
import io.leadloom.automation.definition.Automations;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.automation.definition.SettingsJson;
import io.leadloom.automation.inspect.Answer;
import io.leadloom.automation.inspect.Inspections;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.StartQuestions;
import io.leadloom.automation.trigger.TriggerIndex.Starter;
import io.leadloom.decision.Condition;
import io.leadloom.decision.Criterion;
import io.leadloom.journal.JournalEntry;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why automations started for a record, and why not. */
@RestController
@RequestMapping("/api/v1")
class WhyController {

  private static final int MOST = 50;

  private final Inspections inspections;
  private final Publishing publishing;
  private final Automations automations;
  private final AutomationVersions versions;
  private final Records records;
  private final Access access;

  WhyController(
      Inspections inspections,
      Publishing publishing,
      Automations automations,
      AutomationVersions versions,
      Records records,
      Access access) {
    this.inspections = inspections;
    this.publishing = publishing;
    this.automations = automations;
    this.versions = versions;
    this.records = records;
    this.access = access;
  }

  /**
   * The published automations that records of this kind can start, and what each did about this one.
   *
   * @param automation the only automation that is asked about; missing for all
   */
  @GetMapping("/{entity:leads|contacts|accounts|opportunities}/{id:[0-9]{1,18}}/automations")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  WhyJson.Answers ofRecord(
      @PathVariable("entity") String entity,
      @PathVariable("id") long id,
      @RequestParam(name = "automation", required = false) @Nullable Long automation,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "20") int limit) {
    Page.limit(limit, MOST);
    EntityType type =
        EntityType.of(entity)
            .orElseThrow(() -> RefusedException.notFound("kind of record", entity));
    RecordRef ref = new RecordRef(type, id);
    Rights rights = access.current();
    if (records.as(rights).find(ref).isEmpty()) {
      throw RefusedException.notFound(type.key(), id);
    }
    if (automation != null) {
      publishing.find(automation);
    }
    Inspections.Answers answers = inspections.of(ref, automation, after(cursor), limit);
    List<Starter> starters = answers.items().stream().map(Answer::starter).toList();
    Map<Long, Automation> owners = new HashMap<>();
    automations
        .findAllById(starters.stream().map(Starter::automationId).toList())
        .forEach(owner -> owners.put(owner.id(), owner));
    Map<Long, Integer> numbers = new HashMap<>();
    versions
        .numbers(starters.stream().map(Starter::versionId).toList())
        .forEach(each -> numbers.put(each.id(), each.number()));
    return new WhyJson.Answers(
        answers.items().stream()
            .map(answer -> answer(answer, ref, rights, owners, numbers))
            .toList(),
        answers.next() == null ? null : answers.next().toString(),
        answers.since());
  }

  private static long after(@Nullable String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return 0;
    }
    if (!cursor.matches("\\d{1,18}")) {
      throw RefusedException.invalid(
          "The cursor is not one", Violation.of("cursor", cursor, "a cursor of the last page"));
    }
    return Long.parseLong(cursor);
  }

  private WhyJson.Answer answer(
      Answer answer,
      RecordRef ref,
      Rights rights,
      Map<Long, Automation> owners,
      Map<Long, Integer> numbers) {
    Starter starter = answer.starter();
    Automation owner = owners.get(starter.automationId());
    JournalEntry event = answer.event();
    SeenBy seenBy = new SeenBy(ref, answer.said(), rights, records);
    boolean asked = answer.why() == Answer.Why.CONDITION;
    Condition condition = starter.trigger().condition();
    return new WhyJson.Answer(
        new AutomationJson.Named(
            starter.automationId(), owner == null ? starter.key() : owner.name()),
        numbers.getOrDefault(starter.versionId(), 0),
        new AutomationJson.TriggerSummary(
            starter.trigger().type().key(), owner == null ? null : owner.triggerSummary()),
        !starter.acceptsStarts(),
        answer.why().key(),
        event == null
            ? null
            : new WhyJson.Event(event.at(), event.kind().name(), event.subject().toString()),
        answer.why() == Answer.Why.OTHER_SETTINGS && event != null
            ? WantedSettings.of(starter.trigger(), event, rights)
            : List.of(),
        answer.detail(),
        asked && condition != null ? condition.pattern() : null,
        asked ? seenBy.parts() : List.of(),
        asked ? seenBy.values() : Map.of(),
        asked && seenBy.othersAsNow(condition),
        starter.reentry().looksBack() ? SettingsJson.json(starter.reentry()) : null,
        run(answer.run()));
  }

  private static WhyJson.@Nullable Run run(RunHistory.@Nullable Summary run) {
    return run == null
        ? null
        : new WhyJson.Run(
            run.id(), run.status().key(), run.startedAt(), run.endedAt(), run.incident());
  }

  /** What a reader may see of the values that a condition looked at. */
  private record SeenBy(
      RecordRef root, StartQuestions.@Nullable Said said, Rights rights, Records records) {

    List<WhyJson.Part> parts() {
      return said == null ? List.of() : said.parts().stream().map(this::part).toList();
    }

    private WhyJson.Part part(StartQuestions.Part part) {
      boolean all = part.seen().keySet().stream().allMatch(this::shown);
      return new WhyJson.Part(
          SettingsJson.json(part.criterion()), all ? part.holds() : null, shown(part.seen()));
    }

    Map<String, @Nullable Object> values() {
      return said == null ? Map.of() : shown(said.seen());
    }

    private Map<String, @Nullable Object> shown(Map<String, @Nullable Object> seen) {
      Map<String, @Nullable Object> shown = new HashMap<>();
      seen.forEach(
          (key, value) -> {
            if (shown(key)) {
              shown.put(key, value);
            }
          });
      return shown;
    }

    /** Whether neither the field nor the record is kept from the reader. */
    private boolean shown(String key) {
      String[] names = key.split("\\.");
      EntityType type = type(names[0]);
      if (rights.everything() || type == null) {
        return true;
      }
      if (names.length > 1 && rights.hides(type, names[1])) {
        return false;
      }
      RecordRef of = said == null ? null : said.related().get(type);
      return of == null || of.equals(root) || records.as(rights).find(of).isPresent();
    }

    /** The kind of record that a value is of; null for answers of webhooks. */
    private static @Nullable EntityType type(String source) {
      return switch (source) {
        case "triggeredActivity", "leadActivity" -> EntityType.ACTIVITY;
        case "triggeredTask", "createdTask" -> EntityType.TASK;
        default -> EntityType.of(source).orElse(null);
      };
    }

    boolean othersAsNow(@Nullable Condition condition) {
      return condition != null
          && condition.criteria().stream()
              .map(Criterion::source)
              .anyMatch(
                  source ->
                      source != Criterion.Source.LEAD_ACTIVITY
                          && !source.name().equals(root.type().name()));
    }
  }
}
