package io.leadloom.automation.definition;

import io.leadloom.automation.Problem;
import io.leadloom.automation.audit.AutomationEvents;
import io.leadloom.automation.trigger.Reentry;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.identity.Users;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.process.ProcessModel;
import io.leadloom.process.Processes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Drafts and what is made of them: check, publish, pause, resume, unpublish, roll back (AUT-001, AUT-002). */
@Service
public class Publishing {

  private static final int LONGEST_KEY = 90;
  private static final int LONGEST_DESCRIPTION = 2000;

  private final Automations automations;
  private final AutomationVersions versions;
  private final VersionCompiler compiler;
  private final LiveVersions live;
  private final PublishedAutomations published;
  private final Templates templates;
  private final Users users;
  private final Ids ids;
  private final Clock clock;
  private final ApplicationEventPublisher events;
  private final LiveUpdates updates;
  private final AuditTrail trail;

  /** An automation was resumed: its held timers may go. */
  public record Resumed(long automationId) {}

  Publishing(
      Automations automations,
      AutomationVersions versions,
      VersionCompiler compiler,
      LiveVersions live,
      PublishedAutomations published,
      Templates templates,
      Users users,
      Ids ids,
      Clock clock,
      ApplicationEventPublisher events,
      LiveUpdates updates,
      AuditTrail trail) {
    this.automations = automations;
    this.versions = versions;
    this.compiler = compiler;
    this.live = live;
    this.published = published;
    this.templates = templates;
    this.users = users;
    this.ids = ids;
    this.clock = clock;
    this.events = events;
    this.updates = updates;
    this.trail = trail;
  }

  /** Creates an automation from a ready-made one or from a document. Its key comes from the document and is made unique. */
  @Transactional
  public Automation create(
      @Nullable String template, @Nullable String name, @Nullable String bpmn) {
    String document = bpmn;
    if (template != null) {
      document =
          templates
              .find(template)
              .map(Templates.Template::bpmn)
              .orElseThrow(() -> RefusedException.notFound("ready-made automation", template));
    }
    if (document == null) {
      throw RefusedException.invalid(
          "An automation needs a template or a BPMN document",
          Violation.of("bpmn", null, "the key of a template, or a BPMN document"));
    }
    ProcessModel model = readable(document);
    String shown = name == null || name.isBlank() ? model.name() : name.strip();
    Automation.checkName(shown);
    Automation automation =
        new Automation(
            ids.next("automation"),
            freeKey(model.id()),
            shown,
            document,
            clock.instant(),
            person());
    describe(automation, model);
    news(automation.id());
    trail.record(AutomationEvents.created(automation, template));
    return automations.save(automation);
  }

  /** Replaces the draft; what is published goes on unchanged (AUT-D14). */
  @Transactional
  public Automation saveDraft(
      long id,
      int expectedVersion,
      @Nullable String bpmn,
      @Nullable String name,
      @Nullable String description) {
    Automation automation = find(id);
    if (automation.lockVersion() != expectedVersion) {
      throw new DraftConflictException(expectedVersion, automation);
    }
    ProcessModel model = readable(bpmn);
    String shown = name == null || name.isBlank() ? automation.name() : name.strip();
    Automation.checkName(shown);
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      throw RefusedException.invalid(
          "The description is too long",
          Violation.of(
              "description", description, "at most " + LONGEST_DESCRIPTION + " characters"));
    }
    automation.edit(
        shown,
        description == null ? automation.description() : description,
        model.bpmn(),
        clock.instant(),
        person());
    describe(automation, model);
    news(id);
    return automations.saveAndFlush(automation);
  }

  /**
   * What a document would be if it were published now.
   *
   * @param problems everything that keeps it from being published; empty when nothing does
   * @param model null when the document is not readable
   * @param trigger null when it has none that can be read
   * @param waits when each wait for time would end that began now, for a record without values
   */
  public record Look(
      Automation automation,
      List<Problem> problems,
      @Nullable ProcessModel model,
      @Nullable Trigger trigger,
      Reentry reentry,
      Map<String, Instant> waits) {}

  /**
   * Checks a document that is not saved as if it were the draft.
   *
   * @param bpmn the document; null for the draft
   */
  @Transactional(readOnly = true)
  public Look look(long id, @Nullable String bpmn) {
    Automation automation = find(id);
    Checked checked = check(automation, bpmn == null ? automation.draft() : bpmn, 0);
    close(checked);
    Map<String, Instant> waits = new HashMap<>();
    checked.waits().forEach((node, wait) -> waits.put(node, wait.due(clock.instant(), null)));
    return new Look(
        automation,
        checked.problems(),
        checked.model(),
        checked.trigger(),
        checked.settings().reentry(),
        waits);
  }

  /** Makes the draft live as a new version. Refuses with all problems. */
  @Transactional
  public AutomationVersion publish(long id) {
    Automation automation = find(id);
    return publish(automation, automation.draft(), true);
  }

  /** Makes an old version live again, as a new one. */
  @Transactional
  public AutomationVersion rollBack(long id, int number) {
    return publish(find(id), version(id, number).bpmn(), false);
  }

  private AutomationVersion publish(Automation automation, String bpmn, boolean fromDraft) {
    long versionId = ids.next("automation_version");
    long before = live.forgettings();
    Checked checked = check(automation, bpmn, versionId);
    Trigger trigger = checked.trigger();
    if (!checked.problems().isEmpty() || trigger == null) {
      close(checked);
      throw new RefusedException(
          RefusedException.Reason.INVALID,
          "The automation cannot be published yet",
          checked.problems().stream().map(Problem::violation).toList());
    }
    int number =
        versions.findByAutomationIdOrderByNumberDesc(automation.id()).stream()
            .findFirst()
            .map(latest -> latest.number() + 1)
            .orElse(1);
    AutomationVersion version =
        new AutomationVersion(
            versionId,
            automation.id(),
            number,
            bpmn,
            checked.conditions() == null ? "" : checked.conditions().drl(),
            person(),
            clock.instant(),
            EngineVersion.current(),
            SettingsJson.write(trigger),
            SettingsJson.write(checked.settings()),
            !checked.events().isEmpty());
    versions.saveAndFlush(version);
    trail.record(AutomationEvents.published(automation, number, fromDraft));
    automation.published(number, fromDraft, clock.instant(), person());
    automations.saveAndFlush(automation);
    LiveVersion compiled =
        compiler.compile(checked, versionId, automation.id(), automation.key(), automation.name());
    news(automation.id());
    afterChange(() -> live.keep(compiled, before), compiled::close);
    return version;
  }

  @Transactional
  public Automation unpublish(long id) {
    return become(find(id), Automation.State.UNPUBLISHED);
  }

  /** Takes no new starts and holds due timers until it is resumed. What happens meanwhile is not made up for. */
  @Transactional
  public Automation pause(long id) {
    return become(find(id), Automation.State.PAUSED);
  }

  @Transactional
  public Automation resume(long id) {
    Automation paused = find(id);
    if (paused.incident() != null) {
      mustFit(paused);
    }
    Automation automation = become(paused, Automation.State.PUBLISHED);
    events.publishEvent(new Resumed(id));
    return automation;
  }

  /** What Leadloom paused goes on when its cause is gone. */
  private void mustFit(Automation automation) {
    Integer number = automation.publishedVersion();
    if (number == null) {
      return;
    }
    AutomationVersion version = version(automation.id(), number);
    Checked checked =
        compiler.checkPublished(
            version.bpmn(), LiveVersions.name(automation.id(), version.id()), live::automationId);
    close(checked);
    if (!checked.problems().isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.INVALID,
          "The automation cannot go on: " + automation.incident(),
          checked.problems().stream().map(Problem::violation).toList());
    }
  }

  private Automation become(Automation automation, Automation.State wanted) {
    if (automation.state() == wanted) {
      return automation;
    }
    if (!automation.state().live()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "The automation is not published",
          List.of(
              Violation.of(
                  "state",
                  automation.state().name().toLowerCase(Locale.ROOT),
                  "a published automation")));
    }
    trail.record(AutomationEvents.state(automation, wanted));
    automation.become(wanted, clock.instant(), person());
    Automation saved = automations.saveAndFlush(automation);
    news(automation.id());
    afterChange(() -> {}, () -> {});
    return saved;
  }

  /** Tells open pages after the commit. */
  private void news(long automationId) {
    AfterCommit.run(() -> updates.publish("automation.changed", automationId));
  }

  private void afterChange(Runnable committed, Runnable rolledBack) {
    published.bump();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            if (status == STATUS_COMMITTED) {
              committed.run();
              published.invalidate();
            } else {
              rolledBack.run();
            }
          }
        });
  }

  private Checked check(Automation automation, String bpmn, long versionId) {
    // Leadloom itself may write raw rules; somebody who was deactivated meanwhile is not Leadloom.
    boolean administrator =
        users
            .current()
            .map(Users.Person::administrator)
            .orElseGet(() -> ActingPrincipal.current().isEmpty());
    Checked checked =
        compiler.check(
            bpmn, LiveVersions.name(automation.id(), versionId), live::automationId, administrator);
    if (checked.model() == null || checked.settings().calls().isEmpty()) {
      return checked;
    }
    Map<Long, List<Long>> calls = new HashMap<>(published.current().calls());
    calls.put(automation.id(), checked.settings().calls());
    Optional<Problem> chain =
        new SubAutomations(
                calls, called -> automations.findById(called).map(Automation::name).orElse("?"))
            .check(automation.id());
    return chain.map(checked::with).orElse(checked);
  }

  private static void close(Checked checked) {
    if (checked.conditions() != null) {
      checked.conditions().close();
    }
  }

  private ProcessModel readable(@Nullable String bpmn) {
    if (bpmn == null || bpmn.isBlank()) {
      throw RefusedException.invalid(
          "The BPMN document is missing", Violation.of("bpmn", null, "a BPMN document"));
    }
    Processes.Reading reading = compiler.read(bpmn);
    if (reading instanceof Processes.Reading.Readable readable) {
      return readable.model();
    }
    List<Violation> violations =
        ((Processes.Reading.Unreadable) reading)
            .problems().stream()
                .map(problem -> Violation.of("bpmn", problem.value(), problem.expectation()))
                .toList();
    throw new RefusedException(
        RefusedException.Reason.INVALID, "This is not a readable BPMN document", violations);
  }

  private void describe(Automation automation, ProcessModel model) {
    ProcessModel.Node start = model.nodes().get(model.start());
    String type = start == null ? null : compiler.triggerType(start);
    String summary = start == null || start.name().isBlank() ? type : start.name();
    automation.describeTrigger(
        type, summary == null ? null : summary.substring(0, Math.min(500, summary.length())));
  }

  private String freeKey(String wanted) {
    String base =
        wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    base = base.isEmpty() ? "automation" : base.substring(0, Math.min(base.length(), LONGEST_KEY));
    String key = base;
    for (int i = 2; automations.existsByKey(key); i++) {
      key = base + "-" + i;
    }
    return key;
  }

  public Automation find(long id) {
    return automations.findById(id).orElseThrow(() -> RefusedException.notFound("automation", id));
  }

  public AutomationVersion version(long id, int number) {
    return versions
        .findByAutomationIdAndNumber(id, number)
        .orElseThrow(() -> RefusedException.notFound("version of the automation", number));
  }

  private @Nullable Long person() {
    return users.current().map(Users.Person::id).orElse(null);
  }
}
