package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.process.ExecutableProcess.Wait;
import java.io.IOException;
import java.io.StringReader;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jbpm.bpmn2.xml.BPMNDISemanticModule;
import org.jbpm.bpmn2.xml.BPMNExtensionsSemanticModule;
import org.jbpm.bpmn2.xml.BPMNSemanticModule;
import org.jbpm.compiler.xml.XmlProcessReader;
import org.jbpm.compiler.xml.core.SemanticModules;
import org.junit.jupiter.api.Test;

/** One test for each trap that was met when jBPM was chosen, so that an upgrade of jBPM cannot bring it back. */
class JbpmTrapsTest {

  static final Bpmn EVERY_SHAPE =
      Bpmn.process("every-shape")
          .start()
          .inclusive("split", "none")
          .timer("w")
          .eventGateway("gate")
          .event("clicked")
          .timer("late")
          .card("waiting", "failing", "reminder", "quick", "last")
          .boundaryTimer("remind", "waiting", false)
          .inclusive("join")
          .parallel("fork")
          .parallel("meet")
          .end("end")
          .flow("start", "split")
          .when("f1", "split", "w")
          .when("f2", "split", "gate")
          .when("f3", "split", "waiting")
          .when("f4", "split", "failing")
          .when("f5", "split", "fork")
          .flowNamed("none", "split", "join")
          .flow("w", "join")
          .flow("gate", "clicked", "join")
          .flow("gate", "late", "join")
          .flow("waiting", "join")
          .flow("remind", "reminder", "end")
          .flow("failing", "meet")
          .flow("fork", "quick", "meet", "join")
          .flow("fork", "join", "last", "end");

  private static final Bpmn GATEWAYS =
      Bpmn.process("p")
          .start()
          .exclusive("gate", "f2")
          .card("a", "b")
          .message("m")
          .end("end")
          .flow("start", "gate")
          .when("f1", "gate", "a")
          .flowNamed("f2", "gate", "b")
          .flow("a", "b", "m", "end");

  @Test
  void trap_1_jbpm_refuses_what_bpmn_js_writes_and_the_translation_makes_it_run() {
    SemanticModules modules = new SemanticModules();
    modules.addSemanticModule(new BPMNSemanticModule());
    modules.addSemanticModule(new BPMNExtensionsSemanticModule());
    modules.addSemanticModule(new BPMNDISemanticModule());
    XmlProcessReader jbpm = new XmlProcessReader(modules, getClass().getClassLoader());
    assertThatThrownBy(() -> jbpm.read(new StringReader(GATEWAYS.xml())))
        .isInstanceOf(Exception.class);
    Player player = Player.of(GATEWAYS).truth("f1").start();
    assertThat(player.happen("m").ended().entered)
        .containsExactly("start", "gate", "a", "b", "m", "end");
  }

  @Test
  void trap_1_a_gateway_that_joins_and_splits_is_taken_apart() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .parallel("split")
                    .parallel("both")
                    .card("a", "b", "c", "d")
                    .end("end")
                    .flow("start", "split", "a", "both", "c", "end")
                    .flow("split", "b", "both", "d", "end"))
            .start()
            .ended();
    assertThat(player.entered)
        .containsExactly("start", "split", "a", "b", "both", "c", "end", "d", "end#2");
  }

  @Test
  void trap_1_two_flows_between_the_same_elements_are_two_tokens() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .parallel("split")
                    .parallel("join")
                    .card("a")
                    .end("end")
                    .flow("start", "split", "join", "a", "end")
                    .flow("split", "join"))
            .start()
            .ended();
    assertThat(player.performed).containsExactly("a");
  }

  @Test
  void trap_2_a_script_is_refused_before_it_can_do_nothing() {
    Bpmn script =
        Bpmn.process("p")
            .start()
            .element(
                "s",
                "scriptTask",
                " scriptFormat=\"http://www.java.com/java\"",
                "<@script>x</@script>")
            .end("end")
            .flow("start", "s", "end");
    assertThat(((Processes.Reading.Readable) new JbpmProcesses().read(script.xml())).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.element()).isEqualTo("s"));
  }

  @Test
  void trap_3_a_state_holds_no_variables_and_no_serialised_objects() {
    String state = new String(everyShape().now.state(), StandardCharsets.ISO_8859_1);
    assertThat(state)
        .doesNotContain("java.", "org.jbpm", "io.leadloom", "\u00AC\u00ED\u0000\u0005");
  }

  @Test
  void trap_4_versions_that_wait_for_the_same_event_do_not_wake_each_other() {
    JbpmProcesses processes = new JbpmProcesses();
    Bpmn bpmn =
        Bpmn.process("p").start().event("e").card("a").end("end").flow("start", "e", "a", "end");
    ProcessModel model = Player.model(bpmn.xml());
    Player old = new Player(processes.compile(model, "1")).start();
    Player current = new Player(processes.compile(model, "2")).start();
    old.happen("e").ended();
    assertThat(current.performed).isEmpty();
    old.process.close();
    assertThat(current.happen("e").ended().performed).containsExactly("a");
  }

  @Test
  void trap_5_a_run_looks_up_no_services() {
    Player player = everyShape();
    List<String> looked = new ArrayList<>();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread()
        .setContextClassLoader(
            new ClassLoader(before) {
              @Override
              public Enumeration<URL> getResources(String name) throws IOException {
                looked.add(name);
                return super.getResources(name);
              }
            });
    try {
      player.start().fire("w");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(looked).isEmpty();
  }

  @Test
  void trap_6_a_run_that_does_not_wait_leaves_no_state() {
    Player player =
        Player.of(Bpmn.process("p").start().card("a").end("end").flow("start", "a", "end")).start();
    assertThat(player.now.ended()).isTrue();
    assertThat(player.now.state()).isNull();
  }

  @Test
  void trap_7_after_a_terminate_end_no_branch_acts_and_no_wait_is_left() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .parallel("split")
            .timer("w")
            .card("a", "b", "c")
            .stop("stop")
            .end("end")
            .flow("start", "split", "w", "b", "end")
            .flow("split", "a", "stop")
            .flow("split", "c", "end");
    Player player = Player.of(bpmn).start().ended();
    assertThat(player.performed).containsExactly("a");
    assertThat(player.told).containsExactly("+start", "+split", "+w", "+a", "+stop", "xw");
    Player later = Player.of(bpmn).outcome("a", Outcome.WAIT).start().complete("a").ended();
    assertThat(later.performed).containsExactly("a", "c");
  }

  @Test
  void trap_8_an_unknown_language_on_a_flow_does_not_reach_jbpm() {
    String xml =
        GATEWAYS
            .xml()
            .replace(
                "</bpmn:extensionElements></bpmn:sequenceFlow>",
                "</bpmn:extensionElements><bpmn:conditionExpression language=\"klingon\">x</bpmn:conditionExpression>"
                    + "</bpmn:sequenceFlow>");
    assertThat(xml).contains("klingon");
    assertThat(new Player(Player.compile(xml)).truth("f1").start().performed)
        .containsExactly("a", "b");
  }

  @Test
  void trap_8_a_loop_with_a_timer_sets_a_new_wait_each_time() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .timer("w")
                    .exclusive("again", "out")
                    .end("end")
                    .flow("start", "w", "again")
                    .when("back", "again", "w")
                    .flowNamed("out", "again", "end"))
            .truth("back")
            .start();
    Wait first = player.wait("w");
    assertThat(player.fire("w").wait("w").id()).isNotEqualTo(first.id());
    assertThat(player.now.waits()).hasSize(1);
  }

  @Test
  void trap_9_a_closed_version_leaves_nothing_behind() {
    JbpmProcesses processes = new JbpmProcesses();
    ProcessModel model = Player.model(GATEWAYS.xml());
    List<WeakReference<ExecutableProcess>> versions = new ArrayList<>();
    for (int version = 0; version < 20; version++) {
      ExecutableProcess process = processes.compile(model, "v" + version);
      assertThat(new Player(process).start().now.ended()).isFalse();
      process.close();
      versions.add(new WeakReference<>(process));
    }
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(versions).allMatch(version -> version.get() == null);
            });
  }

  @Test
  void trap_10_a_condition_is_asked_once_a_visit_and_only_until_one_is_true() {
    Player player =
        Player.of(
                Bpmn.process("p")
                    .start()
                    .exclusive("gate", "f4")
                    .timer("w")
                    .end("end")
                    .flow("start", "gate")
                    .when("f1", "gate", "end")
                    .when("f2", "gate", "w")
                    .when("f3", "gate", "end")
                    .flowNamed("f4", "gate", "end")
                    .flow("w", "end"))
            .truth("f2", "f3")
            .start();
    assertThat(player.asked).containsExactly("f1", "f2");
    player.fire("w").ended();
    assertThat(player.asked).containsExactly("f1", "f2");
  }

  @Test
  void trap_10_a_state_tells_its_engine_version() {
    String state = new String(everyShape().now.state(), StandardCharsets.ISO_8859_1);
    assertThat(state).startsWith("LR").contains(RunStates.ENGINE);
    String jar =
        XmlProcessReader.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains(RunStates.ENGINE);
  }

  /** A run that stands at every kind of token at once. */
  static Player everyShape() {
    return Player.of(EVERY_SHAPE)
        .truth("f1", "f2", "f3", "f4", "f5")
        .outcome("waiting", Outcome.WAIT, Outcome.WAIT)
        .outcome("failing", new Outcome.Failed("The list is full"), new Outcome.Failed("again"))
        .start();
  }
}
