package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.process.ExecutableProcess.CardDoor;
import io.leadloom.process.ExecutableProcess.Execution;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import io.leadloom.process.Processes.Reading;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plays a process: answers what the run asks, writes down what it tells, and keeps its state between calls. */
class Player implements CardDoor {

  static final Instant DUE = Instant.parse("2026-01-31T10:00:00.123456Z");

  final List<String> told = new ArrayList<>();
  final List<String> entered = new ArrayList<>();
  final List<String> performed = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  final Set<String> truths = new HashSet<>();
  final Map<String, Deque<Outcome>> outcomes = new HashMap<>();
  final ExecutableProcess process;
  Execution now;

  Player(ExecutableProcess process) {
    this.process = process;
  }

  static Player of(Bpmn bpmn) {
    return new Player(compile(bpmn.xml()));
  }

  static ExecutableProcess compile(String bpmn) {
    return new JbpmProcesses().compile(model(bpmn), "1");
  }

  static ProcessModel model(String bpmn) {
    Reading reading = new JbpmProcesses().read(bpmn);
    assertThat(reading).isInstanceOf(Reading.Readable.class);
    assertThat(((Reading.Readable) reading).problems()).isEmpty();
    return ((Reading.Readable) reading).model();
  }

  Player truth(String... flows) {
    truths.addAll(List.of(flows));
    return this;
  }

  Player outcome(String card, Outcome... queued) {
    outcomes.computeIfAbsent(card, any -> new ArrayDeque<>()).addAll(List.of(queued));
    return this;
  }

  Player start() {
    now = process.start(this);
    return this;
  }

  Player resume(Signal signal) {
    now = process.resume(now.state(), signal, this);
    return this;
  }

  Player fire(String node) {
    return resume(new Signal.TimerFired(wait(node).id()));
  }

  Player happen(String node) {
    return resume(new Signal.EventHappened(wait(node).id()));
  }

  Player complete(String node) {
    return resume(new Signal.Complete(wait(node).id()));
  }

  Player retry(String node) {
    return resume(new Signal.Retry(wait(node).id()));
  }

  Player skip(String node) {
    return resume(new Signal.Skip(wait(node).id()));
  }

  Player fail(String node, String message) {
    return resume(new Signal.Fail(wait(node).id(), message));
  }

  Wait wait(String node) {
    return now.waits().stream()
        .filter(wait -> wait.nodeId().equals(node))
        .findFirst()
        .orElseThrow();
  }

  List<String> waitsAt() {
    return now.waits().stream().map(Wait::nodeId).toList();
  }

  Player ended() {
    assertThat(now.ended()).isTrue();
    assertThat(now.state()).isNull();
    assertThat(now.waits()).isEmpty();
    return this;
  }

  @Override
  public boolean holds(String flowId) {
    asked.add(flowId);
    return truths.contains(flowId);
  }

  @Override
  public Outcome perform(String nodeId, int visit) {
    performed.add(visit == 1 ? nodeId : nodeId + "#" + visit);
    Deque<Outcome> queued = outcomes.get(nodeId);
    return queued == null || queued.isEmpty() ? Outcome.DONE : queued.poll();
  }

  @Override
  public Instant due(String nodeId, int visit) {
    return DUE;
  }

  @Override
  public void entered(String nodeId, int visit) {
    String step = visit == 1 ? nodeId : nodeId + "#" + visit;
    entered.add(step);
    told.add("+" + step);
  }

  @Override
  public void left(String nodeId, int visit) {
    told.add("-" + (visit == 1 ? nodeId : nodeId + "#" + visit));
  }

  @Override
  public void dropped(String nodeId, int visit) {
    told.add("x" + (visit == 1 ? nodeId : nodeId + "#" + visit));
  }
}
