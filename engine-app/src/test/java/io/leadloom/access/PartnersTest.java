package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Employees of partner companies and the leads that those bring in (LEAD-006, LEAD-007, LEAD-201, LEAD-202). */
@LeadloomTest
@Tag("database")
class PartnersTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private People people;
  private Caller admin;
  private Somebody ann;
  private Somebody bob;
  private Somebody sales;
  private long acme;
  private long beta;
  private String city;

  @BeforeEach
  void hire() {
    people = new People(http, staff);
    admin = people.admin();
    sales = people.hire(null, Role.SALES);
    ann = people.hire(null, Role.PARTNER_SUPERVISOR);
    bob = people.hire(null, Role.PARTNER_SUPERVISOR);
    city = "partners-" + sales.id();
    acme = admin.make("accounts", Map.of("name", "Acme " + sales.id(), "partner", true));
    beta = admin.make("accounts", Map.of("name", "Beta " + sales.id(), "partner", true));
    employ(ann, acme);
    employ(bob, beta);
  }

  private void employ(Somebody user, @Nullable Long account) {
    admin.put("/users/" + user.id() + "/partner-company", account(account)).is(200);
  }

  private static Map<String, @Nullable Object> account(@Nullable Long account) {
    Map<String, @Nullable Object> body = new HashMap<>();
    body.put("account", account);
    return body;
  }

  private long lead(Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(Map.of("lastName", "L", "city", city));
    values.putAll(more);
    return admin.make("leads", values);
  }

  private List<Long> found(Caller caller) {
    String filter = "filter=city%20=%20%22" + city + "%22";
    List<Long> ids = caller.get("/leads?" + filter).is(200).ids();
    assertThat(caller.get("/leads?count=true&" + filter).is(200).json().path("total").asInt())
        .isEqualTo(ids.size());
    return ids;
  }

  @Test
  void LEAD_006_LEAD_007_aLeadOfAnEmployeeGetsTheCompanyAndTheEmployeeAsRepresentative() {
    long id = ann.api().make("leads", Map.of("lastName", "New", "city", city));
    var values = admin.get("/leads/" + id).is(200).json().path("values");
    assertThat(values.path("partnerCompany").asLong()).isEqualTo(acme);
    assertThat(values.path("partnerRepresentative").asLong()).isEqualTo(ann.id());
    assertThat(values.path("owner").isNumber()).isFalse();
    ann.api().get("/leads/" + id).is(200);
    assertThat(found(ann.api())).containsExactly(id);
    assertThat(found(bob.api())).isEmpty();
    bob.api().get("/leads/" + id).is(404);
  }

  @Test
  void LEAD_007_theLeadsOfTheCompanyAreReachedWhoeverOwnsThemAndNoOthersNotEvenOwnOnes() {
    long theirs = lead(Map.of("partnerCompany", acme, "owner", sales.id()));
    long others = lead(Map.of("partnerCompany", beta, "owner", ann.id()));
    long nobodys = lead(Map.of("owner", ann.id()));
    assertThat(found(ann.api())).containsExactly(theirs);
    ann.api().patch("/leads/" + theirs, values("jobTitle", "Buyer")).is(200);
    for (long hidden : List.of(others, nobodys)) {
      ann.api().get("/leads/" + hidden).is(404);
      ann.api().patch("/leads/" + hidden, values("jobTitle", "Buyer")).is(404);
    }
    long note = admin.make("notes", Map.of("text", "N", "lead", theirs));
    long secret = admin.make("notes", Map.of("text", "S", "lead", nobodys));
    ann.api().get("/notes/" + note).is(200);
    ann.api().get("/notes/" + secret).is(404);
    assertThat(ann.api().get("/leads/" + theirs + "/timeline").is(200).text())
        .contains("note/" + note);
    assertThat(found(sales.api())).containsExactly(theirs);
  }

  @Test
  void LEAD_007_whateverRolesAnEmployeeHoldsOtherLeadsAndWhatIsAboutThemStayOutOfReach() {
    Somebody wide = people.hire(null, Role.MARKETEER, Role.MANAGER);
    employ(wide, acme);
    people.report(sales.id(), wide.id());
    long theirs = lead(Map.of("partnerCompany", acme));
    long others = lead(Map.of("owner", sales.id()));
    long note = admin.make("notes", Map.of("text", "S", "lead", others));
    long task =
        admin.make(
            "tasks", Map.of("type", "call", "title", "T", "lead", others, "owner", sales.id()));
    long contact = admin.make("contacts", Map.of("lastName", "C", "owner", sales.id()));
    assertThat(found(wide.api())).containsExactly(theirs);
    for (String path :
        List.of("/leads/" + others, "/notes/" + note, "/tasks/" + task, "/contacts/" + contact)) {
      wide.api().get(path).is(404);
      wide.api().patch(path, values("text", "X")).is(404);
    }
    assertThat(wide.api().get("/notes?limit=200").is(200).ids()).doesNotContain(note);
    assertThat(wide.api().get("/tasks?limit=200").is(200).ids()).doesNotContain(task);
  }

  @Test
  void thePersonBehindALeadOfAnEmployeeIsTheEmployeesContact() {
    String email = "partner-" + ann.id() + "@example.com";
    long id = ann.api().make("leads", Map.of("lastName", "New", "city", city, "email", email));
    long contact = admin.get("/leads/" + id).is(200).json().path("values").path("contact").asLong();
    ann.api().get("/contacts/" + contact).is(200);
  }

  @Test
  void aPartnerCompanyDoesNotBecomePartOfAnotherAccount() {
    admin
        .post("/accounts/" + beta + "/merge", Map.of("records", List.of(Map.of("id", acme))))
        .is(422)
        .says("records", "not marked as partner");
    admin
        .post(
            "/accounts/" + beta + "/merge",
            Map.of("records", java.util.Collections.singletonList(null)))
        .is(422)
        .says("records", "an id each");
  }

  @Test
  void LEAD_007_theCompanyOfALeadIsNotForItsEmployeesToChange() {
    long id = ann.api().make("leads", Map.of("lastName", "New", "city", city));
    ann.api()
        .patch("/leads/" + id, values("partnerCompany", beta))
        .is(422)
        .says("partnerCompany", "that you work for");
    ann.api()
        .patch("/leads/" + id, values("partnerCompany", null))
        .is(422)
        .says("partnerCompany", "that you work for");
    ann.api()
        .post("/leads", Map.of("values", Map.of("lastName", "X", "partnerCompany", beta)))
        .is(422)
        .says("partnerCompany", "that you work for");
  }

  @Test
  void LEAD_202_onlyACompanyMarkedAsPartnerIsTaken() {
    long plain = admin.make("accounts", Map.of("name", "Plain " + sales.id()));
    admin
        .post("/leads", Map.of("values", Map.of("lastName", "X", "partnerCompany", plain)))
        .is(422)
        .says("partnerCompany", "marked as partner");
    admin
        .put("/users/" + ann.id() + "/partner-company", account(plain))
        .is(422)
        .says("account", "marked as partner");
    admin
        .put("/users/" + ann.id() + "/partner-company", account(999_999_999L))
        .is(422)
        .says("account", "marked as partner");
  }

  @Test
  void LEAD_201_theRepresentativeIsAnEmployeeOfTheCompanyAndGoesWithIt() {
    admin
        .post(
            "/leads",
            Map.of(
                "values",
                Map.of("lastName", "X", "partnerCompany", acme, "partnerRepresentative", bob.id())))
        .is(422)
        .says("partnerRepresentative", "employee of the partner company");
    long id = lead(Map.of("partnerCompany", acme, "partnerRepresentative", ann.id()));
    admin.patch("/leads/" + id, values("partnerCompany", beta)).is(200);
    var lead = admin.get("/leads/" + id).json().path("values");
    assertThat(lead.path("partnerCompany").asLong()).isEqualTo(beta);
    assertThat(lead.path("partnerRepresentative").isNumber()).isFalse();
  }

  @Test
  void whoLeavesTheCompanyReachesItsLeadsNoMore() {
    long id = lead(Map.of("partnerCompany", acme));
    assertThat(found(ann.api())).containsExactly(id);
    employ(ann, null);
    assertThat(found(ann.api())).isEmpty();
    ann.api().get("/leads/" + id).is(404);
  }

  @Test
  void theEmploymentOfSomebodyElsesVersionIsNotWrittenOver() {
    String path = "/users/" + ann.id() + "/partner-company";
    int seen = admin.get(path).is(200).json().path("version").asInt();
    admin.put(path, Map.of("version", seen, "account", beta)).is(200);
    admin.put(path, Map.of("version", seen, "account", acme)).is(409);
    assertThat(admin.get(path).json().path("account").asLong()).isEqualTo(beta);
    ann.api().put(path, account(acme)).is(403);
    long boss = people.hire(null, Role.ADMINISTRATOR).id();
    admin.put("/users/" + boss + "/partner-company", account(acme)).is(422);
  }

  @Test
  void whoMayGivePermissionsGivesNoPartnersLeadsThatHeDoesNotReach() {
    long template =
        admin
            .post(
                "/permission-templates",
                Map.of(
                    "name",
                    "Gives " + sales.id(),
                    "grants",
                    Map.of(
                        "sections", Map.of("permissions", Map.of("view", "all", "edit", "all")))))
            .is(201)
            .id();
    admin
        .put("/users/" + sales.id() + "/permissions", Map.of("templates", List.of(template)))
        .is(200);
    sales.api().put("/users/" + ann.id() + "/partner-company", account(beta)).is(403);
    sales.api().put("/users/" + sales.id() + "/partner-company", account(beta)).is(403);
    assertThat(admin.get("/users/" + ann.id() + "/partner-company").json().path("account").asLong())
        .isEqualTo(acme);
  }

  private static Map<String, Object> values(String key, @Nullable Object value) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put(key, value);
    return Map.of("values", values);
  }

  @Test
  void LEAD_201_onlyTheEmployeesOfTheChosenCompanyAreOfferedAndNoPartnerSeesAnothersPeople() {
    assertThat(sales.api().get("/users?partner=" + acme).is(200).ids()).containsExactly(ann.id());
    assertThat(ann.api().get("/users?partner=" + acme).is(200).ids()).containsExactly(ann.id());
    assertThat(ann.api().get("/users?partner=" + beta).is(200).ids()).isEmpty();
  }
}
