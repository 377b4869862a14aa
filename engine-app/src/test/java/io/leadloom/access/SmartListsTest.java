package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Who makes, sees, shares, changes and deletes smart lists (VOC-014, ENG-074 to ENG-089, PLT-061, PLT-D12). */
@LeadloomTest
class SmartListsTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private final String mark = UUID.randomUUID().toString();
  private People people;
  private Somebody mia;
  private Somebody ravi;
  private Somebody omar;

  @BeforeEach
  void hire() {
    people = new People(http, staff);
    mia = people.hire(null, Role.MANAGER);
    ravi = people.hire(null, Role.MANAGER);
    omar = people.hire(null, Role.MARKETEER);
  }

  private long list(Somebody owner, Map<String, Object> more) {
    Map<String, Object> body = new java.util.LinkedHashMap<>(more);
    body.putIfAbsent("entity", "lead");
    body.putIfAbsent("name", "Hot " + UUID.randomUUID());
    return owner.api().post("/smart-lists", body).is(201).id();
  }

  private static String encoded(String filter) {
    return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<Long> seen(Somebody by) {
    return by.api().get("/smart-lists?entity=lead").is(200).ids();
  }

  @Test
  void ENG_E10_aListWithoutANameIsRefused() {
    mia.api()
        .post("/smart-lists", Map.of("entity", "lead", "filter", "score > 1"))
        .is(422)
        .says("name", "1 to 250 characters");
    mia.api().post("/smart-lists", Map.of("entity", "lead", "name", "  ")).is(422);
  }

  @Test
  void namesAreUniquePerOwner() {
    list(mia, Map.of("name", "Hot " + mark));
    mia.api()
        .post("/smart-lists", Map.of("entity", "lead", "name", "HOT " + mark))
        .is(422)
        .says("name", "no other list");
    list(ravi, Map.of("name", "Hot " + mark));
  }

  @Test
  void ENG_E11_aListSharedWithOneIsSeenByHimAndItsOwnerOnly() {
    long id = list(mia, Map.of("sharing", "chosen", "users", List.of(ravi.id())));
    assertThat(seen(mia)).contains(id);
    assertThat(seen(ravi)).contains(id);
    assertThat(seen(omar)).doesNotContain(id);
    JsonNode forRavi = ravi.api().get("/smart-lists/" + id).is(200).json();
    assertThat(forRavi.path("mine").asBoolean()).isFalse();
    assertThat(forRavi.path("mayChange").asBoolean()).isFalse();
    assertThat(forRavi.has("users")).as("with whom else is not told").isFalse();
    assertThat(mia.api().get("/smart-lists/" + id).json().path("mine").asBoolean()).isTrue();
    omar.api().get("/smart-lists/" + id).is(404);
    omar.api().patch("/smart-lists/" + id, Map.of("name", "Taken")).is(404);
    omar.api().post("/smart-lists/" + id + "/copy").is(404);
    omar.api().delete("/smart-lists/" + id).is(404);
    omar.api().put("/list-views", Map.of("entity", "lead", "list", id)).is(404);
    omar.api().put("/list-views/order", Map.of("entity", "lead", "lists", List.of(id))).is(404);
  }

  @Test
  void aListSharedWithARoleIsSeenByItsHolders() {
    long id = list(mia, Map.of("sharing", "chosen", "roles", List.of("crm_marketeer")));
    assertThat(seen(omar)).contains(id);
    assertThat(seen(ravi)).doesNotContain(id);
    mia.api()
        .patch("/smart-lists/" + id, Map.of("roles", List.of("no-such-role")))
        .is(422)
        .says("roles", "crm_admin");
  }

  @Test
  void ENG_088_onlyTheCreatorOrAnAdministratorChangesASharedList() {
    long id = list(mia, Map.of("sharing", "everyone"));
    ravi.api().patch("/smart-lists/" + id, Map.of("name", "Taken")).is(403);
    ravi.api().patch("/smart-lists/" + id, Map.of("sharing", "private")).is(403);
    ravi.api().delete("/smart-lists/" + id).is(403);
    String name = "Renamed " + mark;
    people.admin().patch("/smart-lists/" + id, Map.of("name", name)).is(200);
    assertThat(mia.api().get("/smart-lists/" + id).json().path("name").asText()).isEqualTo(name);
    assertThat(mia.api().get("/smart-lists/" + id).json().path("owner").path("id").asLong())
        .isEqualTo(mia.id());
    people.admin().delete("/smart-lists/" + id).is(204);
    mia.api().get("/smart-lists/" + id).is(404);
  }

  @Test
  void PLT_061_salesUsersCannotShareAndNobodyElseSeesTheirLists() {
    Somebody sales = people.hire(mia, Role.SALES);
    sales
        .api()
        .post("/smart-lists", Map.of("entity", "lead", "name", mark, "sharing", "everyone"))
        .is(403);
    long id = list(sales, Map.of());
    sales
        .api()
        .patch("/smart-lists/" + id, Map.of("sharing", "chosen", "roles", List.of("crm_manager")))
        .is(403);
    assertThat(seen(sales)).contains(id);
    assertThat(seen(mia)).doesNotContain(id);
    people.admin().get("/smart-lists/" + id).is(404);
    assertThat(sales.api().get("/smart-lists?entity=lead").json().path("mayShare").asBoolean(true))
        .isFalse();
    long shared = list(mia, Map.of("sharing", "everyone"));
    assertThat(seen(sales)).contains(shared);
  }

  @Test
  void aSharedListShowsEachReaderOnlyTheRecordsInReach() {
    Somebody one = people.hire(mia, Role.SALES);
    Somebody other = people.hire(mia, Role.SALES);
    one.api().make("leads", Map.of("lastName", "Mine", "zip", mark));
    other.api().make("leads", Map.of("lastName", "Theirs", "zip", mark));
    long id = list(mia, Map.of("sharing", "everyone", "filter", "zip = \"" + mark + "\""));
    String filter = one.api().get("/smart-lists/" + id).json().path("filter").asText();
    String asked = "/leads?filter=" + encoded(filter);
    assertThat(one.api().get(asked).is(200).ids()).hasSize(1);
    assertThat(other.api().get(asked).is(200).ids()).hasSize(1);
  }

  @Test
  void ENG_085_aCopyIsOnesOwnWithTheSameFilter() {
    long id =
        list(
            mia,
            Map.of(
                "name",
                "Hot " + mark,
                "sharing",
                "everyone",
                "filter",
                "score > 10",
                "sort",
                "-score",
                "columns",
                List.of("name", "score")));
    JsonNode copy = ravi.api().post("/smart-lists/" + id + "/copy").is(201).json();
    assertThat(copy.path("name").asText()).isEqualTo("Hot " + mark + " copy");
    assertThat(copy.path("filter").asText()).isEqualTo("score > 10");
    assertThat(copy.path("sort").asText()).isEqualTo("-score");
    assertThat(copy.path("columns").toString()).isEqualTo("[\"name\",\"score\"]");
    assertThat(copy.path("sharing").asText()).isEqualTo("private");
    assertThat(copy.path("mine").asBoolean()).isTrue();
    assertThat(ravi.api().post("/smart-lists/" + id + "/copy").is(201).json().path("name").asText())
        .isEqualTo("Hot " + mark + " copy 2");
  }

  @Test
  void ENG_E09_deletingAListLeavesItsRecords() {
    for (int i = 0; i < 3; i++) {
      mia.api().make("leads", Map.of("lastName", "Kept " + i, "zip", mark));
    }
    long id = list(mia, Map.of("filter", "zip = \"" + mark + "\""));
    mia.api().delete("/smart-lists/" + id).is(204);
    assertThat(seen(mia)).doesNotContain(id);
    String asked = "/leads?filter=" + encoded("zip = \"" + mark + "\"");
    assertThat(mia.api().get(asked).ids()).hasSize(3);
  }

  @Test
  void filtersThatCannotBeSearchedForAreRefused() {
    Caller api = mia.api();
    for (String filter : List.of("nope = 1", "score > ", "city changed", "in list \"No such\"")) {
      api.post("/smart-lists", Map.of("entity", "lead", "name", mark, "filter", filter)).is(422);
    }
    api.post("/smart-lists", Map.of("entity", "task", "name", mark)).is(422);
    long id = list(mia, Map.of("filter", "city = \"Pune\""));
    api.patch("/smart-lists/" + id, Map.of("filter", "nope = 1")).is(422);
    api.patch("/smart-lists/" + id, Map.of("columns", List.of("nope"))).is(422);
    api.patch("/smart-lists/" + id, Map.of("sort", "-nope")).is(422);
  }

  @Test
  void membershipOfAListOutOfSightDoesNotShowThroughAListOfOnesOwn() {
    Somebody sales = people.hire(mia, Role.SALES);
    long hidden = sales.api().post("/lists", Map.of("name", "Mine " + mark)).is(201).id();
    mia.api()
        .post("/smart-lists", Map.of("entity", "lead", "name", mark, "filter", "in list " + hidden))
        .is(422);
    long own = list(sales, Map.of("filter", "in list \"Mine " + mark + "\""));
    assertThat(sales.api().get("/smart-lists/" + own).json().path("filter").asText())
        .isEqualTo("in list " + hidden);
  }

  @Test
  void changesStandOnTheVersionThatWasSeen() {
    long id = list(mia, Map.of());
    mia.api().patch("/smart-lists/" + id, Map.of("version", 1, "filter", "score > 1")).is(200);
    mia.api().patch("/smart-lists/" + id, Map.of("version", 1, "filter", "score > 2")).is(409);
  }

  @Test
  void ENG_079_columnsAndOrderAreKeptPerUserAndList() {
    long id = list(mia, Map.of("sharing", "everyone"));
    Map<String, Object> view =
        Map.of("entity", "lead", "list", id, "columns", List.of("name", "city"), "sort", "city");
    mia.api().put("/list-views", view).is(204);
    mia.api()
        .put("/list-views", Map.of("entity", "lead", "columns", List.of("name", "email")))
        .is(204);
    String mine = mia.api().get("/list-views?entity=lead").is(200).text();
    assertThat(mine)
        .contains("{\"columns\":[\"name\",\"email\"]}")
        .contains("{\"list\":" + id + ",\"columns\":[\"name\",\"city\"],\"sort\":\"city\"}");
    assertThat(ravi.api().get("/list-views?entity=lead").text()).doesNotContain("email");
    mia.api()
        .put("/list-views", Map.of("entity", "lead", "list", id, "columns", List.of("nope")))
        .is(422);
  }

  @Test
  void ENG_083_everybodyHasAnOrderOfTabsOfHisOwn() {
    long a = list(mia, Map.of("name", "A " + mark, "sharing", "everyone"));
    long b = list(mia, Map.of("name", "B " + mark, "sharing", "everyone"));
    long c = list(mia, Map.of("name", "C " + mark, "sharing", "everyone"));
    mia.api().put("/list-views/order", Map.of("entity", "lead", "lists", List.of(c, a, b))).is(204);
    assertThat(seen(mia).stream().filter(List.of(a, b, c)::contains)).containsExactly(c, a, b);
    assertThat(seen(ravi).stream().filter(List.of(a, b, c)::contains)).containsExactly(a, b, c);
    mia.api()
        .put("/list-views", Map.of("entity", "lead", "list", a, "columns", List.of("name")))
        .is(204);
    assertThat(seen(mia).stream().filter(List.of(a, b, c)::contains)).containsExactly(c, a, b);
  }

  @Test
  void whoMayNotAskWhatAListAsksLearnsNothingFromIt() {
    String name = "Known " + mark;
    String email = "e" + mark + "@access.example";
    long lead = ravi.api().make("leads", Map.of("lastName", "L", "zip", mark));
    long id =
        list(
            mia,
            Map.of(
                "name",
                name,
                "sharing",
                "everyone",
                "live",
                true,
                "filter",
                "email = \"" + email + "\""));
    assertThat(seen(ravi)).contains(id);
    people
        .admin()
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", Map.of("email", "hidden")))))
        .is(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                mia.api()
                    .get("/smart-lists/" + id)
                    .json()
                    .at("/upkeep/state")
                    .asText()
                    .equals("ready"));
    people.admin().patch("/leads/" + lead, Map.of("values", Map.of("email", email))).is(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              String history = people.admin().get("/leads/" + lead + "/history").is(200).text();
              return history.contains("smartListEntered") && history.contains(name);
            });

    assertThat(ravi.api().get("/leads/" + lead + "/history").is(200).text())
        .contains("lead.updated")
        .doesNotContain("smartList", name, email);
    assertThat(members("/smart-lists?entity=lead", id)).isEmpty();
    assertThat(members("/smart-lists?entity=lead&members=true", id)).isEqualTo("1");
    assertThat(seen(ravi)).doesNotContain(id);
    ravi.api().get("/smart-lists/" + id).is(404);
    ravi.api().post("/smart-lists/" + id + "/copy").is(404);
    mia.api().delete("/smart-lists/" + id).is(204);
  }

  /** What a page of lists tells an administrator of the number of a list's members. */
  private String members(String page, long list) {
    for (JsonNode item : people.admin().get(page).is(200).json().path("items")) {
      if (item.path("id").asLong() == list) {
        return item.at("/upkeep/members").asText();
      }
    }
    throw new AssertionError("The list is not there");
  }
}
