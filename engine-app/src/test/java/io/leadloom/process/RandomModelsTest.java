package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.process.ExecutableProcess.CardDoor;
import io.leadloom.process.ExecutableProcess.Execution;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.process.ExecutableProcess.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Structured models of any shape: whatever order their waits are served in, each run ends and visits each card as often as
 * the structure says.
 */
class RandomModelsTest {

  /** Builds a block-structured model and works out, without the engine, how often each card must be done. */
  private static final class Generated {
    final Bpmn bpmn = Bpmn.process("random").start();
    final Random random;
    final Map<String, Integer> expected = new HashMap<>();
    final Set<String> truths = new HashSet<>();

    /** How often a loop's gateway goes back in one passage. */
    final Map<String, Integer> rounds = new HashMap<>();

    int count;

    Generated(Random random) {
      this.random = random;
      String last = block("start", 3 + random.nextInt(2), 1);
      bpmn.end("end").flow(last, "end");
    }

    private String name(String kind) {
      return kind + ++count;
    }

    /** Appends a block and gives back its last node; {@code times} is how often a run passes it. */
    private String block(String from, int depth, int times) {
      int kind = depth == 0 ? random.nextInt(3) : random.nextInt(8);
      return switch (kind) {
        case 0 -> card(from, times);
        case 1 -> timer(from);
        case 2, 3 ->
            block(block(from, Math.max(0, depth - 1), times), Math.max(0, depth - 1), times);
        case 4 -> choice(from, depth, times);
        case 5 -> parallel(from, depth, times);
        case 6 -> inclusive(from, depth, times);
        default -> loop(from, depth, times);
      };
    }

    private String card(String from, int times) {
      String card = name("card");
      bpmn.card(card).flow(from, card);
      expected.put(card, times);
      return card;
    }

    private String timer(String from) {
      String timer = name("timer");
      bpmn.timer(timer).flow(from, timer);
      return timer;
    }

    private String choice(String from, int depth, int times) {
      String gate = name("gate");
      String join = name("merge");
      String other = name("flow-");
      bpmn.exclusive(gate, other).flow(from, gate).exclusive(join);
      int branches = 2 + random.nextInt(3);
      int chosen = random.nextInt(branches);
      for (int branch = 0; branch < branches; branch++) {
        String entry = name("card");
        String flow = branch == branches - 1 ? other : name("flow-");
        if (branch == branches - 1) {
          bpmn.flowNamed(flow, gate, entry);
        } else {
          bpmn.when(flow, gate, entry);
        }
        if (branch == chosen) {
          truths.add(flow);
        }
        bpmn.card(entry);
        int passes = branch == chosen ? times : 0;
        expected.put(entry, passes);
        bpmn.flow(block(entry, depth - 1, passes), join);
      }
      return join;
    }

    private String parallel(String from, int depth, int times) {
      String split = name("split");
      String join = name("join");
      bpmn.parallel(split).parallel(join).flow(from, split);
      for (int branch = 2 + random.nextInt(2); branch > 0; branch--) {
        bpmn.flow(block(split, depth - 1, times), join);
      }
      return join;
    }

    private String inclusive(String from, int depth, int times) {
      String split = name("or");
      String join = name("orjoin");
      String other = name("flow-");
      bpmn.inclusive(split, other).inclusive(join).flow(from, split);
      boolean any = false;
      for (int branch = 2 + random.nextInt(2); branch > 0; branch--) {
        String entry = name("card");
        String flow = name("flow-");
        boolean taken = random.nextBoolean();
        any |= taken;
        if (taken) {
          truths.add(flow);
        }
        bpmn.card(entry).when(flow, split, entry);
        expected.put(entry, taken ? times : 0);
        bpmn.flow(block(entry, depth - 1, taken ? times : 0), join);
      }
      String rest = name("card");
      bpmn.card(rest).flowNamed(other, split, rest).flow(rest, join);
      expected.put(rest, any ? 0 : times);
      return join;
    }

    private String loop(String from, int depth, int times) {
      String top = name("top");
      String again = name("again");
      String back = name("back-");
      String out = name("flow-");
      int extra = times > 20 ? 0 : random.nextInt(3);
      bpmn.exclusive(top).flow(from, top);
      String last = timer(block(top, depth - 1, times * (extra + 1)));
      bpmn.exclusive(again, out).flow(last, again).when(back, again, top);
      String exit = name("card");
      bpmn.card(exit).flowNamed(out, again, exit);
      expected.put(exit, times);
      rounds.put(back, extra);
      return exit;
    }
  }

  /** Answers loops by counting, so that the same order of serving gives the same run. */
  private static final class Door implements CardDoor {
    final Generated model;
    final Map<String, Integer> done = new HashMap<>();
    final Map<String, Integer> left = new HashMap<>();
    final List<String> told = new ArrayList<>();

    Door(Generated model) {
      this.model = model;
      left.putAll(model.rounds);
    }

    @Override
    public boolean holds(String flowId) {
      Integer rest = left.get(flowId);
      if (rest == null) {
        return model.truths.contains(flowId);
      }
      left.put(flowId, rest > 0 ? rest - 1 : model.rounds.get(flowId));
      return rest > 0;
    }

    @Override
    public Outcome perform(String nodeId, int visit) {
      assertThat(visit).isEqualTo(done.merge(nodeId, 1, Integer::sum));
      return model.count * 31 % 7 == visit % 7 ? Outcome.WAIT : Outcome.DONE;
    }

    @Override
    public Instant due(String nodeId, int visit) {
      return Player.DUE;
    }

    @Override
    public void entered(String nodeId, int visit) {
      told.add("+" + nodeId + "#" + visit);
    }

    @Override
    public void left(String nodeId, int visit) {
      told.add("-" + nodeId + "#" + visit);
    }
  }

  @Property(tries = 300)
  void every_run_ends_and_visits_each_card_as_often_as_the_structure_says(@ForAll long seed) {
    Generated model = new Generated(new Random(seed));
    ExecutableProcess process = Player.compile(model.bpmn.xml());
    play(model, process, new Random(seed + 1));
    process.close();
  }

  private static Door play(Generated model, ExecutableProcess process, Random order) {
    Door door = new Door(model);
    Execution now = process.start(door);
    for (int steps = 0; !now.ended(); steps++) {
      assertThat(steps).isLessThan(20_000);
      assertThat(process.waits(now.state())).isEqualTo(now.waits());
      assertThat(now.waits()).noneMatch(Wait.Failure.class::isInstance);
      assertThat(now.waits()).extracting(Wait::id).doesNotHaveDuplicates();
      Wait next = now.waits().get(order.nextInt(now.waits().size()));
      now = process.resume(now.state(), RunStatesTest.serving(next), door);
    }
    model.expected.forEach(
        (card, times) -> assertThat(door.done.getOrDefault(card, 0)).as(card).isEqualTo(times));
    return door;
  }

  @Property(tries = 60)
  void a_run_whose_state_is_stored_at_each_wait_goes_the_way_of_one_that_stays_in_memory(
      @ForAll long seed) {
    Generated model = new Generated(new Random(seed));
    ExecutableProcess process = Player.compile(model.bpmn.xml());
    Door stored = play(model, process, new Random(7));
    Door inMemory = new Door(model);
    Run run = new Run(RunStatesTest.definition(process), inMemory);
    Execution now = run.begin();
    Random order = new Random(7);
    while (!now.ended()) {
      now = run.serve(RunStatesTest.serving(now.waits().get(order.nextInt(now.waits().size()))));
    }
    assertThat(stored.told).isEqualTo(inMemory.told);
  }

  @Test
  void many_threads_can_use_one_version_at_once() throws Exception {
    Generated model = new Generated(new Random(20));
    ExecutableProcess process = Player.compile(model.bpmn.xml());
    List<String> alone = play(model, process, new Random(3)).told;
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    assertThat(play(model, process, new Random(3)).told).isEqualTo(alone);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void versions_can_be_compiled_by_many_threads_at_once() throws Exception {
    JbpmProcesses processes = new JbpmProcesses();
    Generated model = new Generated(new Random(11));
    ProcessModel read = Player.model(model.bpmn.xml());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String version = "v" + i;
        all.add(
            threads.submit(
                () -> {
                  play(model, processes.compile(read, version), new Random(5));
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
