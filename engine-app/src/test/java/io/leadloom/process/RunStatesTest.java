package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.process.ExecutableProcess.Execution;
import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStatesTest {

  private static Player oneTimer() {
    return Player.of(
            Bpmn.process("p")
                .start()
                .card("a")
                .timer("w")
                .card("b")
                .end("end")
                .flow("start", "a", "w", "b", "end"))
        .start();
  }

  @Test
  void one_waiting_timer_takes_less_than_fifty_bytes() {
    assertThat(oneTimer().now.state()).hasSizeLessThan(50);
  }

  @Test
  void every_kind_of_token_comes_back_as_it_was() {
    Player player = JbpmTrapsTest.everyShape();
    assertThat(player.waitsAt())
        .containsExactlyInAnyOrder("w", "clicked", "late", "waiting", "remind", "failing");
    Run restored = RunStates.read(player.now.state(), definition(player.process), player);
    assertThat(restored.waits()).isEqualTo(player.now.waits());
    assertThat(RunStates.write(restored)).isEqualTo(player.now.state());
  }

  @Test
  void due_times_are_kept_to_the_microsecond_over_all_times() {
    for (Instant due :
        List.of(
            Instant.MIN,
            Instant.EPOCH,
            Instant.parse("1969-12-31T23:59:59.999999999Z"),
            Instant.MAX)) {
      Player player =
          new Player(oneTimer().process) {
            @Override
            public Instant due(String nodeId, int visit) {
              return due;
            }
          };
      player.start();
      assertThat(player.process.waits(player.now.state())).isEqualTo(player.now.waits());
    }
  }

  @Test
  void a_state_of_another_version_or_model_is_refused_by_name() {
    byte[] state = oneTimer().now.state();
    Bpmn other = Bpmn.process("p").start().timer("w").end("end").flow("start", "w", "end");
    assertThatThrownBy(() -> Player.compile(other.xml()).waits(state))
        .isInstanceOf(RunStateException.class)
        .hasMessageContaining("another model");
    assertThatThrownBy(
            () -> new JbpmProcesses().compile(Player.model(other.xml()), "7").waits(state))
        .isInstanceOf(RunStateException.class)
        .hasMessageContaining("belongs to version 1")
        .hasMessageContaining("not to version 7");
  }

  @Test
  void a_state_of_a_newer_engine_is_refused_with_both_versions() {
    Player player = oneTimer();
    byte[] state = player.now.state();
    state[2] = 9;
    state[5] = '9'; // 10.2.0 becomes 19.2.0
    assertThatThrownBy(() -> player.process.waits(state))
        .isInstanceOf(RunStateException.class)
        .hasMessageContaining("format 9")
        .hasMessageContaining("engine 19.2.0")
        .hasMessageContaining(RunStates.ENGINE);
  }

  @Test
  void bytes_that_are_no_state_are_refused() {
    ExecutableProcess process = oneTimer().process;
    for (byte[] bytes :
        List.of(new byte[0], new byte[1], new byte[100], "LR".getBytes(StandardCharsets.UTF_8))) {
      assertThatThrownBy(() -> process.waits(bytes)).isInstanceOf(RunStateException.class);
    }
  }

  @Property(tries = 500)
  void a_damaged_state_is_refused_and_never_carried_on(@ForAll long seed) {
    Random random = new Random(seed);
    Player player = SHAPES;
    byte[] state = player.now.state().clone();
    if (random.nextInt(4) == 0) {
      byte[] shorter = java.util.Arrays.copyOf(state, random.nextInt(state.length));
      assertThatThrownBy(() -> player.process.waits(shorter)).isInstanceOf(RunStateException.class);
      return;
    }
    state[random.nextInt(state.length)] ^= (byte) (1 << random.nextInt(8));
    assertThatThrownBy(() -> player.process.waits(state)).isInstanceOf(RunStateException.class);
  }

  /** Even with a checksum that fits, nonsense must not get further than an exception of its own. */
  @Property(tries = 1000)
  void a_damaged_state_with_a_right_checksum_throws_nothing_else(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] state = SHAPES.now.state().clone();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      state[random.nextInt(state.length - 4)] = (byte) random.nextInt(256);
    }
    StateBytes sealed = new StateBytes();
    for (int i = 0; i < state.length - 4; i++) {
      sealed.putByte(state[i]);
    }
    try {
      SHAPES.process.waits(sealed.sealed());
    } catch (RunStateException refused) {
      assertThat(refused).hasMessageContaining("state");
    }
  }

  private static final Player SHAPES = JbpmTrapsTest.everyShape();

  // States written by earlier builds: they must go on for ever.

  @ParameterizedTest
  @ValueSource(strings = {"every-shape", "loop", "stuck-join"})
  void a_state_stored_by_an_earlier_build_still_goes_on(String name) throws IOException {
    String[] stored = resource(name + ".state").strip().split("\n");
    ExecutableProcess process =
        new JbpmProcesses().compile(Player.model(resource(name + ".bpmn")), "1");
    byte[] state = Base64.getDecoder().decode(stored[0]);
    assertThat(process.waits(state).toString()).isEqualTo(stored[1]);
    assertThat(playOn(process, state)).isEqualTo(stored[2]);
  }

  private static String playOn(ExecutableProcess process, byte[] state) {
    Player player = new Player(process);
    player.now = new Execution(false, state, process.waits(state));
    for (int i = 0; i < 100 && !player.now.ended(); i++) {
      player.resume(serving(player.now.waits().get(0)));
    }
    player.ended();
    return player.told.toString();
  }

  static Signal serving(Wait wait) {
    if (wait instanceof Wait.Timer) {
      return new Signal.TimerFired(wait.id());
    } else if (wait instanceof Wait.Event) {
      return new Signal.EventHappened(wait.id());
    } else if (wait instanceof Wait.Card) {
      return new Signal.Complete(wait.id());
    }
    return new Signal.Skip(wait.id());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RunStatesTest.class.getResourceAsStream("/process-states/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes the stored states anew: only when a new format begins, into files of a new name. */
  public static void main(String[] folder) throws IOException {
    Map<String, Bpmn> models = new LinkedHashMap<>();
    models.put(
        "loop",
        Bpmn.process("loop")
            .start()
            .timer("w")
            .card("a")
            .exclusive("again", "out")
            .end("end")
            .flow("start", "w", "a", "again")
            .when("back", "again", "w")
            .flowNamed("out", "again", "end"));
    models.put(
        "stuck-join",
        Bpmn.process("stuck-join")
            .start()
            .exclusive("gate", "f2")
            .card("a", "b")
            .parallel("join")
            .end("end")
            .flow("start", "gate")
            .when("f1", "gate", "a")
            .flowNamed("f2", "gate", "b")
            .flow("a", "join")
            .flow("b", "join", "end"));
    models.put("every-shape", JbpmTrapsTest.EVERY_SHAPE);
    Player loop = Player.of(models.get("loop")).truth("back").start();
    for (int i = 0; i < 200; i++) {
      loop.fire("w");
    }
    Map<String, Player> players =
        Map.of(
            "every-shape",
            JbpmTrapsTest.everyShape(),
            "loop",
            loop,
            "stuck-join",
            Player.of(models.get("stuck-join")).start());
    for (Map.Entry<String, Player> player : players.entrySet()) {
      Player stored = player.getValue();
      Files.writeString(
          Path.of(folder[0], player.getKey() + ".bpmn"), models.get(player.getKey()).xml());
      Files.writeString(
          Path.of(folder[0], player.getKey() + ".state"),
          Base64.getEncoder().encodeToString(stored.now.state())
              + "\n"
              + stored.now.waits()
              + "\n"
              + playOn(stored.process, stored.now.state())
              + "\n");
    }
  }

  static Definition definition(ExecutableProcess process) {
    return ((CompiledProcess) process).definition();
  }
}
