package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.process.ExecutableProcess.Wait;
import org.junit.jupiter.api.Test;

class RunsTest {

  @Test
  void a_straight_run_ends_in_one_call() {
    Player player =
        Player.of(Bpmn.process("p").start().card("a", "b").end("end").flow("start", "a", "b", "end")).start().ended();
    assertThat(player.entered).containsExactly("start", "a", "b", "end");
  }

  @Test
  void a_timer_waits_until_its_due_time() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .timer("w")
                    .card("a")
                    .end("end")
                    .flow("start", "w", "a", "end"))
            .start();
    assertThat(player.now.waits()).containsExactly(new Wait.Timer(player.wait("w").id(), "w", 1, Player.DUE));
    player.fire("w").ended();
    assertThat(player.told).containsExactly("+start", "+w", "-w", "+a", "+end");
  }

  @Test
  void the_first_true_condition_in_the_order_of_the_outgoing_flows_wins() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .exclusive("city", "f3")
            .card("a", "b", "c")
            .end("end")
            .flow("start", "city")
            .when("f1", "city", "a")
            .when("f2", "city", "b")
            .flowNamed("f3", "city", "c")
            .flow("a", "end")
            .flow("b", "end")
            .flow("c", "end");
    Player both = Player.of(bpmn).truth("f1", "f2").start().ended();
    assertThat(both.performed).containsExactly("a");
    assertThat(both.asked).containsExactly("f1");
    assertThat(Player.of(bpmn).truth("f2").start().ended().performed).containsExactly("b");
    assertThat(Player.of(bpmn).start().ended().performed).containsExactly("c");
  }

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
    assertThat(player.now.waits()).containsExactly(new Wait.Failure(player.wait("a").id(), "a", 1, "no"));
    player.retry("a");
    assertThat(player.now.waits()).containsExactly(new Wait.Failure(player.wait("a").id(), "a", 1, "still no"));
    player.retry("a").ended();
    assertThat(player.performed).containsExactly("a", "b", "a", "a", "c");
    assertThat(player.told).containsExactly("+start", "+split", "+a", "+b", "-a", "+join", "+c", "+end");
  }
}
