package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.connection.Deliveries;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** What stands around a lead on its page: the leads beside it, its owners, what happened by kind. */
@LeadloomTest
class LeadPageTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired MutableClock clock;
  @Autowired Deliveries deliveries;
  @Autowired TransactionTemplate writing;

  private final String mark = UUID.randomUUID().toString();
  private Caller admin;
  private Somebody ravi;
  private Somebody mia;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    ravi = people.hire(null, Role.SALES);
    mia = people.hire(null, Role.SALES);
    clock.setTo(Instant.parse("2026-05-10T09:00:00Z"));
  }

  private long lead(Caller by, Map<String, Object> more) {
    Map<String, Object> values = new java.util.HashMap<>(more);
    values.putIfAbsent("lastName", "Page");
    values.put("zip", mark);
    return by.make("leads", values);
  }

  private JsonNode beside(Caller by, long lead, String filter, String sort) {
    return by.get("/leads/" + lead + "/neighbours?sort=" + sort + "&filter=" + encoded(filter))
        .is(200)
        .json();
  }

  private static String encoded(String filter) {
    return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void goingFromLeadToLeadShowsTheListInItsOrderAndBack() {
    for (int i = 0; i < 7; i++) {
      Map<String, Object> values = new java.util.HashMap<>();
      if (i % 3 > 0) {
        values.put("city", "c" + i % 2);
      }
      if (i % 3 == 1) {
        values.put("flag", "By hand");
      }
      lead(admin, values);
      clock.advance(Duration.ofSeconds(i % 2));
    }
    String filter = "zip = \"" + mark + "\"";
    for (String sort : List.of("-flag", "flag", "-createdAt", "city", "-city", "stage", "-stage")) {
      List<Long> listed =
          admin.get("/leads?limit=50&sort=" + sort + "&filter=" + encoded(filter)).is(200).ids();
      assertThat(listed).hasSize(7);
      assertThat(walk(listed.get(0), filter, sort, "next")).as(sort).isEqualTo(listed);
      List<Long> back = new ArrayList<>(listed);
      Collections.reverse(back);
      assertThat(walk(back.get(0), filter, sort, "previous")).as(sort).isEqualTo(back);
    }
  }

  private List<Long> walk(long from, String filter, String sort, String way) {
    List<Long> seen = new ArrayList<>(List.of(from));
    JsonNode to = beside(admin, from, filter, sort).path(way);
    while (to.isNumber() && seen.size() < 20) {
      seen.add(to.asLong());
      to = beside(admin, to.asLong(), filter, sort).path(way);
    }
    return seen;
  }

  @Test
  void aLeadThatLeftTheListStillKnowsWhereItStoodAndNobodySeesOthersLeads() {
    long first = lead(ravi.api(), Map.of("city", "Pune"));
    clock.advance(Duration.ofSeconds(1));
    long hidden = lead(mia.api(), Map.of("city", "Pune"));
    clock.advance(Duration.ofSeconds(1));
    long middle = lead(ravi.api(), Map.of("city", "Pune"));
    clock.advance(Duration.ofSeconds(1));
    long last = lead(ravi.api(), Map.of("city", "Pune"));
    String filter = "city = \"Pune\" and zip = \"" + mark + "\"";
    ravi.api().patch("/leads/" + middle, Map.of("values", Map.of("city", "Goa"))).is(200);
    JsonNode beside = beside(ravi.api(), middle, filter, "-createdAt");
    assertThat(beside.path("previous").asLong()).isEqualTo(last);
    assertThat(beside.path("next").asLong()).as("not " + hidden).isEqualTo(first);
    ravi.api().get("/leads/" + hidden + "/neighbours").is(404);
    ravi.api().get("/leads/" + middle + "/neighbours?sort=nothing").is(422);
  }

  @Test
  void LEAD_123_everyOwnerIsListedWithFromAndTo() {
    long lead = lead(admin, Map.of("owner", ravi.id()));
    clock.advance(Duration.ofHours(1));
    admin.patch("/leads/" + lead, Map.of("values", Map.of("city", "Pune"))).is(200);
    admin.patch("/leads/" + lead, Map.of("values", Map.of("owner", mia.id()))).is(200);
    clock.advance(Duration.ofHours(1));
    admin
        .patch("/leads/" + lead, Map.of("values", Collections.singletonMap("owner", null)))
        .is(200);
    clock.advance(Duration.ofHours(1));
    admin.patch("/leads/" + lead, Map.of("values", Map.of("owner", ravi.id()))).is(200);

    JsonNode owners = admin.get("/leads/" + lead + "/owners").is(200).json().path("items");
    List<String> told = new ArrayList<>();
    for (JsonNode owner : owners) {
      told.add(
          owner.path("userId").asLong()
              + " "
              + owner.path("from").asText().substring(11, 16)
              + " "
              + owner.path("to").asText("now").replaceAll(".*T(.{5}).*", "$1"));
    }
    assertThat(told)
        .containsExactly(
            ravi.id() + " 12:00 now", mia.id() + " 10:00 11:00", ravi.id() + " 09:00 10:00");
    assertThat(owners.get(0).path("userName").asText()).isNotBlank();
    mia.api().get("/leads/" + lead + "/owners").is(404);
  }

  @Test
  void theTimelineShowsOnlyTheKindsThatAreAskedFor() {
    long lead = lead(admin, Map.of());
    admin.patch("/leads/" + lead, Map.of("values", Map.of("city", "Pune"))).is(200);
    admin.post("/leads/" + lead + "/follow-ups", Map.of("comment", "Called")).is(201);
    admin.make("notes", Map.of("lead", lead, "text", "Asked for a price"));
    admin.make("tasks", Map.of("lead", lead, "title", "Send it", "type", "follow-up"));

    assertThat(kinds(lead, "")).contains("lead.created", "note.created", "activity.created");
    assertThat(kinds(lead, "?kinds=notes")).containsExactly("note.created");
    assertThat(kinds(lead, "?kinds=tasks,notes")).containsExactly("note.created", "task.created");
    assertThat(kinds(lead, "?kinds=activities")).containsExactly("activity.created");
    assertThat(kinds(lead, "?kinds=changes")).containsExactly("lead.created", "lead.updated");
    assertThat(kinds(lead, "?kinds=messages")).isEmpty();
    admin.get("/leads/" + lead + "/timeline?kinds=gossip").is(422).says("kinds", "activities");

    List<String> paged = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page =
          admin
              .get(
                  "/leads/"
                      + lead
                      + "/timeline?kinds=notes,tasks,activities&limit=1"
                      + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .is(200)
              .json();
      page.path("items").forEach(item -> paged.add(item.path("kind").asText()));
      cursor = page.path("next").asText(null);
    }
    assertThat(paged).containsExactly("task.created", "note.created", "activity.created");
  }

  private Set<String> kinds(long lead, String query) {
    Set<String> kinds = new TreeSet<>();
    admin
        .get("/leads/" + lead + "/timeline" + query)
        .is(200)
        .json()
        .path("items")
        .forEach(item -> kinds.add(item.path("kind").asText()));
    return kinds;
  }

  private void send(long lead, String subject) {
    send(lead, mark + "@x.test", subject);
  }

  private JsonNode messages(Caller by, long lead, String query) {
    return by.get("/leads/" + lead + "/messages" + query).is(200).json();
  }

  @Test
  void LEAD_126_messagesAreListedWithTheirStatusAlsoThoseThatNoRunWaitsFor() {
    long lead = lead(ravi.api(), Map.of());
    send(lead, "Prices of May");
    send(lead, "Prices of June");
    await()
        .untilAsserted(
            () ->
                assertThat(messages(ravi.api(), lead, "").findValuesAsText("status"))
                    .containsExactly("delivered", "delivered"));
    assertThat(kinds(lead, "?kinds=messages")).as("LEAD-124").containsExactly("lead.delivered");
    JsonNode first = messages(ravi.api(), lead, "?limit=1");
    assertThat(first.path("total").asInt()).isEqualTo(2);
    assertThat(first.at("/items/0/subject").asText()).isEqualTo("Prices of June");
    assertThat(first.at("/items/0/to").asText()).isEqualTo(mark + "@x.test");
    JsonNode second = messages(ravi.api(), lead, "?limit=1&cursor=" + first.path("next").asText());
    assertThat(second.at("/items/0/subject").asText()).isEqualTo("Prices of May");
    assertThat(second.path("next").isNull()).isTrue();
    mia.api().get("/leads/" + lead + "/messages").is(404);
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", Map.of("email", "hidden")))))
        .is(200);
    assertThat(messages(ravi.api(), lead, "").toString())
        .contains("delivered")
        .doesNotContain("x.test")
        .doesNotContain("Prices");
  }

  private void send(long lead, String to, String subject) {
    writing.executeWithoutResult(
        status ->
            deliveries.enqueue(
                List.of(
                    new Deliveries.Request(
                        "page:" + UUID.randomUUID(),
                        Deliveries.Channel.EMAIL,
                        RecordRef.lead(lead),
                        to,
                        "{\"subject\":\"" + subject + "\",\"text\":\"Words\",\"html\":\"\"}",
                        1,
                        null,
                        false,
                        Cause.system("test")))));
  }

  @Test
  void LEAD_126_noMessageTellsAddressesOrWordsOfWhatIsHidden() {
    String own = "own" + mark + "@x.test";
    long lead = lead(ravi.api(), Map.of("email", own));
    send(lead, own, "Offer");
    send(lead, mark + "@private.test", "For 9,000,000");
    for (Map<String, Object> exceptions :
        List.<Map<String, Object>>of(
            Map.of("fields", Map.of("lead", Map.of("city", "hidden"))),
            Map.of("fields", Map.of("contact", Map.of("email", "hidden"))),
            Map.of("fields", Map.of("account", Map.of("website", "hidden"))),
            Map.of("sections", Map.of("contact", Map.of("view", "none"))))) {
      admin.put("/users/" + ravi.id() + "/permissions", Map.of("exceptions", exceptions)).is(200);
      assertThat(messages(ravi.api(), lead, "").toString())
          .as(exceptions.toString())
          .contains(own)
          .doesNotContain("private.test", "9,000,000", "Offer");
    }
    admin.put("/users/" + ravi.id() + "/permissions", Map.of("exceptions", Map.of())).is(200);
    assertThat(messages(ravi.api(), lead, "").toString()).contains("private.test", "9,000,000");
    long foreign = admin.make("accounts", Map.of("name", "Out of reach " + mark));
    admin.patch("/leads/" + lead, Map.of("values", Map.of("account", foreign))).is(200);
    assertThat(messages(ravi.api(), lead, "").toString())
        .contains(own)
        .doesNotContain("private.test", "9,000,000");
  }

  @Test
  void LEAD_126_messagesOfMergedLeadsAreThoseOfTheSurvivor() {
    long first = lead(admin, Map.of());
    long second = lead(admin, Map.of());
    send(first, "To the first");
    send(second, "To the second");
    send(first, "To the first again");
    long merge =
        admin
            .post("/leads/" + first + "/merge", Map.of("records", List.of(Map.of("id", second))))
            .is(200)
            .json()
            .path("merge")
            .asLong();
    JsonNode page = messages(admin, first, "?limit=2");
    assertThat(page.path("total").asInt()).isEqualTo(3);
    assertThat(page.path("items").findValuesAsText("subject"))
        .containsExactly("To the first again", "To the second");
    admin.post("/leads/" + first + "/merges/undo", Map.of("merge", merge)).is(200);
    assertThat(messages(admin, first, "").path("items").findValuesAsText("subject"))
        .containsExactly("To the first again", "To the first");
  }

  @Test
  void LEAD_126_whatElseBelongsToALeadIsCountedWithinReach() {
    long account = admin.make("accounts", Map.of("name", "Page " + mark));
    long lead = lead(admin, Map.of("account", account, "owner", ravi.id()));
    long sibling = lead(admin, Map.of("account", account, "owner", ravi.id()));
    lead(admin, Map.of("account", account, "owner", mia.id()));
    for (int i = 0; i < 6; i++) {
      ravi.api().make("tasks", Map.of("lead", lead, "title", "Task " + i, "type", "follow-up"));
    }
    JsonNode around = ravi.api().get("/leads/" + lead + "/around").is(200).json();
    assertThat(around.at("/tasks/total").asInt()).isEqualTo(6);
    assertThat(around.at("/tasks/items")).hasSize(5);
    assertThat(around.at("/tasks/items/0/values/title").asText()).isEqualTo("Task 5");
    assertThat(around.at("/activities/total").asInt()).isZero();
    assertThat(around.at("/related/items").findValuesAsText("id"))
        .containsExactly(Long.toString(sibling));
    assertThat(
            ravi.api()
                .get("/leads?filter=" + encoded(around.at("/related/filter").asText()))
                .is(200)
                .ids())
        .containsExactly(sibling);
    mia.api().get("/leads/" + lead + "/around").is(404);
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", Map.of("account", "hidden")))))
        .is(200);
    JsonNode hidden = ravi.api().get("/leads/" + lead + "/around").is(200).json().path("related");
    assertThat(hidden.path("total").asInt()).as("of the same contact only").isZero();
    assertThat(hidden.path("filter").asText()).doesNotContain("account");
  }

  @Test
  void LEAD_124_filesThatComeAndGoStandInTheTimeline() {
    long lead = lead(admin, Map.of());
    long file = admin.post("/leads/" + lead + "/files?name=plan.txt", "a plan").is(201).id();
    long note = admin.make("notes", Map.of("lead", lead, "text", "See the letter"));
    admin.post("/notes/" + note + "/files?name=letter.txt", "a letter").is(201);
    admin.delete("/files/" + file).is(204);
    assertThat(kinds(lead, "?kinds=files"))
        .containsExactly("lead.fileAdded", "lead.fileRemoved", "note.fileAdded");
    assertThat(
            admin.get("/leads/" + lead + "/timeline?kinds=files").json().findValuesAsText("detail"))
        .containsExactlyInAnyOrder("plan.txt", "letter.txt", "plan.txt");
  }
}
