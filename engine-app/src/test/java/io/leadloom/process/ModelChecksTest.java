package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.process.Processes.Problem;
import io.leadloom.process.Processes.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelChecksTest {

  private static Reading.Readable readable(Bpmn bpmn) {
    return (Reading.Readable) new JbpmProcesses().read(bpmn.xml());
  }

  private static List<String> problems(Bpmn bpmn) {
    return readable(bpmn).problems().stream()
        .map(problem -> problem.element() + "." + problem.field())
        .toList();
  }

  private static Bpmn straight() {
    return Bpmn.process("p").start().card("a").end("end").flow("start", "a", "end");
  }

  @Test
  void boundary_events_belong_to_cards() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .timer("w")
            .card("a")
            .boundaryTimer("onTimer", "w", true)
            .boundaryError("one", "a")
            .boundaryError("two", "a")
            .element("signal", "boundaryEvent", " attachedToRef=\"a\"", "<@signalEventDefinition/>")
            .end("end")
            .flow("start", "w", "a", "end")
            .flow("onTimer", "end")
            .flow("one", "end")
            .flow("two", "end")
            .flow("signal", "end");
    assertThat(problems(bpmn))
        .contains("onTimer.attachedToRef", "two.attachedToRef", "signal.event");
  }

  @Test
  void event_gateways_lead_to_waits_that_nothing_else_leads_to() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .eventGateway("gate")
            .card("a")
            .timer("w")
            .event("e")
            .end("end")
            .flow("start", "gate", "a", "w", "end")
            .flow("gate", "w")
            .flow("gate", "e", "end");
    assertThat(problems(bpmn)).containsExactly("gate.outgoing", "w.incoming");
  }

  @Test
  void links_need_their_other_end() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .linkTo("away", "A")
            .linkFrom("here", "B")
            .linkFrom("also", "B")
            .end("end")
            .flow("start", "away")
            .flow("here", "end")
            .flow("also", "end");
    assertThat(problems(bpmn)).contains("away.link", "also.link");
  }

  @Test
  void conditions_and_defaults_belong_to_choices() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .card("a")
            .exclusive("one")
            .end("end")
            .flow("start", "a")
            .when("f", "a", "one")
            .when("g", "one", "end");
    assertThat(problems(bpmn)).containsExactly("f.condition", "one.default");
    Bpmn expression =
        Bpmn.process("p")
            .start()
            .exclusive("gate", "d")
            .end("end")
            .flow("start", "gate")
            .edge("x", "gate", "end", "<@conditionExpression>${true}</@conditionExpression>")
            .flowNamed("d", "gate", "end");
    assertThat(problems(expression)).containsExactly("x.condition", "x.condition");
  }

  @Test
  void every_loop_needs_a_wait() {
    Bpmn bare =
        Bpmn.process("p")
            .start()
            .card("a", "b")
            .exclusive("again", "out")
            .end("end")
            .flow("start", "a", "b", "again")
            .when("back", "again", "a")
            .flowNamed("out", "again", "end");
    assertThat(readable(bare).problems())
        .containsExactly(
            new Problem(
                "a",
                "The a",
                "loop",
                "The a, The b, The again",
                "A timer or an event to wait for in each loop"));
    Bpmn retry =
        Bpmn.process("p")
            .start()
            .card("a")
            .boundaryError("wrong", "a")
            .end("end")
            .flow("start", "a", "end")
            .flow("wrong", "a");
    assertThat(problems(retry)).containsExactly("a.loop");
    Bpmn byLink =
        Bpmn.process("p")
            .start()
            .card("a")
            .exclusive("again", "out")
            .linkTo("back", "top")
            .linkFrom("top", "top")
            .end("end")
            .flow("start", "a", "again")
            .when("f", "again", "back")
            .flow("top", "a")
            .flowNamed("out", "again", "end");
    assertThat(problems(byLink)).containsExactly("a.loop");
    Bpmn toItself =
        Bpmn.process("p").start().card("a").end("end").flow("start", "a", "a").flow("a", "end");
    assertThat(problems(toItself)).containsExactly("a.loop");
  }

  @Test
  void an_unreachable_part_is_named_node_by_node() {
    Bpmn bpmn = straight().card("x", "y").end("z").flow("x", "y", "z");
    assertThat(problems(bpmn)).containsExactly("x.incoming", "y.incoming", "z.incoming");
  }
}
