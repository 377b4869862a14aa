package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Whose records somebody sees and changes. */
@LeadloomTest
class ReachTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private People people;
  private Caller admin;
  private Somebody manager;
  private Somebody sales;
  private Somebody other;
  private String city;

  @BeforeEach
  void hire() {
    people = new People(http, staff);
    admin = people.admin();
    manager = people.hire(null, Role.MANAGER);
    sales = people.hire(manager, Role.SALES);
    other = people.hire(null, Role.SALES);
    city = "city-" + sales.id();
  }

  private long lead(Somebody owner) {
    return admin.make("leads", Map.of("lastName", "L", "city", city, "owner", owner.id()));
  }

  private List<Long> found(Caller caller) {
    return caller.get("/leads?filter=city%20=%20%22" + city + "%22").is(200).ids();
  }

  @Test
  void VOC_013_aSalesUserSeesOwnLeadsAManagerAlsoThoseBelowAndAnAdministratorAll() {
    long mine = lead(sales);
    long theirs = lead(other);
    long nobodys = admin.make("leads", Map.of("lastName", "N", "city", city));
    admin.patch("/leads/" + nobodys, java.util.Collections.singletonMap("values", owner(null)));
    assertThat(found(sales.api())).containsExactly(mine);
    assertThat(found(manager.api())).containsExactly(mine);
    assertThat(found(other.api())).containsExactly(theirs);
    assertThat(found(admin)).contains(mine, theirs, nobodys);
    JsonNode counted =
        sales.api().get("/leads?count=true&filter=city%20=%20%22" + city + "%22").json();
    assertThat(counted.path("total").asInt()).isOne();
  }

  @Test
  void LEAD_E26_whoOnlyWorksInProcessesSeesNoLeadsAndMarketingSeesTheList() {
    people.hire(null, Role.AGENT).api().get("/leads").is(403);
    people.hire(null, Role.MARKETEER).api().get("/leads").is(200);
  }

  private static Map<String, Object> owner(Long id) {
    Map<String, Object> values = new java.util.HashMap<>();
    values.put("owner", id);
    return values;
  }

  @Test
  void whatOneMayNotSeeAnswersExactlyLikeWhatIsNotThere() {
    long theirs = lead(other);
    long task =
        admin.make(
            "tasks", Map.of("type", "call", "title", "T", "lead", theirs, "owner", other.id()));
    long note = admin.make("notes", Map.of("text", "N", "lead", theirs));
    Caller api = sales.api();
    for (String entity : List.of("leads", "tasks", "notes")) {
      long id = entity.equals("leads") ? theirs : entity.equals("tasks") ? task : note;
      for (long each : new long[] {id, 999_999_999L}) {
        String path = "/" + entity + "/" + each;
        api.get(path).is(404);
        api.patch(path, Map.of("values", Map.of())).is(404);
        api.delete(path).is(404);
        api.post(path + "/restore").is(404);
        api.get(path + "/history").is(404);
        api.get(path + "/timeline").is(404);
        api.post(path + "/tags", Map.of("tags", List.of("x"))).is(404);
        api.delete(path + "/tags", Map.of("tags", List.of("x"))).is(404);
      }
      String seen = api.get("/" + entity + "/" + id).text().replaceAll("\\b" + id + "\\b", "#");
      String missing = api.get("/" + entity + "/999999999").text().replace("999999999", "#");
      assertThat(seen).isEqualTo(missing);
    }
    api.get("/leads/" + theirs + "/runs").is(404);
    api.post("/tasks", Map.of("values", Map.of("type", "call", "title", "T", "lead", theirs)))
        .is(422)
        .says("lead", "existing lead");
    assertThat(admin.get("/leads/" + theirs).is(200).json().path("trashedAt").isMissingNode())
        .isTrue();
    assertThat(admin.get("/leads/" + theirs).json().path("tags")).isEmpty();
  }

  @Test
  void whatIsAboutAVisibleLeadIsVisibleWithIt() {
    long mine = lead(sales);
    long activity =
        admin
            .post(
                "/activities",
                Map.of(
                    "type",
                    "email-sent",
                    "values",
                    Map.of("lead", mine, "subject", "By somebody else")))
            .is(201)
            .id();
    long task =
        admin.make(
            "tasks", Map.of("type", "call", "title", "T", "lead", mine, "owner", other.id()));
    sales.api().get("/activities/" + activity).is(200);
    sales.api().get("/tasks/" + task).is(200);
    other.api().get("/tasks/" + task).is(200);
    other.api().get("/activities/" + activity).is(404);
    assertThat(sales.api().get("/leads/" + mine + "/timeline").is(200).text())
        .contains("activity/" + activity, "task/" + task);
  }

  @Test
  void aVisibleRecordThatOneMayNotChangeAnswers403() {
    Somebody partner = people.hire(null, Role.PARTNER_SUPERVISOR);
    long mine = admin.make("leads", Map.of("lastName", "P", "city", city, "owner", partner.id()));
    partner.api().get("/leads/" + mine).is(200);
    partner.api().delete("/leads/" + mine).is(403);
    long read =
        admin
            .post(
                "/permission-templates",
                Map.of(
                    "name",
                    "Reads everything " + city,
                    "grants",
                    Map.of("sections", Map.of("lead", Map.of("view", "all")))))
            .is(201)
            .id();
    admin.put("/users/" + sales.id() + "/permissions", Map.of("templates", List.of(read))).is(200);
    long theirs = lead(other);
    sales.api().get("/leads/" + theirs).is(200);
    sales.api().patch("/leads/" + theirs, Map.of("values", Map.of("city", "x"))).is(403);
    sales.api().delete("/leads/" + theirs).is(403);
    sales.api().post("/leads/" + theirs + "/tags", Map.of("tags", List.of("x"))).is(403);
  }

  @Test
  void LEAD_001_whoHoldsNoRoleOfLeadsIsRefused() {
    for (Role role : List.of(Role.SUPERVISOR, Role.AGENT)) {
      Caller api = people.hire(null, role).api();
      api.get("/leads").is(403);
      api.get("/leads/1").is(403);
      api.get("/leads/trash").is(403);
      api.post("/leads", Map.of("values", Map.of("lastName", "x"))).is(403);
    }
    for (Role role :
        List.of(
            Role.ADMINISTRATOR,
            Role.MANAGER,
            Role.SALES,
            Role.MARKETEER,
            Role.PARTNER_SUPERVISOR)) {
      people.hire(null, role).api().get("/leads").is(200);
    }
  }

  @Test
  void aBulkCallOverwritesNothingOutOfReach() {
    String email = "bulk-" + sales.id() + "@x.test";
    long theirs =
        admin.make(
            "leads",
            Map.of("lastName", "Theirs", "email", email, "city", city, "owner", other.id()));
    JsonNode result =
        sales.api().bulk("leads", "email", Map.of("email", email, "lastName", "Mine"));
    assertThat(result.path("outcome").asText()).isEqualTo("created");
    assertThat(result.path("id").asLong()).isNotEqualTo(theirs);
    assertThat(admin.get("/leads/" + theirs).json().at("/values/lastName").asText())
        .isEqualTo("Theirs");
  }

  @Test
  void aNewRecordBelongsToItsMakerAndIsGivenOnlyWithinReach() {
    Caller api = sales.api();
    long made = api.make("leads", Map.of("lastName", "M", "city", city));
    assertThat(api.get("/leads/" + made).is(200).json().at("/values/owner").asLong())
        .isEqualTo(sales.id());
    api.post("/leads", Map.of("values", Map.of("lastName", "M", "owner", other.id())))
        .is(422)
        .says("owner", "may give");
    api.patch("/leads/" + made, Map.of("values", Map.of("owner", other.id())))
        .is(422)
        .says("owner", "may give");
    manager.api().patch("/leads/" + made, Map.of("values", Map.of("owner", other.id()))).is(422);
    manager.api().patch("/leads/" + made, Map.of("values", Map.of("owner", manager.id()))).is(200);
    api.get("/leads/" + made).is(404);
  }

  @Test
  void systemFieldsInABodyAreRefusedOrWithoutEffect() {
    Caller api = sales.api();
    for (String field :
        List.of("createdBy", "createdAt", "updatedBy", "score", "id", "version", "ownerId")) {
      api.post("/leads", Map.of("values", Map.of("lastName", "M", field, 1))).is(422);
    }
    long made = api.make("leads", Map.of("lastName", "M", "city", city));
    for (String field : List.of("createdBy", "id", "version", "trashedAt")) {
      api.patch("/leads/" + made, Map.of("values", Map.of(field, 1))).is(422);
    }
    String login = "mass-" + made;
    api.post(
            "/users",
            Map.of(
                "login",
                login,
                "name",
                "x",
                "password",
                "long enough 1",
                "roles",
                List.of("crm_admin")))
        .is(403);
    api.patch("/users/" + sales.id(), Map.of("roles", List.of("crm_admin"))).is(403);
  }

  @Test
  void VOC_014_listsOfSalesUsersAreTheirOwnAndThoseOfOthersAreNotShownToThem() {
    Somebody marketeer = people.hire(null, Role.MARKETEER);
    long mine = sales.api().post("/lists", Map.of("name", "S " + city)).is(201).id();
    long shared = manager.api().post("/lists", Map.of("name", "M " + city)).is(201).id();
    for (Caller api : List.of(admin, marketeer.api(), manager.api(), other.api())) {
      api.get("/lists/" + mine).is(404);
      api.get("/lists/" + mine + "/members").is(404);
      api.patch("/lists/" + mine, Map.of("name", "x")).is(404);
      api.delete("/lists/" + mine).is(404);
      assertThat(api.get("/lists").is(200).ids()).doesNotContain(mine);
    }
    assertThat(sales.api().get("/lists").ids()).contains(mine).doesNotContain(shared);
    sales.api().get("/lists/" + shared).is(404);
    for (Caller api : List.of(admin, marketeer.api(), manager.api())) {
      assertThat(api.get("/lists").ids()).contains(shared);
    }
    long lead = lead(sales);
    long foreign = lead(other);
    JsonNode results =
        sales
            .api()
            .post(
                "/lists/" + mine + "/members",
                Map.of("refs", List.of("lead/" + lead, "lead/" + foreign)))
            .is(200)
            .json()
            .path("results");
    assertThat(results.findValuesAsText("outcome")).containsExactly("changed", "missing");
    admin
        .post(
            "/lists/" + shared + "/members",
            Map.of("refs", List.of("lead/" + lead, "lead/" + foreign)))
        .is(200);
    assertThat(manager.api().get("/lists/" + shared + "/members").ids()).containsExactly(lead);
    assertThat(admin.get("/leads?filter=in%20list%20" + mine).is(200).ids()).isEmpty();
    assertThat(sales.api().get("/leads?filter=in%20list%20" + mine).ids()).containsExactly(lead);
    assertThat(sales.api().get("/leads?filter=in%20list%20" + shared).ids()).isEmpty();
  }

  @Test
  void PLT_X50_aChangeOfRoleMovesNoList() {
    long mine = sales.api().post("/lists", Map.of("name", "P " + city)).is(201).id();
    admin.patch("/users/" + sales.id(), Map.of("roles", List.of("crm_manager"))).is(200);
    sales.api().get("/lists/" + mine).is(200);
    admin.get("/lists/" + mine).is(404);
  }

  @Test
  void aMoveInTheHierarchyCountsWithTheNextRequest() {
    long theirs = lead(other);
    manager.api().get("/leads/" + theirs).is(404);
    people.report(other.id(), manager.id());
    manager.api().get("/leads/" + theirs).is(200);
    assertThat(found(manager.api())).contains(theirs);
  }
}
