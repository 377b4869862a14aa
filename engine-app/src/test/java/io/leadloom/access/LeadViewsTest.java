package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Details views of leads: made by administrators, given to teams, and what their people see (PLT-025 to PLT-057). */
@LeadloomTest
class LeadViewsTest extends WithLeadViews {

  private static final Map<String, Object> TASKS = Map.of("key", "tasks", "kind", "system");

  private long view(Map<String, ?> layout) {
    return create(layout).is(201).id();
  }

  private long team(String name, Somebody... members) {
    List<Long> ids = java.util.Arrays.stream(members).map(Somebody::id).toList();
    return staff.createTeam(name + " " + mark, ids).id();
  }

  private Caller.Answer apply(
      long team, @org.jspecify.annotations.Nullable Long view, boolean replace) {
    Map<String, Object> body = new HashMap<>();
    body.put("view", view);
    body.put("replace", replace);
    return admin.put("/lead-views/teams/" + team, body);
  }

  private JsonNode page(Somebody of) {
    return of.api().get("/lead-view").is(200).json();
  }

  private static List<String> keys(JsonNode page) {
    return page.path("tabs").findValuesAsText("key");
  }

  private long field(String key, String type) {
    return admin
        .post("/schema/lead/fields", Map.of("key", key, "label", key, "type", type))
        .is(201)
        .json()
        .path("id")
        .asLong();
  }

  @Test
  void PLT_X07_aFifthMetricIsRefused() {
    List<String> numbers = new ArrayList<>(List.of("score"));
    for (int i = 1; i < 5; i++) {
      field("n" + i + mark, "wholeNumber");
      numbers.add("n" + i + mark);
    }
    create(Map.of("metrics", numbers)).is(422).says("metrics", "at most 4");
    create(Map.of("metrics", numbers.subList(0, 4))).is(201);
    numbers.stream().skip(1).forEach(key -> admin.delete("/schema/lead/fields/" + key).is(204));
    assertThat(
            admin.get("/lead-views").is(200).json().path("items").findParents("layout").stream()
                .filter(view -> view.path("name").asText().contains(mark))
                .map(view -> view.at("/layout/metrics").toString())
                .toList())
        .as("fields that went leave the view")
        .containsExactly("[\"score\"]");
  }

  @Test
  void ofTwoAdministratorsWhoGiveATeamDifferentViewsTheSecondIsTold() {
    long first = view(Map.of("tabs", List.of(HISTORY)));
    long second = view(Map.of("tabs", List.of(TASKS)));
    String path = "/lead-views/teams/" + team("Both", ravi);
    admin.put(path, Map.of("view", first, "replace", false, "seen", 0)).is(200);
    admin
        .put(path, Map.of("view", second, "replace", false, "seen", 0))
        .is(409)
        .says("version", "has now: " + first);
    assertThat(page(ravi).path("id").asLong()).isEqualTo(first);
    admin.put(path, Map.of("view", second, "replace", false, "seen", first)).is(200);
    assertThat(page(ravi).path("id").asLong()).isEqualTo(second);
  }

  @Test
  void PLT_X08_aTextIsNoMetric() {
    create(Map.of("metrics", List.of("city"))).is(422).says("metrics", "hold a number");
  }

  @Test
  void PLT_X09_aSixthActionButtonIsRefused() {
    List<String> five = List.of("follow-up", "activity", "email", "task", "note");
    List<String> six = List.of("follow-up", "activity", "email", "task", "note", "list");
    create(Map.of("buttons", six, "dropdown", List.of())).is(422).says("buttons", "at most 5");
    create(Map.of("buttons", five, "dropdown", List.of("list"))).is(201);
    create(Map.of("buttons", five, "dropdown", List.of("note")))
        .is(422)
        .says("dropdown", "not among the buttons");
    create(Map.of("buttons", List.of("explode"))).is(422).says("buttons", "actions such as");
  }

  @Test
  void PLT_X10_aViewHasANameOfItsOwn() {
    admin.post("/lead-views", Map.of("name", " ")).is(422).says("name", "characters");
    admin.post("/lead-views", Map.of("name", "SAMPLE view")).is(422).says("name", "no other");
  }

  @Test
  void PLT_030_aSampleViewIsThere() {
    assertThat(admin.get("/lead-views").is(200).json().path("items").findValuesAsText("name"))
        .contains("Sample View");
  }

  @Test
  void PLT_X11_PLT_D07_theViewOfTheFirstTeamIsShownWithItsDefaultTab() {
    assertThat(page(ravi).has("id")).as("the standard view").isFalse();
    long north =
        view(
            Map.of("tabs", List.of(TASKS, HISTORY), "defaultTab", "history", "metrics", List.of()));
    long other = view(Map.of("tabs", List.of(TASKS)));
    long second = team("North", ravi);
    long first = team("A", ravi);
    team("0 without a view", ravi);
    apply(second, north, false).is(200);
    JsonNode page = page(ravi);
    assertThat(page.path("id").asLong()).isEqualTo(north);
    assertThat(page.path("defaultTab").asText()).isEqualTo("history");
    assertThat(keys(page)).containsExactly("tasks", "history");
    apply(first, other, false).is(200);
    assertThat(page(ravi).path("id").asLong()).isEqualTo(other);
    assertThat(page(ravi).path("defaultTab").asText()).as("the first tab").isEqualTo("tasks");
    // PLT-D08
    admin.delete("/lead-views/" + other).is(204);
    assertThat(page(ravi).path("id").asLong()).isEqualTo(north);
    apply(second, null, false).is(200);
    assertThat(page(ravi).has("id")).isFalse();
  }

  @Test
  void PLT_X12_ownTabsGoOnlyWhereTheBoxIsTicked() {
    Somebody mia = new People(http, staff).hire(null, Role.SALES);
    Map<String, String> tab =
        Map.of("kind", "custom", "name", "T", "url", "https://example.com/?q={{lead.city}}");
    ravi.api().post("/lead-view/tabs", tab).is(201);
    mia.api().post("/lead-view/tabs", tab).is(201);
    assertThat(page(ravi).path("tabs").findValuesAsText("own")).contains("true");
    assertThat(new People(http, staff).admin().get("/lead-view").json().path("tabs").toString())
        .as("nobody else's page")
        .doesNotContain("\"T\"");
    long view = view(Map.of("tabs", List.of(HISTORY)));
    long shown = team("B", ravi, mia);
    long earlier = team("A", mia);
    apply(earlier, 1L, false).is(200);
    assertThat(apply(shown, view, false).is(200).json().path("ownTabsRemoved").asInt()).isZero();
    assertThat(page(ravi).path("tabs").findValuesAsText("own")).contains("true");
    assertThat(apply(shown, view, true).is(200).json().path("ownTabsRemoved").asInt()).isEqualTo(1);
    assertThat(keys(page(ravi))).containsExactly("history");
    assertThat(page(mia).path("tabs").findValuesAsText("own"))
        .as("another view is shown to her")
        .contains("true");
    apply(shown, null, true).is(422).says("replace", "false");
    apply(earlier, null, false).is(200);
  }

  @Test
  void aViewIsEditedClonedAndDeletedByAdministratorsWithAnAuditTrail() {
    long id = view(Map.of("properties", List.of("email", "CITY", "email")));
    JsonNode all = admin.get("/lead-views").is(200).json();
    assertThat(all.at("/standard/tabs/0/key").asText()).isEqualTo("history");
    String path = "/lead-views/" + id;
    JsonNode changed =
        admin.patch(path, Map.of("version", 1, "description", "For the north")).is(200).json();
    assertThat(changed.at("/layout/properties").toString()).isEqualTo("[\"email\",\"city\"]");
    admin.patch(path, Map.of("version", 1, "description", "Late")).is(409).says("version", "2");
    JsonNode copy = admin.post(path + "/copy", Map.of("name", "Copy " + mark)).is(201).json();
    made.add(copy.path("id").asLong());
    assertThat(copy.path("layout")).isEqualTo(changed.path("layout"));
    assertThat(copy.path("teams")).isEmpty();
    admin.post(path + "/copy", Map.of("name", "Copy " + mark)).is(422).says("name", "no other");
    ravi.api().get("/lead-views").is(403);
    ravi.api().patch(path, Map.of("name", "Mine")).is(403);
    long team = team("Audit", ravi);
    apply(team, id, false).is(200);
    admin.delete(path).is(204);
    admin.delete(path).is(404);
    apply(team, id, false).is(404);
    apply(987_654_321L, null, false).is(404);
    JsonNode audit =
        admin.get("/audit?subjectKind=lead-view&subject=" + id).is(200).json().path("items");
    assertThat(audit.findValuesAsText("action"))
        .containsExactly("lead-view.deleted", "lead-view.changed", "lead-view.created");
    assertThat(
            admin
                .get("/audit?subjectKind=team&subject=" + team)
                .is(200)
                .json()
                .path("items")
                .findValuesAsText("action"))
        .contains("lead-view.applied");
  }

  @Test
  void tabsAreActivitiesOrHttpsPagesAndEachOnce() {
    create(Map.of("tabs", List.of())).is(422).says("tabs", "1 to 20");
    create(Map.of("tabs", List.of(HISTORY, HISTORY, TASKS))).is(201);
    create(Map.of("tabs", List.of(HISTORY), "defaultTab", "tasks"))
        .is(422)
        .says("defaultTab", "selected tabs");
    create(Map.of("tabs", List.of(Map.of("key", "history", "kind", "activity"))))
        .is(422)
        .says("tabs", "tab-1");
    create(Map.of("tabs", List.of(tab("activity", "Calls", Map.of())))).is(422);
    create(
            Map.of(
                "tabs", List.of(tab("activity", "Calls", Map.of("activityTypes", List.of("no"))))))
        .is(422)
        .says("activityTypes", "existing");
    create(
            Map.of(
                "tabs",
                List.of(tab("activity", "Mail", Map.of("activityTypes", List.of("email-sent"))))))
        .is(201);
    for (String bad :
        List.of(
            "http://example.com/",
            "https://{{lead.website}}/x",
            "https://example.com{{lead.city}}/x",
            "https://me@example.com/",
            "https://example.com:1;script-src/",
            "https://example.com /",
            "https://example.com/{{lead.nothing}}",
            "https://example.com/{{account.name}}",
            "javascript:alert(1)",
            "https:///x",
            "")) {
      assertThat(
              create(Map.of("tabs", List.of(tab("custom", "Page", Map.of("url", bad))))).status())
          .as(bad)
          .isEqualTo(422);
    }
    create(Map.of("tabs", List.of(tab("custom", " ", Map.of("url", "https://example.com")))))
        .is(422)
        .says("name", "characters");
  }

  private static Map<String, Object> tab(String kind, String name, Map<String, ?> more) {
    Map<String, Object> tab = new HashMap<>(more);
    tab.putAll(Map.of("key", "tab-" + kind, "kind", kind, "name", name));
    return tab;
  }

  private MockHttpServletResponse tabPage(Somebody who, long lead, String tab, String more)
      throws Exception {
    return http.perform(
            get("/api/v1/leads/" + lead + "/tab-page?tab=" + tab + more)
                .with(httpBasic(who.api().login(), who.api().password())))
        .andReturn()
        .getResponse();
  }

  @Test
  void PLT_D09_aPageIsShownInASandboxForItsHostOnlyWithEncodedValuesThatTheReaderMaySee()
      throws Exception {
    String url = "https://Tools.example.com:8443/x/{{ lead.city }}?m={{lead.email}}&n={{lead.zip}}";
    long id =
        view(Map.of("tabs", List.of(HISTORY, tab("custom", "<b>Page</b>", Map.of("url", url)))));
    apply(team("Frames", ravi), id, false).is(200);
    assertThat(page(ravi).toString()).as("how it is addressed").doesNotContain("example.com");
    long lead =
        ravi.api()
            .make(
                "leads",
                Map.of(
                    "lastName",
                    "Framed",
                    "city",
                    "a b/../\"><x>&",
                    "zip",
                    "..",
                    "email",
                    mark + "@x.test"));
    MockHttpServletResponse answer = tabPage(ravi, lead, "tab-custom", "");
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("frame-src https://tools.example.com:8443;");
    String html = answer.getContentAsString();
    assertThat(html)
        .contains("sandbox=\"allow-scripts")
        .doesNotContain("top-navigation")
        .contains("/x/a%20b%2F..%2F%22%3E%3Cx%3E%26?m=" + mark + "%40x.test&amp;n=\"")
        .contains("&lt;b&gt;Page")
        .doesNotContain("<b>");
    assertThat(tabPage(ravi, lead, "tab-custom", "&open=true").getHeader("Location"))
        .startsWith("https://Tools.example.com:8443/x/a%20b");
    assertThat(tabPage(ravi, lead, "history", "").getStatus()).isEqualTo(404);
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of(
                "exceptions",
                Map.of("fields", Map.of("lead", Map.of("email", "hidden", "score", "hidden")))))
        .is(200);
    assertThat(tabPage(ravi, lead, "tab-custom", "").getContentAsString()).doesNotContain("x.test");
    assertThat(page(ravi).path("metrics")).isEmpty();
    assertThat(page(ravi).path("properties").toString()).doesNotContain("email").contains("phone");
    ravi.api()
        .post(
            "/lead-view/tabs",
            Map.of("kind", "custom", "name", "T", "url", "https://x.test/{{lead.email}}"))
        .is(422);
    Somebody stranger = new People(http, staff).hire(null, Role.SALES);
    assertThat(tabPage(stranger, lead, "tab-custom", "").getStatus()).isEqualTo(404);
  }

  @Test
  void anOwnTabIsChangedWithItsVersionAndRemoved() {
    Caller api = ravi.api();
    JsonNode tab =
        api.post(
                "/lead-view/tabs",
                Map.of("kind", "activity", "name", "Mail", "activityTypes", List.of("email-sent")))
            .is(201)
            .json();
    String path = "/lead-view/tabs/" + tab.path("id").asLong();
    assertThat(tab.path("key").asText()).startsWith("own-");
    api.patch(path, Map.of("version", 1, "name", "Letters")).is(200);
    api.patch(path, Map.of("version", 1, "name", "Late")).is(409);
    assertThat(page(ravi).toString()).contains("Letters").contains("email-sent");
    api.post("/lead-view/tabs", Map.of("kind", "system", "name", "x")).is(422);
    api.post("/lead-view/tabs", Collections.singletonMap("kind", null)).is(422);
    for (int i = 1; i < 10; i++) {
      api.post(
              "/lead-view/tabs",
              Map.of("kind", "custom", "name", "T" + i, "url", "https://example.com/" + i))
          .is(201);
    }
    api.post("/lead-view/tabs", Map.of("kind", "custom", "name", "T", "url", "https://x.test"))
        .is(422)
        .says("name", "at most 10");
    api.delete(path).is(204);
    api.delete(path).is(404);
  }
}
