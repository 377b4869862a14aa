package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.permission.Section;
import io.leadloom.testing.LeadloomTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Whoever may change users, teams or permissions gives nobody, himself neither, more than he has. */
@LeadloomTest
class DelegationTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private People people;
  private Caller admin;
  private Somebody delegate;
  private Caller api;

  @BeforeEach
  void hire() {
    people = new People(http, staff);
    admin = people.admin();
    delegate = people.hire(null, Role.SALES);
    api = delegate.api();
    except(
        delegate,
        Map.of(
            "sections",
            Map.of(
                "users", Map.of("create", "all", "edit", "all"),
                "permissions", Map.of("view", "all", "edit", "all"))));
  }

  private void except(Somebody somebody, Map<String, ?> exceptions) {
    admin.put("/users/" + somebody.id() + "/permissions", Map.of("exceptions", exceptions)).is(200);
  }

  private static Map<String, ?> everything() {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    for (Section section : Section.values()) {
      Map<String, String> actions = new LinkedHashMap<>();
      section.actions().forEach(action -> actions.put(action.key(), "all"));
      sections.put(section.key(), actions);
    }
    return Map.of("sections", sections);
  }

  private Map<String, Object> newcomer(String role) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("login", "newcomer-" + delegate.id());
    body.put("name", "Newcomer");
    body.put("password", "long enough 1");
    body.put("roles", List.of(role));
    return body;
  }

  private long team(Long... members) {
    return admin
        .post("/teams", Map.of("name", "Delegated " + delegate.id(), "members", List.of(members)))
        .is(201)
        .id();
  }

  private List<Long> teamsOf(long user) {
    return staff.teams().stream()
        .filter(team -> team.members().contains(user))
        .map(team -> team.id())
        .toList();
  }

  @Test
  void whoReachesOnlyHisOwnRecordsCanStillMakeUsersWithTheSameRights() {
    api.post("/users", newcomer("crm_sales")).is(201);
  }

  @Test
  void whoReachesHisTeamCanMakeAUserInThatTeamButNotInAnother() {
    Map<String, ?> view = Map.of("lead", Map.of("view", "team"));
    long template =
        admin
            .post(
                "/permission-templates",
                Map.of("name", "Team " + delegate.id(), "grants", Map.of("sections", view)))
            .is(201)
            .id();
    admin
        .put(
            "/users/" + delegate.id() + "/permissions",
            Map.of(
                "templates",
                List.of(template),
                "exceptions",
                Map.of("sections", Map.of("users", Map.of("create", "all", "edit", "all")))))
        .is(200);
    long team = team(delegate.id());
    long other =
        admin
            .post(
                "/teams",
                Map.of(
                    "name",
                    "Other " + delegate.id(),
                    "members",
                    List.of(people.hire(null, Role.SALES).id())))
            .is(201)
            .id();
    Map<String, Object> body = newcomer("crm_sales");
    body.put("teams", List.of(team));
    api.post("/users", body).is(201);
    api.patch("/users/" + delegate.id(), Map.of("teams", List.of(team, other))).is(403);
    assertThat(teamsOf(delegate.id())).containsExactly(team);
  }

  @Test
  void nobodyPutsHimselfIntoATeamToSeeItsRecords() {
    Somebody mate = people.hire(null, Role.SALES);
    except(
        delegate,
        Map.of("sections", Map.of("lead", Map.of("view", "team"), "users", Map.of("edit", "all"))));
    long team = team(mate.id());
    api.patch("/users/" + delegate.id(), Map.of("teams", List.of(team))).is(403);
    api.patch("/teams/" + team, Map.of("members", List.of(mate.id(), delegate.id()))).is(403);
    api.post("/teams", Map.of("name", "Mine", "members", List.of(mate.id(), delegate.id())))
        .is(403);
    assertThat(teamsOf(delegate.id())).isEmpty();
  }

  @Test
  void nobodyTakesOthersOutOfATeamWhoMayDoMore() {
    Somebody manager = people.hire(null, Role.MANAGER);
    long team = team(manager.id());
    api.patch("/teams/" + team, Map.of("members", List.of())).is(403);
    api.delete("/teams/" + team).is(403);
    api.patch("/teams/" + team, Map.of("name", "Renamed " + team)).is(200);
    assertThat(teamsOf(manager.id())).containsExactly(team);
    long empty = api.post("/teams", Map.of("name", "Empty " + delegate.id())).is(201).id();
    api.delete("/teams/" + empty).is(204);
  }

  @Test
  void nobodyMovesSomebodyBelowHimselfToSeeHisRecords() {
    Somebody agent = people.hire(null, Role.AGENT);
    except(
        delegate,
        Map.of(
            "sections",
            Map.of(
                "lead", Map.of("view", "hierarchy"),
                "task", Map.of("view", "all", "edit", "all"),
                "users", Map.of("edit", "all"))));
    api.patch("/users/" + agent.id(), Map.of("name", "Renamed")).is(200);
    api.patch("/users/" + agent.id(), Map.of("reportsTo", delegate.id())).is(403);
    assertThat(staff.account(agent.id()).reportsTo()).isNull();
  }

  @Test
  void whoDoesNotSeeAFieldMakesNobodyWhoDoes() {
    except(
        delegate,
        Map.of(
            "sections",
            Map.of("users", Map.of("create", "all")),
            "fields",
            Map.of("lead", Map.of("email", "hidden"))));
    api.post("/users", newcomer("crm_sales")).is(403);
    // An agent sees no leads at all.
    api.post("/users", newcomer("agent")).is(201);
  }

  @Test
  void nobodyTakesOverTheAccountOfSomebodyWhoseRecordsHeDoesNotReach() {
    Somebody mate = people.hire(null, Role.SALES);
    api.patch("/users/" + mate.id(), Map.of("password", "taken over 123")).is(403);
    api.patch("/users/" + delegate.id(), Map.of("name", "Still myself")).is(200);
  }

  @Test
  void whatSomebodyIsCalledIsChangedOnlyByThoseWhoMayDoAsMuch() {
    Somebody mate = people.hire(null, Role.SALES);
    for (Map<String, ?> details :
        List.of(
            Map.of("name", "Renamed"),
            Map.of("email", "taken-" + mate.id() + "@example.com"),
            Map.of("phone", "+49 30 901820"),
            Map.of("locale", "de"),
            Map.of("timeZone", "Asia/Kolkata"))) {
      api.patch("/users/" + mate.id(), details).is(403);
    }
    assertThat(staff.account(mate.id()).name()).isNotEqualTo("Renamed");
    // Rights that reach as far as the own ones: nothing is in the way.
    except(delegate, everything());
    api.patch("/users/" + mate.id(), Map.of("name", "Renamed")).is(200);
    assertThat(staff.account(mate.id()).name()).isEqualTo("Renamed");
  }

  @Test
  void detailsTogetherWithAnythingThatRightsAreMadeOfAreLookedAtAsAWhole() {
    String mine = "/users/" + delegate.id();
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", "Renamed");
    form.put("roles", List.of("crm_sales"));
    form.put("active", true);
    form.put("reportsTo", 0);
    form.put("teams", List.of());
    api.patch(mine, form).is(200);
    form.put("roles", List.of("crm_sales", "crm_manager"));
    api.patch(mine, form).is(403);
    form.put("roles", List.of("crm_sales"));
    form.put("teams", List.of(team(people.hire(null, Role.MANAGER).id())));
    except(
        delegate,
        Map.of("sections", Map.of("lead", Map.of("view", "team"), "users", Map.of("edit", "all"))));
    api.patch(mine, form).is(403);
    assertThat(teamsOf(delegate.id())).isEmpty();
  }

  @Test
  void whoEditsPermissionsGivesNeitherHimselfNorOthersMore() {
    Map<String, ?> everyLead = Map.of("sections", Map.of("lead", Map.of("view", "all")));
    String mine = "/users/" + delegate.id() + "/permissions";
    api.put(mine, Map.of("exceptions", everyLead)).is(403);
    Somebody mate = people.hire(null, Role.SALES);
    api.put("/users/" + mate.id() + "/permissions", Map.of("exceptions", everyLead)).is(403);
    api.post("/permission-templates", Map.of("name", "All " + delegate.id(), "grants", everyLead))
        .is(403);
    long sales =
        admin.get("/permission-templates").json().path("items").findParents("delivered").stream()
            .filter(item -> item.path("delivered").asText().equals("crm_sales"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asLong();
    api.patch("/permission-templates/" + sales, Map.of("grants", everyLead)).is(403);
    long made =
        admin
            .post(
                "/permission-templates", Map.of("name", "B " + delegate.id(), "grants", everyLead))
            .is(201)
            .id();
    api.put(mine, Map.of("templates", List.of(made))).is(403);
    api.patch("/permission-templates/" + made, Map.of("roles", List.of("crm_sales"))).is(403);
    api.delete("/permission-templates/" + made).is(403);
    Map<String, ?> own = Map.of("sections", Map.of("lead", Map.of("view", "own")));
    api.post("/permission-templates", Map.of("name", "Own " + delegate.id(), "grants", own))
        .is(201);
    // Giving up what one has is nobody else's business.
    api.put(mine, Map.of("exceptions", Map.of("sections", Map.of("lead", Map.of("view", "none")))))
        .is(200);
  }

  @Test
  void administratorsAndLeadloomItselfAreNotHeldUp() {
    Somebody manager = people.hire(null, Role.MANAGER);
    long team = team(manager.id());
    admin.patch("/teams/" + team, Map.of("members", List.of())).is(200);
    staff.setTeams(manager.id(), Set.of(team));
    assertThat(teamsOf(manager.id())).containsExactly(team);
  }
}
