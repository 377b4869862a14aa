package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import org.junit.jupiter.api.Test;

class RunsTest {

  @Test
  void a_straight_run_ends_in_one_call() {
    Player player =
        Player.of(
                Bpmn.process("p").start().card("a", "b").end("end").flow("start", "a", "b", "end"))
            .start()
            .ended();
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
    assertThat(player.now.waits())
        .containsExactly(new Wait.Timer(player.wait("w").id(), "w", 1, Player.DUE));
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
  void parallel_branches_run_in_the_author_s_order_and_meet_once() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .parallel("split")
                    .card("c", "b", "a", "last")
                    .parallel("join")
                    .end("end")
                    .flow("start", "split")
                    .flow("split", "c", "join")
                    .flow("split", "b", "join")
                    .flow("split", "a", "join", "last", "end"))
            .start()
            .ended();
    assertThat(player.performed).containsExactly("c", "b", "a", "last");
    assertThat(player.entered).containsOnlyOnce("join").doesNotHaveDuplicates();
  }

  @Test
  void an_inclusive_gateway_takes_every_true_flow_and_joins_what_was_taken() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .inclusive("split", "none")
            .card("a", "b", "c", "last")
            .timer("w")
            .inclusive("join")
            .end("end")
            .flow("start", "split")
            .when("fa", "split", "a")
            .when("fb", "split", "b")
            .flowNamed("none", "split", "c")
            .flow("a", "join")
            .flow("b", "w", "join")
            .flow("c", "join", "last", "end");
    Player both = Player.of(bpmn).truth("fa", "fb").start();
    assertThat(both.performed).containsExactly("a", "b");
    assertThat(both.waitsAt()).containsExactly("w");
    assertThat(both.fire("w").ended().performed).containsExactly("a", "b", "last");
    assertThat(Player.of(bpmn).truth("fa").start().ended().performed).containsExactly("a", "last");
    assertThat(Player.of(bpmn).start().ended().performed).containsExactly("c", "last");
  }

  @Test
  void an_inclusive_join_goes_on_when_a_branch_ends_elsewhere() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .inclusive("split", "fc")
                    .card("a", "last")
                    .timer("w")
                    .exclusive("leave", "stay")
                    .inclusive("join")
                    .end("end")
                    .end("gone")
                    .flow("start", "split")
                    .when("fa", "split", "a")
                    .when("fb", "split", "w")
                    .flowNamed("fc", "split", "join")
                    .flow("a", "join", "last", "end")
                    .flow("w", "leave")
                    .when("out", "leave", "gone")
                    .flowNamed("stay", "leave", "join"))
            .truth("fa", "fb", "out")
            .start();
    assertThat(player.waitsAt()).containsExactly("w");
    assertThat(player.performed).containsExactly("a");
    player.fire("w").ended();
    assertThat(player.performed).containsExactly("a", "last");
  }

  @Test
  void the_first_of_an_event_gateway_s_waits_cancels_the_others() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .eventGateway("gate")
            .event("clicked")
            .message("replied")
            .timer("late")
            .card("a", "b", "c")
            .end("end")
            .flow("start", "gate", "clicked", "a", "end")
            .flow("gate", "replied", "b", "end")
            .flow("gate", "late", "c", "end");
    Player player = Player.of(bpmn).start();
    assertThat(player.now.waits())
        .containsExactly(
            new Wait.Event(player.wait("clicked").id(), "clicked", 1),
            new Wait.Event(player.wait("replied").id(), "replied", 1),
            new Wait.Timer(player.wait("late").id(), "late", 1, Player.DUE));
    player.happen("replied").ended();
    assertThat(player.told)
        .containsExactly(
            "+start",
            "+gate",
            "+clicked",
            "+replied",
            "+late",
            "xclicked",
            "xlate",
            "-replied",
            "+b",
            "+end");
    assertThat(Player.of(bpmn).start().fire("late").ended().performed).containsExactly("c");
  }

  @Test
  void a_link_goes_on_where_it_arrives() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .exclusive("gate", "f2")
                    .linkTo("away", "Part two")
                    .linkTo("also", "Part two")
                    .linkFrom("here", "Part two")
                    .card("a")
                    .end("end")
                    .flow("start", "gate")
                    .when("f1", "gate", "away")
                    .flowNamed("f2", "gate", "also")
                    .flow("here", "a", "end"))
            .truth("f1")
            .start()
            .ended();
    assertThat(player.entered).containsExactly("start", "gate", "away", "here", "a", "end");
  }

  @Test
  void a_loop_with_a_wait_counts_visits_through_its_states() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .timer("w")
                    .card("a")
                    .exclusive("again", "out")
                    .end("end")
                    .flow("start", "w", "a", "again")
                    .when("back", "again", "w")
                    .flowNamed("out", "again", "end"))
            .truth("back")
            .start();
    for (int round = 0; round < 5; round++) {
      player.fire("w");
      assertThat(((Wait.Timer) player.wait("w")).visit()).isEqualTo(round + 2);
    }
    player.truths.clear();
    player.fire("w").ended();
    assertThat(player.performed).containsExactly("a", "a#2", "a#3", "a#4", "a#5", "a#6");
  }

  @Test
  void a_card_with_several_flows_out_and_in_splits_and_merges() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .card("a", "b", "c", "d")
                    .end("end")
                    .flow("start", "a", "b", "d", "end")
                    .flow("a", "c", "d"))
            .start()
            .ended();
    assertThat(player.performed).containsExactly("a", "b", "d", "c", "d#2");
  }

  @Test
  void a_join_that_can_never_be_complete_shows_as_a_failure_and_can_be_skipped() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .exclusive("gate", "f2")
                    .card("a", "b", "c")
                    .parallel("join")
                    .end("end")
                    .flow("start", "gate")
                    .when("f1", "gate", "a")
                    .flowNamed("f2", "gate", "b")
                    .flow("a", "join")
                    .flow("b", "join", "c", "end"))
            .start();
    assertThat(player.now.waits()).singleElement().isInstanceOf(Wait.Failure.class);
    assertThat(player.waitsAt()).containsExactly("join");
    assertThat(player.retry("join").waitsAt()).containsExactly("join");
    assertThat(player.skip("join").ended().performed).containsExactly("b", "c");
  }

  @Test
  void a_wait_that_was_served_leaves_the_run_as_it_is() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .timer("w")
                    .timer("v")
                    .end("end")
                    .flow("start", "w", "v", "end"))
            .start();
    String first = player.wait("w").id();
    player.fire("w");
    byte[] state = player.now.state();
    player.resume(new Signal.TimerFired(first)).resume(new Signal.Complete("zz"));
    assertThat(player.now.ended()).isFalse();
    assertThat(player.now.state()).isEqualTo(state);
    assertThat(player.waitsAt()).containsExactly("v");
    assertThat(player.process.waits(state)).isEqualTo(player.now.waits());
  }

  @Test
  void a_signal_that_does_not_fit_its_wait_is_a_mistake_of_the_caller() {
    Player player =
        Player.of(Bpmn.process("p").start().timer("w").end("end").flow("start", "w", "end"))
            .start();
    assertThatThrownBy(() -> player.retry("w"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("w");
    player.fire("w").ended();
  }

  @Test
  void a_closed_version_runs_no_more() {
    Player player = Player.of(Bpmn.process("p").start().end("end").flow("start", "end"));
    player.process.close();
    assertThatThrownBy(player::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void a_straight_run_of_two_thousand_nodes_needs_no_deep_stack() throws Exception {
    Bpmn bpmn = Bpmn.process("p").start().end("end");
    String[] path = new String[2000];
    path[0] = "start";
    path[1999] = "end";
    for (int i = 1; i < 1999; i++) {
      path[i] = "c" + i;
      bpmn.card(path[i]);
    }
    bpmn.flow(path);
    Player player = Player.of(bpmn);
    Thread small = new Thread(null, player::start, "small stack", 256 * 1024);
    small.start();
    small.join();
    assertThat(player.ended().performed).hasSize(1998);
  }
}
