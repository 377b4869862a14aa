package io.leadloom.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.process.Processes.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send as BPMN. */
class BpmnDoorTest {

  private static final Bpmn WHOLE =
      Bpmn.process("p")
          .start()
          .exclusive("gate", "f2")
          .card("a", "b")
          .boundaryTimer("late", "a", false)
          .boundaryError("wrong", "a")
          .eventGateway("first")
          .event("clicked")
          .timer("w")
          .parallel("split")
          .linkTo("away", "L")
          .linkFrom("here", "L")
          .end("end")
          .stop("stop")
          .flow("start", "gate")
          .when("f1", "gate", "a")
          .flowNamed("f2", "gate", "first")
          .flow("a", "split", "b", "end")
          .flow("split", "away")
          .flow("here", "end")
          .flow("late", "end")
          .flow("wrong", "stop")
          .flow("first", "clicked", "end")
          .flow("first", "w", "end");

  private static Reading read(String document) {
    return new JbpmProcesses().read(document);
  }

  private static String refused(String document) {
    Reading reading = read(document);
    assertThat(reading).isInstanceOf(Reading.Unreadable.class);
    return ((Reading.Unreadable) reading).problems().get(0).expectation();
  }

  @Test
  void a_doctype_is_refused_whatever_it_declares() {
    String xml = WHOLE.xml();
    for (String doctype :
        new String[] {
          "<!DOCTYPE x>",
          "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
          "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
          "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x.dtd\"> %p;]>",
          "<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
              + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
        }) {
      assertThat(refused(xml.replace("?>", "?>" + doctype))).contains("DOCTYPE");
      assertThat(read(xml.replace("?>", "?>" + doctype).replace("The a", "&e;&c;")))
          .isInstanceOf(Reading.Unreadable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{}",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "&x;",
        "<a>&x;</a>",
        "<definitions/>",
        "<x:definitions/>",
        "<bpmn:definitions xmlns:bpmn='http://www.omg.org/spec/BPMN/20100524/MODEL'/>",
        "<a b='1' b='2'/>",
        "<a>\u0001</a>",
        "<?xml version='1.7'?><a/>",
        "PK\u0003\u0004"
      })
  void what_is_not_bpmn_is_refused(String document) {
    assertThat(read(document)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void a_byte_order_mark_and_any_declared_encoding_are_fine_in_text() {
    String xml = WHOLE.xml();
    assertThat(read("\uFEFF" + xml)).isInstanceOf(Reading.Readable.class);
    assertThat(((Reading.Readable) read(xml.replace("UTF-8", "UTF-16"))).problems()).isEmpty();
    assertThat(((Reading.Readable) read(xml.replace("The a", "Größe 漢字 😀"))).problems()).isEmpty();
  }

  @Test
  void text_that_was_decoded_wrongly_is_refused() {
    String xml = WHOLE.xml().replace("The a", "Größe");
    assertThat(
            refused(new String(xml.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)))
        .contains("UTF-8");
    assertThat(
            refused(
                new String(xml.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1)))
        .contains("UTF-8");
  }

  @Test
  @Timeout(60)
  void too_much_is_refused_quickly() {
    assertThat(refused("<a>" + "x".repeat(5_000_000) + "</a>")).contains("4 MB");
    assertThat(refused("<a>".repeat(100_000))).contains("64 deep");
    assertThat(refused("<a>" + "<b/>".repeat(200_000) + "</a>")).contains("XML elements");
    String flow = "<bpmn:sequenceFlow id=\"x\"/>";
    assertThat(
            refused(WHOLE.xml().replace("</bpmn:process>", flow.repeat(6_000) + "</bpmn:process>")))
        .contains("6000 flows");
    Bpmn cards = Bpmn.process("p").start().end("end").flow("start", "end");
    for (int i = 0; i < 10_000; i++) {
      cards.card("c" + i);
    }
    String xml = cards.xml();
    long from = System.nanoTime();
    assertThat(refused(xml)).contains("2000");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void texts_in_problems_are_short_whatever_the_document_says() {
    String xml =
        WHOLE
            .xml()
            .replace("The a\"", "x".repeat(100_000) + "\"")
            .replace("{\"tags\"", "y".repeat(100_000));
    assertThat(((Reading.Readable) read(xml)).problems())
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(2_000));
  }

  @Test
  void many_problems_are_cut_off() {
    Bpmn cards = Bpmn.process("p").start().end("end").flow("start", "end");
    for (int i = 0; i < 1_900; i++) {
      cards.card("c" + i);
    }
    assertThat(((Reading.Readable) read(cards.xml())).problems()).hasSize(501);
  }

  @Test
  void deep_json_is_refused_not_followed() {
    String deep = "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000);
    String xml = WHOLE.xml().replaceFirst("\\{\"tags\":\\[\"x\"]}", deep);
    assertThat(((Reading.Readable) read(xml)).problems()).isNotEmpty();
  }

  @Property(tries = 400)
  void a_changed_document_never_breaks_the_door(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder xml = new StringBuilder(WHOLE.xml());
    for (int change = 1 + random.nextInt(8); change > 0; change--) {
      int from = random.nextInt(xml.length());
      int to = Math.min(xml.length(), from + random.nextInt(60));
      switch (random.nextInt(5)) {
        case 0 -> xml.delete(from, to);
        case 1 -> xml.insert(from, xml.substring(from, to));
        case 2 -> xml.setCharAt(from, (char) random.nextInt(0x300));
        case 3 -> swapWord(xml, random);
        default -> {
          String moved = xml.substring(from, to);
          xml.delete(from, to).insert(random.nextInt(xml.length()), moved);
        }
      }
    }
    Reading reading = read(xml.toString());
    if (reading instanceof Reading.Readable readable && readable.problems().isEmpty()) {
      Player player = new Player(new JbpmProcesses().compile(readable.model(), "1"));
      Assertions.assertThatCode(player::start).doesNotThrowAnyException();
    }
  }

  private static void swapWord(StringBuilder xml, Random random) {
    String[] words = {
      "gate",
      "start",
      "end",
      "late",
      "first",
      "split",
      "away",
      "here",
      "w",
      "exclusiveGateway",
      "parallelGateway",
      "endEvent",
      "startEvent",
      "boundaryEvent",
      "timerEventDefinition",
      "flow3",
      "f1",
      "f2",
      "outgoing",
      "targetRef"
    };
    String word = words[random.nextInt(words.length)];
    int at = xml.indexOf(word, random.nextInt(xml.length()));
    if (at >= 0) {
      xml.replace(at, at + word.length(), words[random.nextInt(words.length)]);
    }
  }
}
