package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Leads in lead lists: they are added by hand, found in their list and nowhere else. */
@LeadloomTest
@Tag("database")
class ListLeadsTest {
  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  private CallCentre centre;
  private Caller admin;
  private Caller api;

  @BeforeEach
  void aProcess() {
    People people = new People(http, staff);
    centre = new CallCentre(people);
    admin = people.admin();
    api = centre.supervisor.api();
    admin
        .patch(
            "/table-definitions/" + centre.table,
            Map.of(
                "columns",
                List.of(
                    Map.of("name", "phone1", "field", "phone", "primary", true),
                    Map.of("name", "name", "field", "leadName"),
                    Map.of("name", "email", "field", "email", "unique", true),
                    Map.of("name", "score", "field", centre.numbers()),
                    Map.of("name", "city", "field", "city", "nullable", false))))
        .is(200);
  }

  private Caller.Answer add(long list, Object... namesAndValues) {
    return api.post(
        "/lead-lists/" + list + "/leads", Map.of("values", CallCentre.values(namesAndValues)));
  }

  private JsonNode leads(long list, String more) {
    return api.get("/lead-lists/" + list + "/leads" + more).is(200).json();
  }

  @Test
  void LEAD_027_LEAD_028_aContactIsAddedAfterTheChecksOfTheTable() {
    long list = centre.made("Spring");
    JsonNode made =
        add(list, "phone1", "+49 30 1234567", "name", "Ann", "score", 7, "city", "Bonn")
            .is(201)
            .json();
    assertThat(made.path("values").path("phone1").asText()).isEqualTo("+49301234567");
    assertThat(made.path("values").path("score").asInt()).isEqualTo(7);
    assertThat(api.get("/lead-lists/" + list).is(200).json().path("leads").asInt()).isEqualTo(1);
    add(list, "phone1", "+49 30 1234568", "score", "many").is(422).says("score", "a whole number");
    add(list, "phone1", "  ", "city", "Bonn").is(422).says("phone1", "a value");
    add(list, "phone1", "+49 30 1234568").is(422).says("city", "a value");
    add(list, "phone1", "+49 30 1234568", "planet", "Mars", "city", "Bonn")
        .is(422)
        .says("planet", "a column of the list");
    // The same number, however it is written.
    add(list, "phone1", "+49 (30) 123-45.67", "city", "Bonn").is(422).says("phone1", "Spring");
    add(list, "phone1", "+49301234568", "email", "a@example.com", "city", "Bonn").is(201);
    add(list, "phone1", "+49301234569", "email", "A@example.com", "city", "Bonn")
        .is(422)
        .says("email", "no lead of Spring");
    assertThat(leads(list, "").path("items")).hasSize(2);
  }

  @Test
  void LEAD_008_leadsOfAListAreNowhereElse() {
    long list = centre.made("Spring");
    String mail = centre.mark + "@example.com";
    long lead =
        add(list, "phone1", "+49301234567", "name", centre.mark, "email", mail, "city", "Bonn")
            .is(201)
            .id();
    admin.get("/leads/" + lead).is(404);
    api.get("/list-leads/" + lead).is(200);
    assertThat(admin.get("/leads?filter=email%20=%20%22" + mail + "%22").is(200).ids()).isEmpty();
    // An ordinary lead with the same address and number is another one, and a new one.
    JsonNode ordinary =
        admin
            .post(
                "/leads",
                Map.of("values", Map.of("email", mail, "phone", "+49301234567", "lastName", "B")))
            .is(201)
            .json();
    assertThat(ordinary.path("id").asLong()).isNotEqualTo(lead);
    assertThat(
            admin
                .get("/leads/" + ordinary.path("id").asLong() + "/duplicates")
                .is(200)
                .json()
                .path("items"))
        .isEmpty();
    add(list, "phone1", "+49301234568", "name", "C", "city", "Bonn").is(201);
  }

  @Test
  void LEAD_212_valuesAreComparedAmongTheListsOfACampaignOnly() {
    long one = centre.made("One");
    long two = centre.made("Two");
    long three = centre.made("Three");
    long campaign = centre.campaign("Calls");
    for (long list : List.of(one, two)) {
      api.patch("/lead-lists/" + list + "/campaigns", Map.of("assign", List.of(campaign))).is(200);
    }
    add(one, "phone1", "+49301234567", "email", "a@example.com", "city", "Bonn").is(201);
    add(two, "phone1", "+49301234567", "city", "Bonn").is(422).says("phone1", "One");
    add(two, "phone1", "+49301234568", "email", "a@example.com", "city", "Bonn")
        .is(422)
        .says("email", "One");
    add(three, "phone1", "+49301234567", "email", "a@example.com", "city", "Bonn").is(201);
    long other = centre.process("Other " + centre.mark, centre.supervisor);
    long foreign = api.post("/processes/" + other + "/lead-lists", centre.list("One")).is(201).id();
    add(foreign, "phone1", "+49301234567", "email", "a@example.com", "city", "Bonn").is(201);
  }

  @Test
  void leadsArePagedAndFoundByTheBeginningOfNameAndNumber() {
    long list = centre.made("Spring");
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(
          0,
          add(
                  list,
                  "phone1",
                  "+4930123456" + i,
                  "name",
                  (i < 2 ? "Émile " : "Bob ") + i,
                  "city",
                  "X")
              .is(201)
              .id());
    }
    List<Long> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = leads(list, "?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next));
      page.path("items").forEach(each -> seen.add(each.path("id").asLong()));
      next = page.path("next").asText("");
    } while (!next.isEmpty() && !next.equals("null"));
    assertThat(seen).isEqualTo(made);
    assertThat(leads(list, "?search=%C3%89MI").path("items")).hasSize(2);
    assertThat(leads(list, "?search=%2B49%2030%20123%20456-3").path("items")).hasSize(1);
    assertThat(leads(list, "?search=Nobody").path("items")).isEmpty();
    api.get("/lead-lists/" + list + "/leads?search=ab").is(422).says("search", "3 characters");
    api.get("/lead-lists/" + list + "/leads?cursor=x").is(422).says("cursor", "page before");
  }

  @Test
  void LEAD_021_LEAD_022_aListTakesItsLeadsWithIt() {
    long list = centre.made("Spring");
    long lead = add(list, "phone1", "+49301234567", "city", "Bonn").is(201).id();
    api.delete("/lead-lists/" + list).is(204);
    api.get("/list-leads/" + lead).is(404);
    api.get("/lead-lists/" + list + "/leads").is(404);
    assertThat(admin.post("/leads/" + lead + "/restore").status()).isEqualTo(404);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForObject(
                            "select count(*) from list_lead_key where lead_id = ?",
                            Integer.class,
                            lead))
                    .isZero());
  }

  @Test
  void LEAD_209_columnsAreChangedOnlyAsTheLeadsInThemAllow() {
    long list = centre.made("Spring");
    add(list, "phone1", "+49301234567", "name", "Ann", "city", "Bonn").is(201);
    add(list, "phone1", "+49301234568", "city", "Bonn").is(201);
    String path = "/table-definitions/" + centre.table;
    Map<String, Object> phone = Map.of("name", "phone1", "field", "phone", "primary", true);
    Map<String, Object> city = Map.of("name", "city", "field", "city", "unique", true);
    admin
        .patch(
            path,
            Map.of(
                "columns",
                List.of(phone, Map.of("name", "name", "field", "leadName", "nullable", false))))
        .is(422)
        .says("columns[1].nullable", "1 leads have nothing");
    admin
        .patch(path, Map.of("columns", List.of(phone, city)))
        .is(422)
        .says("columns[1].unique", "2 leads");
    admin
        .patch(path, Map.of("columns", List.of(phone, Map.of("name", "city", "field", "state"))))
        .is(422)
        .says("columns[1].field", "2 leads have a value");
    admin.patch(path, Map.of("columns", List.of(city))).is(422).says("columns", "phone1");
    admin
        .patch(
            path,
            Map.of(
                "columns", List.of(phone, Map.of("name", "zip", "field", "zip", "unique", true))))
        .is(200);
    add(list, "phone1", "+49301234569", "zip", "53111").is(201);
    add(list, "phone1", "+49301234570", "zip", "53111").is(422).says("zip", "no lead of Spring");
  }

  @Test
  void LEAD_209_LEAD_212_aColumnBecomesUniqueWhenAllValuesInItDiffer() {
    Map<String, Object> phone = Map.of("name", "phone1", "field", "phone", "primary", true);
    Map<String, Object> zip = Map.of("name", "zip", "field", "zip", "unique", true);
    Map<String, Object> open = Map.of("name", "zip", "field", "zip");
    String path = "/table-definitions/" + centre.table;
    admin.patch(path, Map.of("columns", List.of(phone, open))).is(200);
    long spring = centre.made("Spring");
    long summer = centre.made("Summer");
    add(spring, "phone1", "+49301234567", "zip", "53111").is(201);
    add(spring, "phone1", "+49301234568").is(201);
    add(summer, "phone1", "+49301234569", "zip", "53111").is(201);
    long twin = add(summer, "phone1", "+49301234570", "zip", "53112").is(201).id();
    admin.patch(path, Map.of("columns", List.of(phone, zip))).is(200);
    add(summer, "phone1", "+49301234571", "zip", "53112").is(422).says("zip", "no lead of Summer");
    add(spring, "phone1", "+49301234571", "zip", "53112").is(201);
    admin.patch(path, Map.of("columns", List.of(phone, open))).is(200);
    add(summer, "phone1", "+49301234572", "zip", "53112").is(201);
    admin
        .patch(path, Map.of("columns", List.of(phone, zip)))
        .is(422)
        .says("columns[1].unique", "2 leads share their value");
    assertThat(admin.get("/list-leads/" + twin).is(200).json().path("values").path("zip").asText())
        .isEqualTo("53112");
  }

  @Test
  void whoDeletesAChoiceHearsOfTheLeadsOfListsThatHaveIt() {
    String fair = "100% \"Fair\" " + centre.mark;
    long source = admin.post("/schema/sources", Map.of("label", fair)).is(201).id();
    admin
        .patch(
            "/table-definitions/" + centre.table,
            Map.of(
                "columns",
                List.of(
                    Map.of("name", "phone1", "field", "phone", "primary", true),
                    Map.of("name", "origin", "field", "source"))))
        .is(200);
    String usage = "/schema/sources/" + source + "/usage";
    assertThat(admin.get(usage).is(200).json().path("used").asBoolean()).isFalse();
    long list = centre.made("Spring");
    add(list, "phone1", "+49301234567", "origin", fair).is(201);
    add(list, "phone1", "+49301234568").is(201);
    JsonNode used = admin.get(usage).is(200).json();
    assertThat(used.path("used").asBoolean()).isTrue();
    assertThat(used.path("records").path("leads").asLong()).isZero();
    assertThat(used.path("records").path("listLeads").asLong()).isEqualTo(1);
    admin
        .delete("/schema/sources/" + source)
        .is(409)
        .says("replacement", "the id of the source to put in its place");
  }

  @Test
  void leadsOfListsKeepNoStatusWithItsStage() {
    String stage = "Called " + centre.mark;
    String busy = "Busy " + centre.mark;
    long one = admin.post("/schema/stages", Map.of("label", stage)).is(201).id();
    long other = admin.post("/schema/stages", Map.of("label", stage + "!")).is(201).id();
    long status = admin.post("/schema/statuses", Map.of("label", busy, "parent", one)).is(201).id();
    admin
        .patch(
            "/table-definitions/" + centre.table,
            Map.of(
                "columns",
                List.of(
                    Map.of("name", "phone1", "field", "phone", "primary", true),
                    Map.of("name", "stage", "field", "stage"),
                    Map.of("name", "status", "field", "status"))))
        .is(200);
    long list = centre.made("Spring");
    add(list, "phone1", "+49301234567", "stage", stage, "status", busy).is(201);
    String path = "/schema/statuses/" + status;
    assertThat(admin.get(path + "/usage").is(200).json().path("records").path("listLeads").asLong())
        .isEqualTo(1);
    admin.patch(path, Map.of("parent", other)).is(200);
  }

  @Test
  void leadsOfListsAreToldOfAndNotCountedWhenAFieldIsDeleted() {
    long list = centre.made("Spring");
    String key =
        admin
            .post(
                "/schema/lead/fields",
                Map.of("label", "Doomed " + centre.mark, "type", "wholeNumber"))
            .is(201)
            .json()
            .path("key")
            .asText();
    String table = "/table-definitions/" + centre.table;
    Map<String, Object> phone = Map.of("name", "phone1", "field", "phone", "primary", true);
    Map<String, Object> doomed = Map.of("name", "doomed", "field", key);
    admin.patch(table, Map.of("columns", List.of(phone, doomed))).is(200);
    add(list, "phone1", "+49301234567", "doomed", 7).is(201);
    String path = "/schema/lead/fields/" + key;
    JsonNode values = admin.get(path + "/values").is(200).json();
    assertThat(values.path("count").asLong()).isZero();
    assertThat(values.path("listLeads").asLong()).isEqualTo(1);
    assertThat(admin.delete(path + "?force=true").is(409).text()).contains("1 leads of lists");
    admin.delete(path + "?confirm=0&force=true").is(204);
  }

  @Test
  void columnsOfVeryManyLeadsDoNotBecomeUniqueWhileAllAreLookedAt() {
    long list = centre.made("Spring");
    add(list, "phone1", "+49301234567", "city", "Bonn").is(201);
    count(list, 500_001);
    String path = "/table-definitions/" + centre.table;
    Map<String, Object> phone = Map.of("name", "phone1", "field", "phone", "primary", true);
    admin
        .patch(
            path,
            Map.of(
                "columns", List.of(phone, Map.of("name", "city", "field", "city", "unique", true))))
        .is(422)
        .says("columns[1].unique", "500001 leads are in its lists");
    admin
        .patch(
            path,
            Map.of(
                "columns",
                List.of(phone, Map.of("name", "zip", "field", "zip", "nullable", false))))
        .is(422)
        .says("columns[1].nullable", "at most 500000");
    admin
        .patch(path, Map.of("columns", List.of(phone, Map.of("name", "city", "field", "zip"))))
        .is(422)
        .says("columns[1].field", "city, since");
    admin
        .patch(path, Map.of("columns", List.of(phone, Map.of("name", "zip", "field", "zip"))))
        .is(200);
    count(list, 1);
  }

  private void count(long list, long leads) {
    transactions.executeWithoutResult(
        status -> jdbc.update("update lead_list set leads = ? where id = ?", leads, list));
  }

  @Test
  void LEAD_004_membersWhoKeepNothingReachNoLeads() {
    long list = centre.made("Spring");
    long lead = add(list, "phone1", "+49301234567", "city", "Bonn").is(201).id();
    Caller agent = centre.agent.api();
    agent.get("/lead-lists/" + list + "/leads").is(403);
    agent.get("/list-leads/" + lead).is(403);
    agent.post("/lead-lists/" + list + "/leads", Map.of("values", Map.of())).is(403);
    assertThat(leads(list, "").path("items")).hasSize(1);
  }
}
