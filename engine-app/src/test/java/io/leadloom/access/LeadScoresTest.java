package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** What earns points, what a lead's score is after each save, and why (LEAD-143 to LEAD-152, LEAD-215). */
@LeadloomTest
@Tag("database")
class LeadScoresTest {

  private static final String SETTINGS = "/settings/lead-score";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  private People people;
  private Caller admin;
  private String mark;

  @BeforeEach
  void admin() {
    people = new People(http, staff);
    admin = people.admin();
    mark = "s" + UUID.randomUUID().toString().substring(0, 8) + NUMBER.incrementAndGet();
  }

  @AfterEach
  void delivered() {
    set(
        Map.of(
            "fields",
            Map.of(),
            "choices",
            Map.of(),
            "pointsPerView",
            1,
            "websiteCap",
            20,
            "display",
            "percentage"));
    untilScored();
  }

  private JsonNode set(Map<String, Object> wanted) {
    Map<String, Object> body = new HashMap<>(wanted);
    body.put("version", settings().path("version").asInt());
    return admin.patch(SETTINGS, body).is(200).json();
  }

  private JsonNode settings() {
    return admin.get(SETTINGS).is(200).json();
  }

  private void untilScored() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(settings().path("progress").path("state").asText()).isEqualTo("done"));
  }

  private long stage(String label) {
    return admin.post("/schema/stages", Map.of("label", label)).is(201).id();
  }

  /** The settings of LEAD-E18, with stages of their own; returns what the stages are called. */
  private List<String> settingsOfE18() {
    String fresh = "New " + mark;
    String qualified = "Qualified " + mark;
    set(
        Map.of(
            "fields",
            Map.of("email", 40, "phone", 30, "company", 30),
            "choices",
            Map.of(Long.toString(stage(fresh)), 0, Long.toString(stage(qualified)), 20),
            "websiteCap",
            20));
    return List.of(fresh, qualified);
  }

  private long lead(Object... values) {
    Map<String, Object> map = new HashMap<>(Map.of("lastName", mark));
    for (int i = 0; i < values.length; i += 2) {
      map.put((String) values[i], values[i + 1]);
    }
    return admin.make("leads", map);
  }

  private void change(long lead, String field, Object value) {
    admin.patch("/leads/" + lead, Map.of("values", Map.of(field, value))).is(200);
  }

  private void hasScore(long lead, long total, int percentage) {
    JsonNode values = admin.get("/leads/" + lead).is(200).json().path("values");
    assertThat(values.path("score").asLong()).isEqualTo(total);
    assertThat(values.path("scorePercent").asInt()).isEqualTo(percentage);
    JsonNode why = admin.get("/leads/" + lead + "/score").is(200).json();
    assertThat(why.path("total").asLong()).isEqualTo(total);
    assertThat(why.path("current").asBoolean()).as(why.toString()).isTrue();
    long sum = 0;
    for (JsonNode part : why.path("parts")) {
      sum += part.path("points").asLong();
    }
    assertThat(sum).as("the parts of " + why).isEqualTo(total);
  }

  /** A browser of the lead that has looked at so many pages. */
  private void visited(long lead, int views) {
    transactions.executeWithoutResult(
        status -> {
          jdbc.update(
              "insert into score_site (domain, code, created_at) values (?, ?, current_timestamp)",
              mark + ".example.com",
              mark);
          jdbc.update(
              "insert into score_visitor (site_id, token, lead_id, views, first_at, last_at)"
                  + " select id, ?, ?, ?, current_timestamp, current_timestamp from score_site where code = ?",
              mark,
              lead,
              views,
              mark);
        });
    admin.post(SETTINGS + "/run").is(202);
    untilScored();
  }

  private String ticket() {
    JsonNode made =
        admin
            .post(
                "/schema/activity-types",
                Map.of("key", "ticket-" + mark, "label", "Ticket " + mark, "score", 10))
            .is(201)
            .json();
    return made.path("key").asText();
  }

  private long post(String type, long lead) {
    return admin
        .post("/activities", Map.of("type", type, "values", Map.of("lead", lead)))
        .is(201)
        .id();
  }

  @Test
  void leadE18TotalAndPercentageOfAQualifiedLeadWithFivePageViews() {
    List<String> stages = settingsOfE18();
    assertThat(settings().path("maximum").asLong()).isEqualTo(140);
    long lead = lead("email", mark + "@example.com", "phone", "+15550100", "stage", stages.get(1));
    hasScore(lead, 90, 64);
    visited(lead, 5);
    hasScore(lead, 95, 68);
    assertThat(admin.get("/leads?filter=" + filter("score = 95")).is(200).ids()).contains(lead);
    assertThat(admin.get("/leads?filter=" + filter("scorePercent > 67")).is(200).ids())
        .contains(lead);
  }

  private String filter(String about) {
    return (about + " and lastName = \"" + mark + "\"")
        .replace(" ", "%20")
        .replace("\"", "%22")
        .replace(">", "%3E")
        .replace("=", "%3D");
  }

  @Test
  void leadE19FieldsWithASumAboveAHundredAreRefused() {
    int version = settings().path("version").asInt();
    admin
        .patch(SETTINGS, Map.of("version", version, "fields", Map.of("email", 60, "phone", 50)))
        .is(422)
        .says("fields", "110");
    assertThat(settings().path("version").asInt()).isEqualTo(version);
    admin
        .patch(SETTINGS, Map.of("version", version, "fields", Map.of("score", 5)))
        .is(422)
        .says("fields.score", "a field of leads");
    admin
        .patch(SETTINGS, Map.of("version", version, "fields", Map.of("email", 101)))
        .is(422)
        .says("fields.email", "0 to 100");
    admin
        .patch(SETTINGS, Map.of("version", version, "choices", Map.of("999999", 5)))
        .is(422)
        .says("choices.999999", "the id of a stage");
    admin
        .patch(SETTINGS, Map.of("version", version, "websiteCap", -1))
        .is(422)
        .says("websiteCap", "0 to");
    admin.patch(SETTINGS, Map.of("version", version + 7, "websiteCap", 5)).is(409);
  }

  @Test
  void leadE36TicketsRaiseTheTotalAndLeaveTheMaximum() {
    List<String> stages = settingsOfE18();
    long lead = lead("email", mark + "@example.com", "phone", "+15550100", "stage", stages.get(1));
    visited(lead, 5);
    String ticket = ticket();
    for (int i = 0; i < 3; i++) {
      post(ticket, lead);
    }
    hasScore(lead, 125, 89);
    assertThat(settings().path("maximum").asLong()).isEqualTo(140);
    for (int i = 0; i < 3; i++) {
      post(ticket, lead);
    }
    hasScore(lead, 155, 100);
  }

  @Test
  void aLeadLosesTheScoreOfWhatItLeavesAndOfWhatIsTakenAway() {
    List<String> stages = settingsOfE18();
    long lead = lead("email", mark + "@example.com", "stage", stages.get(1));
    hasScore(lead, 60, 43);
    change(lead, "stage", stages.get(0));
    hasScore(lead, 40, 29);
    change(lead, "email", "");
    hasScore(lead, 0, 0);
    String ticket = ticket();
    long first = post(ticket, lead);
    post(ticket, lead);
    hasScore(lead, 20, 14);
    admin.delete("/activities/" + first).is(204);
    hasScore(lead, 10, 7);
    admin.post("/activities/" + first + "/restore").is(200);
    hasScore(lead, 20, 14);
    long other = lead("phone", "+15550177");
    admin.patch("/activities/" + first, Map.of("values", Map.of("lead", other))).is(200);
    hasScore(lead, 10, 7);
    hasScore(other, 40, 29);
  }

  @Test
  void mergedLeadsKeepWhatBothHaveEarnedAndGiveItBack() {
    settingsOfE18();
    String ticket = ticket();
    long stays = lead("email", mark + "@example.com");
    long goes = lead("phone", "+15550123");
    post(ticket, stays);
    post(ticket, goes);
    post(ticket, goes);
    hasScore(stays, 50, 36);
    hasScore(goes, 50, 36);
    long merge =
        admin
            .post(
                "/leads/" + stays + "/merge",
                Map.of("records", List.of(Map.of("id", goes)), "take", Map.of("phone", goes)))
            .is(200)
            .json()
            .path("merge")
            .asLong();
    hasScore(stays, 100, 71);
    admin.post("/leads/" + stays + "/merges/undo", Map.of("merge", merge)).is(200);
    hasScore(stays, 50, 36);
    hasScore(goes, 50, 36);
  }

  @Test
  void settingsShowWhatTheyWouldDoAndScoreAllLeadsWhenTheyChange() {
    long lead = lead("city", "Pune", "email", mark + "@example.com");
    hasScore(lead, 0, 0);
    JsonNode preview =
        admin.post(SETTINGS + "/preview", Map.of("fields", Map.of("email", 80))).is(200).json();
    assertThat(preview.path("maximum").asLong()).isEqualTo(100);
    assertThat(preview.path("before").asLong()).isEqualTo(20);
    assertThat(preview.path("leads").asLong()).isPositive();
    assertThat(preview.path("rises").asInt()).isPositive();
    hasScore(lead, 0, 0);
    int version = admin.get("/leads/" + lead).json().path("version").asInt();
    set(Map.of("fields", Map.of("email", 80)));
    untilScored();
    hasScore(lead, 80, 80);
    assertThat(admin.get("/leads/" + lead).json().path("version").asInt()).isEqualTo(version + 1);
    set(Map.of("display", "total"));
    assertThat(settings().path("progress").path("state").asText()).isEqualTo("done");
    assertThat(admin.get("/lead-score").is(200).json().path("display").asText()).isEqualTo("total");
    hasScore(lead, 80, 80);
    // A deleted activity type, another score of one, or a deleted field count as a change, too.
    String ticket = ticket();
    post(ticket, lead);
    hasScore(lead, 90, 90);
    admin.patch("/schema/activity-types/" + ticket, Map.of("score", -5)).is(200);
    await().atMost(PATIENCE).untilAsserted(() -> hasScore(lead, 75, 75));
  }

  @Test
  void whoMayNotSeeAFieldDoesNotHearWhatItEarned() {
    settingsOfE18();
    People.Somebody ravi = people.hire(null, Role.SALES);
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", Map.of("email", "hidden")))))
        .is(200);
    Caller user = ravi.api();
    long lead = user.make("leads", Map.of("lastName", mark, "phone", "+15550144"));
    admin.patch("/leads/" + lead, Map.of("values", Map.of("email", mark + "@example.com"))).is(200);
    JsonNode why = user.get("/leads/" + lead + "/score").is(200).json();
    assertThat(why.path("total").asLong()).isEqualTo(70);
    assertThat(why.path("parts").toString()).doesNotContain("email").contains("\"hidden\"");
    people.hire(null, Role.SALES).api().get("/leads/" + lead + "/score").is(404);
  }
}
