package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Templates, exceptions and fields. */
@LeadloomTest
class TemplatesTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Access access;

  private People people;
  private Caller admin;
  private Somebody sales;

  @BeforeEach
  void hire() {
    people = new People(http, staff);
    admin = people.admin();
    sales = people.hire(null, Role.SALES);
  }

  private JsonNode template(Map<String, ?> grants) {
    return admin
        .post("/permission-templates", Map.of("name", "T " + sales.id(), "grants", grants))
        .is(201)
        .json();
  }

  private void except(Map<String, ?> exceptions) {
    admin.put("/users/" + sales.id() + "/permissions", Map.of("exceptions", exceptions)).is(200);
  }

  @Test
  void everyRoleHasATemplateAndThatOfAdministratorsCannotBeChanged() {
    JsonNode all = admin.get("/permission-templates").is(200).json();
    assertThat(all.path("items").findValuesAsText("delivered"))
        .contains(
            "crm_admin",
            "crm_manager",
            "crm_sales",
            "crm_marketeer",
            "crm_partner_supervisor",
            "supervisor",
            "agent");
    assertThat(all.path("sections").findValuesAsText("key")).contains("lead", "users", "schema");
    admin.patch("/permission-templates/-1", Map.of("name", "x")).is(422).says("id", "another");
    admin.delete("/permission-templates/-1").is(422);
    admin.delete("/permission-templates/-3").is(422);
    admin.put("/users/" + sales.id() + "/permissions", Map.of("templates", List.of(-1))).is(422);
  }

  @Test
  void aTemplateIsChangedWithItsVersionOnly() {
    JsonNode made = template(Map.of());
    String path = "/permission-templates/" + made.path("id").asLong();
    Map<String, ?> grants = Map.of("sections", Map.of("lead", Map.of("view", "team")));
    JsonNode changed = admin.patch(path, Map.of("version", 1, "grants", grants)).is(200).json();
    assertThat(changed.path("version").asInt()).isEqualTo(2);
    assertThat(changed.at("/grants/sections/lead/view").asText()).isEqualTo("team");
    admin
        .patch(path, Map.of("version", 1, "name", "Other"))
        .is(409)
        .says("version", "present version 2");
    admin.delete(path).is(204);
    admin.get(path).is(404);
  }

  @Test
  void whatOneUserHoldsIsChangedWithItsVersionOnly() {
    String path = "/users/" + sales.id() + "/permissions";
    long template = template(Map.of()).path("id").asLong();
    assertThat(admin.get(path).is(200).json().path("version").asInt()).isOne();
    Map<String, ?> given = Map.of("version", 1, "templates", List.of(template));
    assertThat(admin.put(path, given).is(200).json().path("version").asInt()).isEqualTo(2);
    admin
        .put(path, Map.of("version", 1, "templates", List.of()))
        .is(409)
        .says("version", "present version 2");
    assertThat(admin.get(path).json().path("templates")).hasSize(1);
    // Who saw the template among it has not seen what is there without it.
    admin.delete("/permission-templates/" + template).is(204);
    admin.put(path, Map.of("version", 2, "templates", List.of())).is(409);
    assertThat(admin.put(path, Map.of()).is(200).json().path("version").asInt()).isEqualTo(4);
  }

  @Test
  void whatDoesNotDoIsNamedWithPlaceValueAndExpectation() {
    Map<String, ?> wrong =
        Map.of(
            "sections",
            Map.of(
                "leed", Map.of("view", "all"),
                "lead", Map.of("view", "everybody", "fly", "all"),
                "users", Map.of("edit", "own")),
            "fields",
            Map.of("lead", Map.of("name", "hidden", "email", "invisible")));
    admin
        .post("/permission-templates", Map.of("name", "W" + sales.id(), "grants", wrong))
        .is(422)
        .says("sections.leed", "lead, contact")
        .says("sections.lead.view", "none, own, team, hierarchy or all")
        .says("sections.lead.fly", "view, create")
        .says("sections.users.edit", "none or all")
        .says("fields.lead.name", "readOnly")
        .says("fields.lead.email", "hidden, readOnly");
    admin.post("/permission-templates", Map.of("name", " ")).is(422).says("name", "characters");
    admin
        .post("/permission-templates", Map.of("name", "Sales user"))
        .is(422)
        .says("name", "no other template");
    admin
        .post("/permission-templates", Map.of("name", "R" + sales.id(), "roles", List.of("king")))
        .is(422)
        .says("roles", "crm_admin");
  }

  @Test
  void permissionsAddUpAndThenComeTheExceptions() {
    long view =
        template(Map.of("sections", Map.of("lead", Map.of("view", "all")))).path("id").asLong();
    admin.put("/users/" + sales.id() + "/permissions", Map.of("templates", List.of(view))).is(200);
    Rights sum = access.of(sales.id());
    assertThat(sum.owners(EntityType.LEAD, Action.VIEW).all()).isTrue();
    assertThat(sum.owners(EntityType.LEAD, Action.EDIT).ids()).containsExactly(sales.id());
    admin
        .put(
            "/users/" + sales.id() + "/permissions",
            Map.of(
                "templates",
                List.of(view),
                "exceptions",
                Map.of("sections", Map.of("lead", Map.of("view", "none")))))
        .is(200);
    sales.api().get("/leads").is(403);
    assertThat(access.of(sales.id()).owners(EntityType.LEAD, Action.VIEW).none()).isTrue();
  }

  @Test
  void teamAndHierarchyReachAddUp() {
    Somebody mate = people.hire(null, Role.SALES);
    Somebody below = people.hire(sales, Role.SALES);
    admin
        .post(
            "/teams",
            Map.of("name", "Team " + sales.id(), "members", List.of(sales.id(), mate.id())))
        .is(201);
    except(Map.of("sections", Map.of("lead", Map.of("view", "team"))));
    assertThat(access.of(sales.id()).owners(EntityType.LEAD, Action.VIEW).ids())
        .containsExactlyInAnyOrder(sales.id(), mate.id());
    except(Map.of("sections", Map.of("lead", Map.of("view", "hierarchy"))));
    assertThat(access.of(sales.id()).owners(EntityType.LEAD, Action.VIEW).ids())
        .containsExactlyInAnyOrder(sales.id(), below.id());
  }

  @Test
  void aHiddenFieldIsAsIfItWereNotThere() {
    Caller api = sales.api();
    long lead = api.make("leads", Map.of("lastName", "H", "email", "h" + sales.id() + "@x.test"));
    api.patch("/leads/" + lead, Map.of("values", Map.of("email", "i" + sales.id() + "@x.test")))
        .is(200);
    except(Map.of("fields", Map.of("lead", Map.of("email", "hidden", "company", "readOnly"))));
    assertThat(api.get("/leads/" + lead).is(200).json().path("values").has("email")).isFalse();
    assertThat(api.get("/leads").is(200).text()).doesNotContain("@x.test");
    assertThat(api.get("/leads/" + lead + "/history").is(200).text()).doesNotContain("@x.test");
    assertThat(api.get("/leads/" + lead + "/timeline").is(200).text()).doesNotContain("@x.test");
    assertThat(api.get("/schema/lead").is(200).json().path("fields").findValuesAsText("key"))
        .doesNotContain("email")
        .contains("company");
    assertThat(api.get("/schema/lead").is(200).json().path("fields"))
        .anySatisfy(
            field -> {
              assertThat(field.path("key").asText()).isEqualTo("company");
              assertThat(field.path("readOnly").asBoolean()).isTrue();
            });
    api.get("/leads?filter=email%20is%20not%20empty").is(422).says("email", "a field of leads");
    api.get("/leads?filter=EMAIL%20is%20empty").is(422);
    api.get("/leads?sort=email").is(422).says("email", "a field of leads");
    api.get("/leads?fields=email").is(422);
    api.patch("/leads/" + lead, Map.of("values", Map.of("email", "x@x.test")))
        .is(422)
        .says("email", "a field of leads");
    api.patch("/leads/" + lead, Map.of("values", Map.of("company", "x")))
        .is(422)
        .says("company", "only read");
    api.post("/leads", Map.of("values", Map.of("lastName", "N", "company", "x"))).is(422);
    assertThat(api.bulk("leads", "email", Map.of("lastName", "N")).path("outcome").asText())
        .isEqualTo("refused");
    int version = api.get("/leads/" + lead).json().path("version").asInt();
    api.patch("/leads/" + lead, Map.of("version", version, "values", Map.of("city", "C"))).is(200);
    Caller.Answer conflict =
        api.patch("/leads/" + lead, Map.of("version", version, "values", Map.of("city", "D")))
            .is(409);
    assertThat(conflict.text()).doesNotContain("@x.test");
  }

  @Test
  void aFieldIsHiddenOnlyWhenEveryTemplateThatShowsTheRecordHidesIt() {
    long hides =
        template(
                Map.of(
                    "sections",
                    Map.of("lead", Map.of("view", "all")),
                    "fields",
                    Map.of("lead", Map.of("email", "hidden"))))
            .path("id")
            .asLong();
    admin.put("/users/" + sales.id() + "/permissions", Map.of("templates", List.of(hides))).is(200);
    assertThat(access.of(sales.id()).hides(EntityType.LEAD, "email")).isFalse();
  }

  @Test
  void aChangeCountsAtOnceInOpenSessionsAndForWhoIsSignedOutOfARole() {
    Caller api = sales.api();
    api.get("/leads").is(200);
    Rights before = access.of(sales.id());
    admin.patch("/users/" + sales.id(), Map.of("roles", List.of("agent"))).is(200);
    api.get("/leads").is(403);
    // A request that is under way stands on what it began with.
    assertThat(before.owners(EntityType.LEAD, Action.VIEW).ids()).containsExactly(sales.id());
    admin.patch("/users/" + sales.id(), Map.of("active", false)).is(200);
    api.get("/session/rights").is(401);
  }

  @Test
  void nothingInsteadOfAnIdIsRefusedAndNoFailure() {
    List<Long> nothing = java.util.Collections.singletonList(null);
    admin.put("/users/" + sales.id() + "/permissions", Map.of("templates", nothing)).is(422);
    admin.patch("/users/" + sales.id(), Map.of("teams", nothing)).is(422).says("teams", "ids of");
    admin
        .post("/teams", Map.of("name", "N" + sales.id(), "members", nothing))
        .is(422)
        .says("members", "ids of");
    admin
        .post("/sales-groups", Map.of("name", "N" + sales.id(), "members", nothing))
        .is(422)
        .says("members", "ids of");
    admin
        .post("/authentication-profiles", Map.of("name", "N" + sales.id(), "members", nothing))
        .is(422)
        .says("members", "ids of");
  }

  @Test
  void whoMayChangeUsersGivesNobodyMoreThanHeHas() {
    except(Map.of("sections", Map.of("users", Map.of("create", "all", "edit", "all"))));
    Caller api = sales.api();
    Map<String, Object> king =
        Map.of(
            "login",
            "king-" + sales.id(),
            "name",
            "K",
            "password",
            "long enough 1",
            "roles",
            List.of("crm_admin"));
    api.post("/users", king).is(403);
    assertThat(admin.get("/users?search=king-" + sales.id()).json().path("items")).isEmpty();
    api.patch("/users/" + sales.id(), Map.of("roles", List.of("crm_manager"))).is(403);
    long id = admin.get("/users?search=admin").json().path("items").path(0).path("id").asLong();
    api.patch("/users/" + id, Map.of("password", "taken over 123")).is(403);
  }

  @Test
  void pagesAreToldWhatTheirReaderMayDo() {
    JsonNode mine = sales.api().get("/session/rights").is(200).json();
    assertThat(mine.path("everything").asBoolean()).isFalse();
    assertThat(mine.at("/sections/lead/view").asText()).isEqualTo("some");
    assertThat(mine.at("/sections/lead").has("export")).isFalse();
    assertThat(mine.at("/sections/users").has("edit")).isFalse();
    assertThat(admin.get("/session/rights").json().path("everything").asBoolean()).isTrue();
  }
}
