package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.process.ExecutableProcess.Wait;
import org.junit.jupiter.api.Test;

class CardRunsTest {

  @Test
  void a_failed_card_keeps_its_place_while_other_branches_go_on() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .parallel("split")
                    .card("a", "b", "c")
                    .parallel("join")
                    .end("end")
                    .flow("start", "split", "a", "join", "c", "end")
                    .flow("split", "b", "join"))
            .outcome("a", new Outcome.Failed("no"), new Outcome.Failed("still no"), Outcome.DONE)
            .start();
    assertThat(player.performed).containsExactly("a", "b");
    assertThat(player.now.waits())
        .containsExactly(new Wait.Failure(player.wait("a").id(), "a", 1, "no"));
    player.retry("a");
    assertThat(player.now.waits())
        .containsExactly(new Wait.Failure(player.wait("a").id(), "a", 1, "still no"));
    player.retry("a").ended();
    assertThat(player.performed).containsExactly("a", "b", "a", "a", "c");
    assertThat(player.told)
        .containsExactly("+start", "+split", "+a", "+b", "-a", "+join", "+c", "+end");
  }

  @Test
  void a_waiting_card_goes_on_when_it_is_completed() {
    Player player =
        Player.of(
                Bpmn.process("p").start().card("a", "b").end("end").flow("start", "a", "b", "end"))
            .outcome("a", Outcome.WAIT)
            .start();
    assertThat(player.now.waits()).containsExactly(new Wait.Card(player.wait("a").id(), "a", 1));
    player.complete("a").ended();
    assertThat(player.performed).containsExactly("a", "b");
    assertThat(player.told).containsExactly("+start", "+a", "-a", "+b", "+end");
  }

  @Test
  void a_waiting_card_that_goes_wrong_stands_failed_until_it_is_skipped() {
    Player player =
        Player.of(
                Bpmn.process("p").start().card("a", "b").end("end").flow("start", "a", "b", "end"))
            .outcome("a", Outcome.WAIT)
            .start()
            .fail("a", "The mail server refused");
    assertThat(player.now.waits())
        .containsExactly(
            new Wait.Failure(player.wait("a").id(), "a", 1, "The mail server refused"));
    assertThat(player.skip("a").ended().performed).containsExactly("a", "b");
  }

  @Test
  void a_card_can_stop_the_whole_run_with_the_waits_of_other_branches() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .parallel("split")
                    .timer("w")
                    .card("a", "b")
                    .end("end")
                    .flow("start", "split", "w", "end")
                    .flow("split", "a", "end")
                    .flow("split", "b", "end"))
            .outcome("a", Outcome.STOP)
            .start()
            .ended();
    assertThat(player.told).containsExactly("+start", "+split", "+w", "+a", "xw");
  }

  @Test
  void a_failing_card_with_an_error_event_takes_its_path() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .card("a", "b", "c")
            .boundaryError("wrong", "a")
            .end("end")
            .flow("start", "a", "b", "end")
            .flow("wrong", "c", "end");
    Player player = Player.of(bpmn).outcome("a", new Outcome.Failed("no")).start().ended();
    assertThat(player.told).containsExactly("+start", "+a", "+wrong", "+c", "+end");
    Player later = Player.of(bpmn).outcome("a", Outcome.WAIT).start().fail("a", "no").ended();
    assertThat(later.told).containsExactly("+start", "+a", "xa", "+wrong", "+c", "+end");
    assertThat(Player.of(bpmn).start().ended().performed).containsExactly("a", "b");
  }

  @Test
  void a_boundary_timer_interrupts_a_waiting_card() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .card("a", "b", "c")
            .boundaryTimer("late", "a", true)
            .end("end")
            .flow("start", "a", "b", "end")
            .flow("late", "c", "end");
    Player player = Player.of(bpmn).outcome("a", Outcome.WAIT).start();
    assertThat(player.now.waits())
        .containsExactly(
            new Wait.Card(player.wait("a").id(), "a", 1),
            new Wait.Timer(player.wait("late").id(), "late", 1, Player.DUE));
    assertThat(player.fire("late").ended().performed).containsExactly("a", "c");
    assertThat(player.told).containsExactly("+start", "+a", "xa", "+late", "+c", "+end");
    Player inTime = Player.of(bpmn).outcome("a", Outcome.WAIT).start().complete("a").ended();
    assertThat(inTime.performed).containsExactly("a", "b");
  }

  @Test
  void a_boundary_timer_that_does_not_interrupt_starts_a_branch_beside_the_card() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .card("a", "b", "c")
                    .boundaryTimer("remind", "a", false)
                    .end("end")
                    .flow("start", "a", "b", "end")
                    .flow("remind", "c", "end"))
            .outcome("a", Outcome.WAIT)
            .start()
            .fire("remind");
    assertThat(player.waitsAt()).containsExactly("a");
    assertThat(player.complete("a").ended().performed).containsExactly("a", "c", "b");
  }

  @Test
  void a_boundary_timer_runs_on_while_the_card_is_tried_again() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .card("a", "c")
                    .boundaryTimer("late", "a", true)
                    .end("end")
                    .flow("start", "a", "end")
                    .flow("late", "c", "end"))
            .outcome("a", new Outcome.Failed("1"), new Outcome.Failed("2"))
            .start();
    String timer = player.wait("late").id();
    player.retry("a");
    assertThat(player.wait("late").id()).isEqualTo(timer);
    assertThat(player.fire("late").ended().performed).containsExactly("a", "a", "c");
  }

  @Test
  void what_the_door_throws_comes_out_unchanged() {
    IllegalStateException problem = new IllegalStateException("database gone");
    ExecutableProcess process =
        Player.compile(
            Bpmn.process("p")
                .start()
                .exclusive("gate", "f2")
                .card("a", "b")
                .end("end")
                .flow("start", "a", "gate")
                .when("f1", "gate", "b")
                .flowNamed("f2", "gate", "end")
                .flow("b", "end")
                .xml());
    Player throwing =
        new Player(process) {
          @Override
          public boolean holds(String flowId) {
            throw problem;
          }
        };
    assertThatThrownBy(throwing::start).isSameAs(problem);
    Player throwingCard =
        new Player(process) {
          @Override
          public Outcome perform(String nodeId, int visit) {
            throw problem;
          }
        };
    assertThatThrownBy(throwingCard::start).isSameAs(problem);
  }
}
