package io.leadloom.automation.run;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardRun;
import io.leadloom.automation.definition.UnfitException;
import io.leadloom.automation.definition.WaitTime;
import io.leadloom.automation.notice.Notices;
import io.leadloom.connection.Deliveries;
import io.leadloom.decision.CompiledConditions;
import io.leadloom.identity.Users;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.process.ExecutableProcess;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.process.ProcessModel;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.WriteResult;
import io.leadloom.record.share.ShareBatch;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the process engine and the cards ask of one run: conditions, actions, times, and its history. */
final class RunDoor implements ExecutableProcess.CardDoor, CardRun {

  private final LiveRun run;
  private final RunBatch batch;
  private final RunFigures figures;
  private final Distribution distribution;
  private final Users users;
  private String card = "";
  private int visit;
  private @Nullable Cause cause;
  private @Nullable RunStep gateway;

  RunDoor(LiveRun run, RunBatch batch, RunFigures figures, Distribution distribution, Users users) {
    this.run = run;
    this.batch = batch;
    this.figures = figures;
    this.distribution = distribution;
    this.users = users;
  }

  @Override
  public boolean holds(String flowId) {
    mustFit(flowId);
    CompiledConditions.Verdicts verdicts = batch.verdicts(run, flowId);
    if (verdicts == null) {
      return false;
    }
    boolean holds = verdicts.holds(flowId);
    RunStep step = gateway;
    if (step != null) {
      step.saw(verdicts.seen(flowId));
      if (holds) {
        step.rule = verdicts.firedRule(flowId);
        step.branch = step.branch == null ? flowId : step.branch + "," + flowId;
      }
    }
    return holds;
  }

  private void mustFit(String element) {
    String reason = run.version.unfit().get(element);
    if (reason != null) {
      throw new UnfitException(reason);
    }
  }

  @Override
  public Outcome perform(String nodeId, int nodeVisit) {
    card = nodeId;
    visit = nodeVisit;
    cause = null;
    RunStep step = run.step(nodeId, nodeVisit, batch.now());
    Card.Action action = run.version.actions().get(nodeId);
    Outcome outcome = action == null ? Outcome.DONE : perform(action);
    if (outcome instanceof Outcome.Failed failed) {
      step.result = "failed";
      step.say(failed.message());
    } else if (outcome instanceof Outcome.Wait) {
      step.result = "waiting";
      run.responses.put(nodeId, key());
    } else {
      step.result = "done";
      figures.done(run, nodeId);
    }
    return outcome;
  }

  /** A card that fails leaves nothing behind: neither changes of records nor anything to send. */
  private Outcome perform(Card.Action action) {
    RecordSession.Mark mark = batch.session().mark();
    int requests = batch.requests.size();
    int entries = batch.entries.size();
    int notices = batch.notices.size();
    Outcome outcome = action.perform(this);
    if (outcome instanceof Outcome.Failed) {
      batch.session().rollbackTo(mark);
      cut(batch.requests, requests);
      cut(batch.entries, entries);
      cut(batch.notices, notices);
      run.tasks.remove(card);
      batch.changedBack();
    }
    return outcome;
  }

  private static void cut(List<?> list, int size) {
    while (list.size() > size) {
      list.remove(list.size() - 1);
    }
  }

  @Override
  public Instant due(String nodeId, int nodeVisit) {
    mustFit(nodeId);
    WaitTime wait = run.version.waits().get(nodeId);
    Record root = batch.record(run.root);
    Instant due =
        wait == null ? batch.now() : wait.due(batch.now(), root == null ? null : root.values());
    run.step(nodeId, nodeVisit, batch.now()).result = "waiting";
    return due;
  }

  @Override
  public void entered(String nodeId, int nodeVisit) {
    RunStep step = new RunStep(nodeId, nodeVisit, batch.now(), true);
    run.steps.add(step);
    figures.entered(run, nodeId);
    ProcessModel.Node node = run.version.model().nodes().get(nodeId);
    ProcessModel.NodeKind kind = node == null ? ProcessModel.NodeKind.END : node.kind();
    switch (kind) {
      case EXCLUSIVE, INCLUSIVE -> {
        gateway = step;
        figures.done(run, nodeId);
      }
      case EVENT -> step.result = "waiting";
      case CARD, TIMER, BOUNDARY_TIMER -> {
        // These count as done when they are left.
      }
      default -> figures.done(run, nodeId);
    }
  }

  @Override
  public void left(String nodeId, int nodeVisit) {
    RunStep step = run.step(nodeId, nodeVisit, batch.now());
    boolean performedNow = step.entered && step.result.equals("done") && !step.left;
    step.left = true;
    if (!step.result.equals("done")) {
      // A card that somebody skipped was passed, but it was not done.
      step.result = step.result.equals("skipped") ? "skipped" : "done";
      figures.done(run, nodeId);
    } else if (!performedNow && !step.entered) {
      figures.done(run, nodeId);
    }
  }

  /** The run gave up waiting at a node, because another branch came first. */
  @Override
  public void dropped(String nodeId, int nodeVisit) {
    RunStep step = run.step(nodeId, nodeVisit, batch.now());
    step.left = true;
    step.result = "skipped";
  }

  @Override
  public long runId() {
    return run.id;
  }

  @Override
  public String card() {
    return card;
  }

  @Override
  public int visit() {
    return visit;
  }

  @Override
  public RecordRef root() {
    return run.root;
  }

  @Override
  public RecordRef subject() {
    return run.origin.subjectRef();
  }

  @Override
  public Optional<Record> record(EntityType type) {
    return Optional.ofNullable(batch.related(run, type));
  }

  @Override
  public Optional<Record> read(RecordRef ref) {
    return batch.session().get(ref);
  }

  @Override
  public List<Record> contacts(RecordRef account) {
    return batch.contacts(account);
  }

  @Override
  public WriteResult apply(RecordCommand command) {
    WriteResult result = batch.session().apply(command, cause());
    if (result instanceof WriteResult.Written written && (written.changed() || written.created())) {
      batch.changed(run, command);
    }
    return result;
  }

  @Override
  public void deliver(Deliveries.Request delivery) {
    batch.requests.add(delivery);
  }

  @Override
  public ShareBatch shares() {
    return batch.shares;
  }

  @Override
  public void announce(JournalEntry entry) {
    batch.entries.add(entry);
  }

  @Override
  public void notify(long userId, String subject, String text) {
    batch.notices.add(Notices.New.about(userId, subject, text, run.root, run.id));
  }

  @Override
  public void created(RecordRef task) {
    run.tasks.put(card, task.id());
  }

  @Override
  public @Nullable RecordRef createdBy(String taskCard) {
    Long task = run.tasks.get(taskCard);
    return task == null ? null : RecordRef.task(task);
  }

  @Override
  public @Nullable Values response(String webhookCard) {
    return batch.response(run, webhookCard);
  }

  @Override
  public void note(String message) {
    run.step(card, visit, batch.now()).say(message);
  }

  @Override
  public long takeTurn() {
    return distribution.takeTurn(run.version.automationId(), card);
  }

  @Override
  public long leastLoaded(List<Long> candidates) {
    return distribution.leastLoaded(run.version.automationId(), card, candidates);
  }

  @Override
  public List<Long> callers() {
    return run.origin.callers();
  }

  @Override
  public long automationId() {
    return run.version.automationId();
  }

  @Override
  public Cause cause() {
    Cause known = cause;
    if (known == null) {
      known = run.origin.cause().then(new Cause.Step(run.version.automationId(), run.id, card));
      cause = known;
    }
    return known;
  }

  @Override
  public Instant now() {
    return batch.now();
  }

  @Override
  public ZoneId zone() {
    return run.version.zone();
  }

  @Override
  public Schema schema() {
    return batch.schema();
  }

  @Override
  public FieldConversion conversion() {
    return batch.conversion();
  }

  @Override
  public Users users() {
    return users;
  }
}
