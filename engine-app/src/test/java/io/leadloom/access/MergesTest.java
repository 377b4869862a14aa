package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Records that mean the same become one, and can be taken apart again. */
@LeadloomTest
class MergesTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired MutableClock clock;

  private People people;
  private Caller admin;
  private String mark;

  @BeforeEach
  void admin() {
    people = new People(http, staff);
    admin = people.admin();
    mark = UUID.randomUUID().toString().substring(0, 13);
  }

  private long lead(Object... values) {
    Map<String, Object> map = new HashMap<>(Map.of("lastName", mark));
    for (int i = 0; i < values.length; i += 2) {
      map.put((String) values[i], values[i + 1]);
    }
    map.putIfAbsent("phone", "+4930" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999));
    return admin.make("leads", map);
  }

  private JsonNode get(String path) {
    return admin.get(path).is(200).json();
  }

  private static Map<String, Object> with(long... others) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (long other : others) {
      records.add(Map.of("id", other));
    }
    return Map.of("records", records);
  }

  private long merge(long survivor, Map<String, Object> body) {
    return admin.post("/leads/" + survivor + "/merge", body).is(200).json().path("merge").asLong();
  }

  private JsonNode undo(long survivor, long merge) {
    return admin.post("/leads/" + survivor + "/merges/undo", Map.of("merge", merge)).is(200).json();
  }

  private long activity(long lead, String subject) {
    return admin
        .post(
            "/activities",
            Map.of("type", "email-sent", "values", Map.of("lead", lead, "subject", subject)))
        .is(201)
        .id();
  }

  private String value(long lead, String field) {
    JsonNode value = get("/leads/" + lead).path("values").path(field);
    return value.isMissingNode() ? null : value.asText();
  }

  private List<String> timeline(long lead) {
    List<String> shown = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("/leads/" + lead + "/timeline?limit=2" + cursor);
      page.path("items")
          .forEach(
              item -> shown.add(item.path("kind").asText() + " " + item.path("detail").asText()));
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : null;
    } while (cursor != null);
    return shown;
  }

  @Test
  void theSurvivorKeepsItsValuesFillsItsGapsAndTakesWhatIsChosen() {
    long a = lead("city", "Pune", "company", "Old " + mark, "doNotEmail", false);
    long b =
        lead(
            "city",
            "Goa",
            "company",
            "New " + mark,
            "zip",
            "403001",
            "doNotEmail",
            true,
            "email",
            mark + "@example.com");
    Map<String, Object> body = new HashMap<>(with(b));
    body.put("version", get("/leads/" + a).path("version").asInt());
    body.put("take", Map.of("company", b));
    merge(a, body);
    assertThat(value(a, "city")).isEqualTo("Pune");
    assertThat(value(a, "company")).isEqualTo("New " + mark);
    assertThat(value(a, "zip")).isEqualTo("403001");
    assertThat(value(a, "email")).isEqualTo(mark + "@example.com");
    assertThat(value(a, "doNotEmail")).isEqualTo("true");
  }

  @Test
  void whatBelongsToTheOthersGoesToTheSurvivorAndTheirHistoryStaysReadableWithIt() {
    long a = lead();
    long b = lead();
    clock.advance(Duration.ofSeconds(1));
    long first = activity(a, "first");
    clock.advance(Duration.ofSeconds(1));
    long second = activity(b, "second");
    long note = admin.make("notes", Map.of("text", "noted", "lead", b));
    long task = admin.make("tasks", Map.of("type", "call", "title", "ring", "lead", b));
    long list = admin.post("/lists", Map.of("name", "L " + mark)).is(201).id();
    admin.post("/lists/" + list + "/members", Map.of("refs", List.of("lead/" + b))).is(200);
    admin.post("/leads/" + b + "/tags", Map.of("tags", List.of("Vip " + mark))).is(200);
    admin.post("/leads/" + b + "/follow-ups", Map.of("comment", "spoken")).is(201);
    clock.advance(Duration.ofSeconds(1));
    merge(a, with(b));
    for (String path : List.of("/activities/" + second, "/notes/" + note, "/tasks/" + task)) {
      assertThat(get(path).path("values").path("lead").asLong()).as(path).isEqualTo(a);
    }
    assertThat(get("/leads/" + a).path("tags")).hasSize(1);
    assertThat(get("/lists/" + list + "/members").path("items")).hasSize(1);
    assertThat(get("/lists/" + list + "/members").path("items").get(0).path("id").asLong())
        .isEqualTo(a);
    assertThat(get("/leads/" + a + "/follow-ups").path("items")).hasSize(1);
    List<String> timeline = timeline(a);
    assertThat(timeline).contains("lead.merged ", "activity.created second", "lead.mergedInto ");
    assertThat(timeline.indexOf("activity.created first"))
        .isGreaterThan(timeline.indexOf("activity.created second"));
    assertThat(get("/activities/" + first).path("values").path("lead").asLong()).isEqualTo(a);
  }

  @Test
  void theIdOfAMergedRecordKeepsResolvingAlsoAfterAnotherMergeAndForWriters() {
    long a = lead();
    long b = lead();
    long c = lead();
    merge(b, with(c));
    merge(a, with(b));
    for (long id : List.of(b, c)) {
      JsonNode found = get("/leads/" + id);
      assertThat(found.path("id").asLong()).isEqualTo(a);
      assertThat(found.path("mergedInto").asLong()).isEqualTo(a);
    }
    assertThat(get("/leads/" + a).has("mergedInto")).isFalse();
    admin.patch("/leads/" + c, Map.of("values", Map.of("city", "Goa"))).is(200);
    assertThat(value(a, "city")).isEqualTo("Goa");
    long activity = activity(c, "late");
    assertThat(get("/activities/" + activity).path("values").path("lead").asLong()).isEqualTo(a);
    admin.post("/leads/" + c + "/restore").is(422).says("id", "part of lead/" + a);
    admin.delete("/leads/" + c).is(404);
    assertThat(get("/leads/trash?limit=200").toString()).doesNotContain("\"id\":" + c + ",");
  }

  @Test
  void whoHasSeenAnOlderVersionOfAnyOfThemIsTold() {
    long a = lead();
    long b = lead();
    int seen = get("/leads/" + b).path("version").asInt();
    admin.patch("/leads/" + b, Map.of("values", Map.of("city", "Goa"))).is(200);
    JsonNode conflict =
        admin
            .post(
                "/leads/" + a + "/merge",
                Map.of("records", List.of(Map.of("id", b, "version", seen))))
            .is(409)
            .json();
    assertThat(conflict.path("current").path("id").asLong()).isEqualTo(b);
    assertThat(get("/leads/" + b).path("id").asLong()).isEqualTo(b);
  }

  @Test
  void oneMergesOnlyWhatOneMayDeleteIntoWhatOneMayChange() {
    People.Somebody one = people.hire(null, Role.SALES);
    People.Somebody other = people.hire(null, Role.SALES);
    long mine = one.api().make("leads", Map.of("lastName", mark));
    long mineToo = one.api().make("leads", Map.of("lastName", mark));
    long foreign = other.api().make("leads", Map.of("lastName", mark));
    one.api().post("/leads/" + mine + "/merge", with(foreign)).is(404);
    one.api().get("/leads/merge?ids=" + mine + "," + foreign).is(404);
    one.api().post("/leads/" + mine + "/merge", with(mine)).is(422).says("records", "different");
    one.api().get("/leads/merge?ids=" + mine + "," + mineToo).is(200);
    long merge =
        one.api()
            .post("/leads/" + mine + "/merge", with(mineToo))
            .is(200)
            .json()
            .path("merge")
            .asLong();
    other.api().post("/leads/" + mine + "/merges/undo", Map.of("merge", merge)).is(404);
    other.api().get("/leads/" + mineToo).is(404);
  }

  @Test
  void aMergeIsTakenBackWithWhatBelongedToThem() {
    long a = lead("city", "Pune");
    long b = lead("zip", "1", "city", "Goa");
    activity(a, "of a");
    long moved = activity(b, "of b");
    String scoreOfA = value(a, "score");
    long list = admin.post("/lists", Map.of("name", "L " + mark)).is(201).id();
    admin.post("/lists/" + list + "/members", Map.of("refs", List.of("lead/" + b))).is(200);
    admin.post("/leads/" + b + "/tags", Map.of("tags", List.of("Vip " + mark))).is(200);
    long merge = merge(a, with(b));
    long later = activity(a, "later");
    assertThat(get("/leads/" + a + "/merges").path("items").get(0).path("id").asLong())
        .isEqualTo(merge);
    JsonNode report = get("/leads/" + a + "/merges/undo?merge=" + merge);
    assertThat(report.path("kept")).isEmpty();
    assertThat(report.path("elsewhere").asInt()).isZero();
    undo(a, merge);
    assertThat(get("/leads/" + b).path("id").asLong()).isEqualTo(b);
    assertThat(value(b, "city")).isEqualTo("Goa");
    assertThat(value(a, "zip")).isNull();
    assertThat(value(a, "score")).isEqualTo(scoreOfA);
    assertThat(get("/activities/" + moved).path("values").path("lead").asLong()).isEqualTo(b);
    assertThat(get("/activities/" + later).path("values").path("lead").asLong()).isEqualTo(a);
    assertThat(get("/leads/" + a).path("tags")).isEmpty();
    assertThat(get("/leads/" + b).path("tags")).hasSize(1);
    assertThat(get("/lists/" + list + "/members").path("items").get(0).path("id").asLong())
        .isEqualTo(b);
    assertThat(get("/leads/" + a + "/merges").path("items")).isEmpty();
    admin.post("/leads/" + a + "/merges/undo", Map.of("merge", merge)).is(409);
  }

  @Test
  void whatWasChangedSinceTheMergeIsReportedAndStays() {
    long a = lead("city", "Pune");
    long b = lead("zip", "1", "country", "India");
    long moved = activity(b, "of b");
    long c = lead();
    long merge = merge(a, with(b));
    admin.patch("/leads/" + a, Map.of("values", Map.of("zip", "2"))).is(200);
    admin.patch("/activities/" + moved, Map.of("values", Map.of("lead", c))).is(200);
    JsonNode report = undo(a, merge);
    assertThat(report.path("kept")).hasSize(1);
    assertThat(report.path("kept").get(0).path("field").asText()).isEqualTo("zip");
    assertThat(report.path("elsewhere").asInt()).isEqualTo(1);
    assertThat(value(a, "zip")).isEqualTo("2");
    assertThat(value(a, "country")).isNull();
    assertThat(get("/activities/" + moved).path("values").path("lead").asLong()).isEqualTo(c);
  }

  @Test
  void aSurvivorThatWasMergedItselfIsTakenApartFromTheLastMergeOn() {
    long a = lead();
    long b = lead();
    long c = lead();
    long inner = merge(b, with(c));
    long moved = activity(b, "of b");
    long outer = merge(a, with(b));
    admin.post("/leads/" + b + "/merges/undo", Map.of("merge", inner)).is(409);
    undo(a, outer);
    assertThat(get("/activities/" + moved).path("values").path("lead").asLong()).isEqualTo(b);
    undo(b, inner);
    assertThat(get("/leads/" + c).path("id").asLong()).isEqualTo(c);
  }

  @Test
  void afterThirtyDaysItIsTooLateButTheIdStillResolves() {
    long a = lead();
    long b = lead();
    long merge = merge(a, with(b));
    clock.advance(Duration.ofDays(30).plusSeconds(1));
    admin.post("/leads/" + a + "/merges/undo", Map.of("merge", merge)).is(409);
    assertThat(get("/leads/" + a + "/merges").path("items").get(0).path("undoableUntil").isNull())
        .isTrue();
    assertThat(get("/leads/" + b).path("id").asLong()).isEqualTo(a);
  }

  @Test
  void contactsGiveTheirUniqueAddressesAndTheirLeadsToTheSurvivor() {
    long a = admin.make("contacts", Map.of("lastName", mark));
    long b = admin.make("contacts", Map.of("lastName", mark, "email", mark + "@example.com"));
    long lead = admin.make("leads", Map.of("email", mark + "@example.com"));
    assertThat(get("/leads/" + lead).path("values").path("contact").asLong()).isEqualTo(b);
    long merge =
        admin.post("/contacts/" + a + "/merge", with(b)).is(200).json().path("merge").asLong();
    assertThat(get("/leads/" + lead).path("values").path("contact").asLong()).isEqualTo(a);
    long next = admin.make("leads", Map.of("email", mark + "@example.com"));
    assertThat(get("/leads/" + next).path("values").path("contact").asLong()).isEqualTo(a);
    admin.post("/contacts/" + a + "/merges/undo", Map.of("merge", merge)).is(200);
    assertThat(get("/leads/" + lead).path("values").path("contact").asLong()).isEqualTo(b);
    assertThat(get("/contacts/" + b).path("values").path("email").asText())
        .isEqualTo(mark + "@example.com");
  }

  @Test
  void aValueThatCannotBeTakenIsNamed() {
    long a = lead();
    long b = lead();
    Map<String, Object> body = new HashMap<>(with(b));
    body.put("take", Map.of("score", b, "city", 5));
    admin
        .post("/leads/" + a + "/merge", body)
        .is(422)
        .says("take.score", "a field")
        .says("take.city", "one of the records");
  }
}
