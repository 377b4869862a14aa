package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.process.ProcessModel.NodeKind;
import io.leadloom.process.Processes.Problem;
import io.leadloom.process.Processes.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BpmnReaderTest {

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

  @ParameterizedTest
  @ValueSource(strings = {"bpmn:", "bpmn2:", "semantic:", ""})
  void any_prefix_is_read(String prefix) {
    Bpmn bpmn = straight().prefix(prefix);
    Reading.Readable reading = readable(bpmn);
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.model().nodes()).containsOnlyKeys("start", "a", "end");
    assertThat(new JbpmProcesses().compile(reading.model(), "1").start(new Player(null)).ended())
        .isTrue();
  }

  @Test
  void settings_are_kept_as_they_were_written() {
    String written = "{ \"type\" : \"lead.created\",\n \"condition\": {\"criteria\":[]} }";
    Bpmn bpmn =
        Bpmn.process("p")
            .element(
                "start",
                "startEvent",
                "",
                Bpmn.extension("<leadloom:trigger>" + written + "</leadloom:trigger>"))
            .element(
                "a",
                "callActivity",
                "",
                Bpmn.extension(
                    "<leadloom:card type=\"automation.send\"><![CDATA[{\"automation\":\"a<b\"}]]></leadloom:card>"))
            .end("end")
            .flow("start", "a", "end");
    ProcessModel model = readable(bpmn).model();
    assertThat(model.bpmn()).isEqualTo(bpmn.xml());
    assertThat(model.start()).isEqualTo("start");
    assertThat(model.node("start").orElseThrow().settings()).isEqualTo(written);
    assertThat(model.node("a").orElseThrow().card()).isEqualTo("automation.send");
    assertThat(model.node("a").orElseThrow().settings()).isEqualTo("{\"automation\":\"a<b\"}");
    assertThat(model.node("a").orElseThrow().name()).isEqualTo("The a");
  }

  @Test
  void the_process_s_own_settings_are_read() {
    String xml =
        straight()
            .xml()
            .replace(
                "isExecutable=\"true\">",
                "isExecutable=\"true\"><bpmn:documentation>x</bpmn:documentation><bpmn:extensionElements>"
                    + "<leadloom:automation>{\"timeZone\":\"Asia/Kolkata\"}</leadloom:automation>"
                    + "</bpmn:extensionElements>");
    assertThat(Player.model(xml).extension())
        .containsExactly(java.util.Map.entry("automation", "{\"timeZone\":\"Asia/Kolkata\"}"));
  }

  @Test
  void a_timer_without_settings_gets_them_from_its_definition() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .element("w", "intermediateCatchEvent", "", Bpmn.timerDefinition("P1DT4H"))
            .element(
                "d",
                "intermediateCatchEvent",
                "",
                "<@timerEventDefinition><@timeDate>2026-12-24T09:00</@timeDate></@timerEventDefinition>")
            .end("end")
            .flow("start", "w", "d", "end");
    assertThat(problems(bpmn)).isEmpty();
    ProcessModel model = readable(bpmn).model();
    assertThat(model.node("w").orElseThrow().settings())
        .isEqualTo("{\"kind\":\"duration\",\"iso\":\"P1DT4H\"}");
    assertThat(model.node("d").orElseThrow().settings())
        .isEqualTo("{\"kind\":\"until\",\"date\":\"2026-12-24T09:00\"}");
  }

  /** AUT-038 to AUT-044: the order the author sees decides. */
  @Test
  void flows_are_in_order_of_priority_with_the_default_last() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .exclusive("gate", "other")
            .end("end")
            .flow("start", "gate")
            .flowNamed("other", "gate", "end")
            .when("zebra", "gate", "end")
            .when("apple", "gate", "end");
    ProcessModel model = readable(bpmn).model();
    assertThat(model.outgoing("gate"))
        .extracting(ProcessModel.Flow::id)
        .containsExactly("zebra", "apple", "other");
    assertThat(model.node("gate").orElseThrow().kind()).isEqualTo(NodeKind.EXCLUSIVE);
  }

  @Test
  void all_problems_are_told_with_element_name_value_and_expectation() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .element("script", "scriptTask", "", "<@script>System.exit(1)</@script>")
            .exclusive("gate")
            .element("empty", "serviceTask", "", "")
            .card("lost")
            .end("end")
            .flow("start", "script", "gate", "empty", "end")
            .flow("gate", "end");
    List<Problem> problems = readable(bpmn).problems();
    assertThat(problems)
        .extracting(problem -> problem.element() + "." + problem.field())
        .contains("script.element", "empty.card", "gate.default", "lost.outgoing", "lost.incoming")
        .filteredOn(problem -> problem.endsWith(".condition"))
        .hasSize(2);
    assertThat(problems)
        .contains(
            new Problem(
                "script",
                "The script",
                "element",
                "scriptTask",
                "A card instead of a script: scripts are not run"));
    assertThat(readable(bpmn).model().nodes()).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "scriptTask",
    "userTask",
    "manualTask",
    "receiveTask",
    "businessRuleTask",
    "subProcess",
    "adHocSubProcess",
    "transaction",
    "complexGateway"
  })
  void elements_that_runs_do_not_have_are_refused(String element) {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .element("x", element, "", "")
            .end("end")
            .flow("start", "x", "end");
    assertThat(problems(bpmn)).containsExactly("x.element");
  }

  @ParameterizedTest
  @CsvSource({
    "x.card, serviceTask, ''",
    "x.card.type, serviceTask, <@extensionElements><leadloom:card>{}</leadloom:card></@extensionElements>",
    "x.card, serviceTask, <@extensionElements><leadloom:card type='a'>{no json}</leadloom:card></@extensionElements>",
    "x.card, serviceTask, <@extensionElements><leadloom:card type='a'>[1]</leadloom:card></@extensionElements>",
    "x.card, serviceTask, <@extensionElements><leadloom:card type='a'/><leadloom:card type='b'/></@extensionElements>",
    "x.event, intermediateCatchEvent, ''",
    "x.event, intermediateCatchEvent, <@conditionalEventDefinition/>",
    "x.event, intermediateCatchEvent, <@signalEventDefinition/>",
    "x.wait, intermediateCatchEvent, <@timerEventDefinition/>",
    "x.timeDuration, intermediateCatchEvent, <@timerEventDefinition><@timeDuration>4 hours</@timeDuration></@timerEventDefinition>",
    "x.timeDuration, intermediateCatchEvent, <@timerEventDefinition><@timeDuration>PT</@timeDuration></@timerEventDefinition>",
    "x.timeDate, intermediateCatchEvent, <@timerEventDefinition><@timeDate>2026-02-30</@timeDate></@timerEventDefinition>",
    "x.event, intermediateThrowEvent, <@signalEventDefinition/>"
  })
  void settings_that_do_not_fit_are_refused(String problem, String element, String body) {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .element("x", element, "", body)
            .end("end")
            .flow("start", "x", "end");
    assertThat(problems(bpmn)).containsExactly(problem);
  }

  @Test
  void repetitions_are_refused() {
    String cycle = "<@timerEventDefinition><@timeCycle>R/PT1H</@timeCycle></@timerEventDefinition>";
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .element("x", "intermediateCatchEvent", "", cycle)
            .end("end")
            .flow("start", "x", "end");
    assertThat(problems(bpmn)).containsExactly("x.timeCycle", "x.wait");
  }

  @Test
  void loop_markers_and_compensation_are_refused() {
    String card = Bpmn.extension("<leadloom:card type=\"tag.add\">{}</leadloom:card>");
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .element("x", "serviceTask", "", card + "<@multiInstanceLoopCharacteristics/>")
            .element(
                "y",
                "serviceTask",
                " isForCompensation=\"true\"",
                card + "<@standardLoopCharacteristics/>")
            .end("end")
            .flow("start", "x", "y", "end");
    assertThat(problems(bpmn)).containsExactly("x.loop", "y.loop", "y.isForCompensation");
  }

  @Test
  void a_start_needs_to_be_plain_and_alone() {
    Bpmn bpmn =
        Bpmn.process("p")
            .start()
            .element("second", "startEvent", "", "<@signalEventDefinition/>")
            .end("end")
            .flow("start", "end")
            .flow("second", "end");
    assertThat(problems(bpmn)).contains("second.event", "second.start");
    assertThat(problems(Bpmn.process("p").card("a").flow("a", "a"))).contains("p.start");
    assertThat(problems(Bpmn.process("p").start().card("a").flow("start", "a")))
        .contains("p.end", "a.outgoing");
  }

  @Test
  void several_processes_and_data_stores_are_refused() {
    Bpmn bpmn = straight().element("store", "dataStoreReference", "", "");
    String xml = bpmn.xml().replace("</bpmn:process>", "</bpmn:process><bpmn:process id=\"q\"/>");
    Reading.Readable reading = (Reading.Readable) new JbpmProcesses().read(xml);
    assertThat(reading.problems())
        .extracting(problem -> problem.element() + "." + problem.field())
        .containsExactly("q.process", "store.element");
  }

  @Test
  void duplicate_ids_and_dangling_references_are_named() {
    Bpmn bpmn =
        straight()
            .element("b", "serviceTask", "", "")
            .edge("a", "b", "nowhere", "")
            .edge("g", "nobody", "end", "")
            .element(
                "late", "boundaryEvent", " attachedToRef=\"gone\"", Bpmn.timerDefinition("PT1H"))
            .exclusive("gate", "missing")
            .element(
                "s",
                "intermediateCatchEvent",
                "",
                "<@signalEventDefinition signalRef=\"unknown\"/>");
    assertThat(problems(bpmn))
        .contains(
            "a.id",
            "a.targetRef",
            "g.sourceRef",
            "b.outgoing",
            "late.attachedToRef",
            "gate.default",
            "s.signalRef");
    String noIds = straight().xml().replace(" id=\"a\"", "");
    assertThat(((Reading.Readable) new JbpmProcesses().read(noIds)).problems())
        .extracting(Problem::field)
        .contains("id");
  }
}
