package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the complete form makes of people and companies that are here, of rights, and of entries that come twice. */
@LeadloomTest
@Tag("database")
class LeadFormMatchesTest {

  private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime() % 100_000_000);

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;
  @Autowired PlatformTransactionManager transactions;

  private People people;
  private Caller admin;
  private String mark;

  @BeforeEach
  void callers() {
    people = new People(http, staff);
    admin = people.admin();
    mark = "match" + NUMBER.incrementAndGet();
  }

  private static String digits() {
    return String.format("%09d", NUMBER.incrementAndGet());
  }

  /** The inputs of every lead, with these. */
  private static Map<String, Object> form(Map<String, ?> more) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "leadName", "Fifty laptops", "source", "Vendor", "salesDirection", "New business"));
    values.putAll(more);
    return values;
  }

  private Map<String, Object> fresh(Map<String, ?> more) {
    Map<String, Object> values =
        form(
            Map.of(
                "newCompany",
                true,
                "companyName",
                "Beta " + mark,
                "companyWebsite",
                mark + ".example",
                "companyTin",
                digits(),
                "newContact",
                true,
                "firstName",
                "Bob",
                "lastName",
                mark));
    values.putAll(more);
    return values;
  }

  private long company(String name) {
    return admin.make("accounts", Map.of("name", name + " " + mark));
  }

  private Caller.Answer save(Caller caller, Map<String, ?> values) {
    return caller.post("/leads/form", Map.of("values", values));
  }

  private Caller.Answer change(long lead, Map<String, ?> values) {
    return admin.patch("/leads/" + lead + "/form", Map.of("values", values));
  }

  private JsonNode values(String entity, long id) {
    return admin.get("/" + entity + "/" + id).is(200).json().path("values");
  }

  private long total(Caller caller, String entity, String filter) {
    return caller
        .get("/" + entity + "?count=true&" + LeadChoiceCalls.filter(filter))
        .is(200)
        .json()
        .path("total")
        .asLong();
  }

  private static List<String> failing(Caller.Answer answer) {
    return StreamSupport.stream(answer.is(422).json().path("violations").spliterator(), false)
        .map(violation -> violation.path("field").asText())
        .toList();
  }

  /** Somebody with all records and these rules of fields. */
  private Caller keptFrom(Map<String, ?> fields) {
    Somebody somebody = people.hire(null, Role.SALES);
    Map<String, ?> all = Map.of("view", "all", "edit", "all");
    admin
        .put(
            "/users/" + somebody.id() + "/permissions",
            Map.of(
                "exceptions",
                Map.of(
                    "sections",
                    Map.of("lead", all, "contact", all, "account", all),
                    "fields",
                    fields)))
        .is(200);
    return somebody.api();
  }

  @Test
  void LEAD_191_LEAD_192_whatReachesThePersonIsKeptWhenTheContactIsNew() {
    String phone = "+4930" + digits();
    String email = mark + "@x.example";
    long lead =
        admin.make("leads", Map.of("lastName", "Q " + mark, "phone", phone, "email", email));
    long acme = company("Acme");
    change(
            lead,
            form(Map.of("account", acme, "newContact", true, "firstName", "A", "lastName", mark)))
        .is(200);
    JsonNode now = values("leads", lead);
    JsonNode contact = values("contacts", now.path("contact").asLong());
    assertThat(now.path("lastName").asText()).isEqualTo(mark);
    for (JsonNode person : List.of(now, contact)) {
      assertThat(person.path("phone").asText()).isEqualTo(phone);
      assertThat(person.path("email").asText()).isEqualTo(email);
    }
    long other = admin.make("contacts", Map.of("lastName", "Only " + mark, "account", acme));
    change(lead, Map.of("contact", other)).is(200);
    JsonNode then = values("leads", lead);
    assertThat(then.path("phone").asText()).isEqualTo(phone);
    assertThat(then.path("name").asText()).isEqualTo("Only " + mark);
    assertThat(values("contacts", other).path("phone").asText("")).isEmpty();
  }

  @Test
  void LEAD_217_aTitleThatIsFormedTellsNobodyWhatIsHiddenFromThem() {
    long ann = admin.make("contacts", Map.of("lastName", "Ann" + mark));
    long lead = admin.make("leads", Map.of("contact", ann, "source", "Vendor", "city", mark));
    Caller kept = keptFrom(Map.of("lead", Map.of("source", "hidden")));
    for (String path :
        List.of(
            "/leads/" + lead,
            "/leads?" + LeadChoiceCalls.filter("city = \"" + mark + "\""),
            "/leads/" + lead + "/history",
            "/leads/" + lead + "/timeline")) {
      assertThat(kept.get(path).text()).doesNotContain("Vendor");
    }
    kept.get("/leads?" + LeadChoiceCalls.filter("leadName contains \"Vendor\""))
        .is(422)
        .says("leadName", "a field of leads");
    assertThat(values("leads", lead).path("leadName").asText())
        .isEqualTo("Ann" + mark + ", Vendor");
  }

  @Test
  void LEAD_217_theTitleSaysWhoTheFoundContactIsAndIsFormedOfPartOfAnAddressAtLast() {
    String phone = "+4940" + digits();
    admin.make("contacts", Map.of("firstName", "Ann", "lastName", mark, "phone", phone));
    long known = admin.make("leads", Map.of("phone", phone, "source", "Call"));
    assertThat(values("leads", known).path("leadName").asText())
        .isEqualTo("Ann " + mark + ", Call");
    long unknown = admin.make("leads", Map.of("email", mark + "@x.example"));
    assertThat(values("leads", unknown).path("leadName").asText()).isEqualTo("m…@x.example");
    long called = admin.make("leads", Map.of("phone", "+4941" + digits(), "source", "Call"));
    assertThat(values("leads", called).path("leadName").asText()).matches("…\\d{3}, Call");
  }

  @Test
  void whoMayNotGiveLeadsACompanyIsNotAskedForOneAndLosesNothing() {
    long acme = company("Acme");
    long ann = admin.make("contacts", Map.of("lastName", "Ann " + mark, "account", acme));
    long without = admin.make("leads", Map.of("lastName", mark));
    long with = admin.make("leads", Map.of("lastName", mark, "account", acme, "contact", ann));
    for (String rule : List.of("readOnly", "hidden")) {
      Caller kept = keptFrom(Map.of("lead", Map.of("account", rule)));
      assertThat(kept.get("/leads/form").is(200).text()).doesNotContain("companyName");
      for (long lead : List.of(without, with)) {
        String path = "/leads/" + lead + "/form";
        kept.patch(path, Map.of("values", form(Map.of()))).is(200);
        Map<String, ?> typed = Map.of("companyName", "Typed " + mark);
        kept.patch(path, Map.of("values", typed)).is(422).says("companyName", "permissions");
        Map<String, Object> ticked = new HashMap<>(typed);
        ticked.put("newCompany", true);
        assertThat(failing(kept.patch(path, Map.of("values", ticked))))
            .containsExactlyInAnyOrder("newCompany", "companyName");
      }
    }
    Caller kept = keptFrom(Map.of("lead", Map.of("contact", "readOnly")));
    assertThat(
            failing(
                save(
                    kept,
                    form(
                        Map.of(
                            "account",
                            acme,
                            "newContact",
                            true,
                            "firstName",
                            "A",
                            "lastName",
                            "B")))))
        .containsExactlyInAnyOrder("newContact", "firstName", "lastName");
    assertThat(total(admin, "accounts", "name = \"Typed " + mark + "\"")).isZero();
  }

  @Test
  void LEAD_204_aKeyIsTheSameInAnyLetterCaseAndIsGivenOnce() {
    long acme = company("Acme");
    save(admin, fresh(Map.of("Account", acme))).is(422).says("account", "New company is ticked");
    save(admin, fresh(Map.of("Contact", 9))).is(422).says("contact", "New contact is ticked");
    save(admin, fresh(Map.of("Email", "x@y.example"))).is(422).says("email", "from the contact");
    save(admin, form(Map.of("account", acme, "ACCOUNT", acme))).is(422).says("account", "twice");
    save(admin, form(Map.of("newCompany", true, "NewCompany", false)))
        .is(422)
        .says("newCompany", "twice");
  }

  @Test
  void LEAD_182_LEAD_178_hostsMayBeInAnyScriptAndSpacesOfAnyKind() {
    String site = "https://m\u00fcller-" + mark + ".de/";
    long lead = save(admin, fresh(Map.of("companyWebsite", site))).is(201).id();
    long company = values("leads", lead).path("account").asLong();
    assertThat(values("accounts", company).path("website").asText()).isEqualTo(site);
    String ascii = java.net.IDN.toASCII("m\u00fcller-" + mark + ".de");
    assertThat(
            failing(
                save(admin, fresh(Map.of("companyWebsite", ascii, "companyName", "C " + mark)))))
        .containsExactly("companyWebsite");
    assertThat(
            failing(
                save(
                    admin,
                    fresh(
                        Map.of(
                            "companyWebsite",
                            "other-" + mark + ".example",
                            "companyName",
                            "\u00a0beta\u00a0\u2009" + mark)))))
        .containsExactly("companyName");
    save(
            admin,
            fresh(
                Map.of("companyWebsite", "under_" + mark + ".example", "companyName", "U " + mark)))
        .is(201);
  }

  @Test
  void ofTwoCompaniesThatShareANameEachCanStillBeWritten() {
    long elder = company("Twin");
    long younger = company("Other");
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status ->
                jdbc.update("update accounts set name = ? where id = ?", "twin  " + mark, younger));
    String path = "/accounts/" + younger;
    admin.patch(path, Map.of("values", Map.of("name", "twin  " + mark, "phone", "+491"))).is(200);
    assertThat(values("accounts", younger).path("phone").asText()).isEqualTo("+491");
    long third = company("Third");
    admin
        .patch("/accounts/" + third, Map.of("values", Map.of("name", "Twin " + mark)))
        .is(422)
        .says("name", "account/" + elder);
  }

  @Test
  void LEAD_217_noLaterChangeMakesALeadIncomplete() {
    long acme = company("Acme");
    long ann = admin.make("contacts", Map.of("lastName", "Ann " + mark));
    long lead =
        save(admin, form(Map.of("account", acme, "contact", ann, "city", mark))).is(201).id();
    Map<String, @Nullable Object> emptied = new HashMap<>();
    emptied.put("salesDirection", null);
    emptied.put("source", "Call");
    admin.patch("/leads/" + lead, Map.of("values", emptied)).is(200);
    assertThat(values("leads", lead).path("incomplete").asBoolean(true)).isFalse();
    assertThat(total(admin, "leads", "incomplete = false and city = \"" + mark + "\"")).isOne();
  }

  @Test
  void aFieldOfOnesOwnThatTheFormDoesNotHaveStopsNoNewCompany() {
    String key =
        admin
            .post(
                "/schema/account/fields",
                Map.of("label", "Segment " + mark, "type", "text", "mandatory", true))
            .is(201)
            .json()
            .path("key")
            .asText();
    try {
      save(admin, fresh(Map.of())).is(201);
    } finally {
      admin.delete("/schema/account/fields/" + key + "?force=true").is(204);
    }
  }

  @Test
  void anEntryThatIsSentAgainTakesEffectOnce() throws Exception {
    Map<String, ?> entry = Map.of("values", fresh(Map.of()));
    String key = UUID.randomUUID().toString();
    String first = send(HttpMethod.POST, "/leads/form", key, entry, 201);
    assertThat(send(HttpMethod.POST, "/leads/form", key, entry, 201)).isEqualTo(first);
    assertThat(total(admin, "contacts", "lastName = \"" + mark + "\"")).isOne();
    assertThat(total(admin, "leads", "lastName = \"" + mark + "\"")).isOne();
    long lead = new ObjectMapper().readTree(first).path("id").asLong();
    Map<String, ?> person =
        Map.of(
            "version",
            admin.get("/leads/" + lead).json().path("version").asInt(),
            "values",
            Map.of("newContact", true, "firstName", "C", "lastName", "Other" + mark));
    String path = "/leads/" + lead + "/form";
    String again = UUID.randomUUID().toString();
    String changed = send(HttpMethod.PATCH, path, again, person, 200);
    assertThat(send(HttpMethod.PATCH, path, again, person, 200)).isEqualTo(changed);
    assertThat(total(admin, "contacts", "lastName = \"Other" + mark + "\"")).isOne();
  }

  private String send(HttpMethod method, String path, String key, Object body, int status)
      throws Exception {
    var response =
        http.perform(
                MockMvcRequestBuilders.request(method, java.net.URI.create("/api/v1" + path))
                    .with(httpBasic(admin.login(), admin.password()))
                    .header("Idempotency-Key", key)
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(new ObjectMapper().writeValueAsString(body)))
            .andReturn()
            .getResponse();
    assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(status);
    return response.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
  }
}
