package io.leadloom.process;

import io.leadloom.process.CardStep.Armed;
import io.leadloom.process.EngineNode.Role;
import io.leadloom.process.ExecutableProcess.CardDoor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jbpm.workflow.instance.NodeInstance;
import org.kie.api.definition.process.WorkflowElementIdentifier;

/**
 * Turns a run into bytes and back. The layout: format number, engine version, process version, fingerprint of the model,
 * last id, visits (as lengths of equal stretches), tokens, checksum. Nodes are named by their index in the compiled model.
 * Why it replaces jBPM's protobuf form is in docs/decisions.
 */
final class RunStates {

  /** The first two bytes; they tell a state from other data. */
  private static final int MARK = 0x4C52;

  /** Raised when the layout changes; older layouts must stay readable. */
  static final int FORMAT = 1;

  /** The jBPM release that the tokens belong to. Kept for diagnosis: the layout itself is ours. */
  static final String ENGINE = "10.2.0";

  private static final int CARD_WAITS = 1;
  private static final int CARD_FAILED = 2;
  private static final int TIMER = 3;
  private static final int EVENT = 4;
  private static final int JOIN = 5;

  private RunStates() {}

  static byte[] write(Run run) {
    Definition definition = run.definition();
    StateBytes out = new StateBytes();
    out.putByte(MARK >>> 8);
    out.putByte(MARK);
    out.putByte(FORMAT);
    out.putText(ENGINE);
    out.putText(definition.version());
    out.putInt(definition.fingerprint());
    out.putLong(run.lastId());
    writeVisits(out, run.visits());
    List<NodeInstance> tokens = new ArrayList<>(run.getNodeInstances(false));
    out.putLong(tokens.size());
    for (NodeInstance token : tokens) {
      writeToken(out, run, token);
    }
    return out.sealed();
  }

  private static void writeVisits(StateBytes out, int[] visits) {
    int from = 0;
    while (from < visits.length) {
      int to = from;
      while (to < visits.length && visits[to] == visits[from]) {
        to++;
      }
      out.putLong(to - from);
      out.putLong(visits[from]);
      from = to;
    }
  }

  private static void writeToken(StateBytes out, Run run, NodeInstance token) {
    long id = Long.parseLong(token.getStringId(), Character.MAX_RADIX);
    if (token instanceof CardStep card) {
      out.putByte(card.failure == null ? CARD_WAITS : CARD_FAILED);
      out.putLong(card.place.index);
      out.putLong(id);
      out.putLong(card.visit);
      out.putLong(card.wait);
      if (card.failure != null) {
        out.putText(card.failure);
      }
      out.putLong(card.armed.size());
      for (Armed timer : card.armed) {
        out.putLong(timer.boundary().index);
        out.putLong(timer.id());
        out.putLong(timer.visit());
        out.putInstant(timer.due());
      }
    } else if (token instanceof WaitStep wait) {
      Instant due = wait.due;
      out.putByte(due == null ? EVENT : TIMER);
      out.putLong(wait.place.index);
      out.putLong(id);
      out.putLong(wait.visit);
      out.putLong(wait.choice);
      if (due != null) {
        out.putInstant(due);
      }
    } else if (token instanceof JoinStep join) {
      out.putByte(JOIN);
      out.putLong(join.place.index);
      out.putLong(id);
      out.putLong(join.stuck);
      out.putLong(join.stuckVisit);
      out.putLong(join.getTriggers().size());
      for (Map.Entry<WorkflowElementIdentifier, Integer> arrived : join.getTriggers().entrySet()) {
        out.putLong(run.indexOf(arrived.getKey()));
        out.putLong(arrived.getValue());
      }
    } else {
      throw new IllegalStateException("A token cannot rest at " + token.getNodeName());
    }
  }

  static Run read(byte[] state, Definition definition, CardDoor door) {
    StateBytes in = new StateBytes(state);
    checkOrigin(in, definition);
    Run run = new Run(definition, door);
    run.restoreFrom(in.takeLong());
    readVisits(in, run.visits());
    int tokens = in.takeUpTo(state.length);
    for (int i = 0; i < tokens; i++) {
      readToken(in, run, definition);
    }
    return run;
  }

  private static void checkOrigin(StateBytes in, Definition definition) {
    if ((in.takeByte() << 8 | in.takeByte()) != MARK) {
      throw new RunStateException("These bytes are not the stored state of a run");
    }
    int format = in.takeByte();
    if (format > FORMAT) {
      String engine;
      try {
        engine = in.takeText();
      } catch (RunStateException unreadable) {
        engine = "unknown";
      }
      throw new RunStateException(
          "The stored state of the run has format %d (engine %s); this engine (%s) reads up to format %d"
              .formatted(format, engine, ENGINE, FORMAT));
    }
    in.open();
    in.takeText();
    String version = in.takeText();
    if (!version.equals(definition.version())) {
      throw new RunStateException(
          "The stored state of the run belongs to version %s of the process, not to version %s"
              .formatted(version, definition.version()));
    }
    if (in.takeInt() != definition.fingerprint()) {
      throw new RunStateException(
          "The stored state of the run belongs to another model than version %s"
              .formatted(version));
    }
  }

  private static void readVisits(StateBytes in, int[] visits) {
    int from = 0;
    while (from < visits.length) {
      int length = in.takeUpTo(visits.length - from);
      int count = in.takeUpTo(Integer.MAX_VALUE);
      if (length == 0) {
        throw StateBytes.damaged("a stretch of visits is empty");
      }
      java.util.Arrays.fill(visits, from, from + length, count);
      from += length;
    }
  }

  private static void readToken(StateBytes in, Run run, Definition definition) {
    int kind = in.takeByte();
    EngineNode place = definition.place(in.takeUpTo(definition.size() - 1L));
    String id = Run.text(in.takeLong());
    switch (kind) {
      case CARD_WAITS, CARD_FAILED -> {
        CardStep card = new CardStep(expect(place, Role.CARD));
        card.visit = in.takeUpTo(Integer.MAX_VALUE);
        card.wait = in.takeLong();
        card.failure = kind == CARD_FAILED ? in.takeText() : null;
        card.armed = readArmed(in, definition);
        run.restore(card, place, id);
      }
      case TIMER, EVENT -> {
        WaitStep wait = new WaitStep(expect(place, kind == TIMER ? Role.TIMER : Role.EVENT));
        wait.visit = in.takeUpTo(Integer.MAX_VALUE);
        wait.choice = in.takeLong();
        wait.due = kind == TIMER ? in.takeInstant() : null;
        run.restore(wait, place, id);
      }
      case JOIN -> {
        JoinStep join = new JoinStep(place);
        join.stuck = in.takeLong();
        join.stuckVisit = in.takeUpTo(Integer.MAX_VALUE);
        int arrived = in.takeUpTo(definition.size());
        for (int i = 0; i < arrived; i++) {
          EngineNode source = definition.place(in.takeUpTo(definition.size() - 1L));
          join.getTriggers().put(source.node().getId(), in.takeUpTo(Integer.MAX_VALUE));
        }
        run.restore(join, place, id);
      }
      default -> throw StateBytes.damaged("it holds a token of an unknown kind");
    }
  }

  private static List<Armed> readArmed(StateBytes in, Definition definition) {
    List<Armed> armed = new ArrayList<>();
    int timers = in.takeUpTo(definition.size());
    for (int i = 0; i < timers; i++) {
      EngineNode boundary = definition.place(in.takeUpTo(definition.size() - 1L));
      armed.add(
          new Armed(boundary, in.takeLong(), in.takeUpTo(Integer.MAX_VALUE), in.takeInstant()));
    }
    return armed;
  }

  private static EngineNode expect(EngineNode place, Role role) {
    if (place.role != role) {
      throw StateBytes.damaged("a token stands at a node of another kind");
    }
    return place;
  }
}
