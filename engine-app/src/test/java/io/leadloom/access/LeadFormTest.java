package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The complete form of leads: what it asks for, what it refuses, and what it writes (LEAD-164 to LEAD-205). */
@LeadloomTest
@Tag("database")
class LeadFormTest {

  private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime() % 100_000_000);

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private People people;
  private Caller admin;
  private String mark;
  private long acme;
  private long ann;

  @BeforeEach
  void company() {
    people = new People(http, staff);
    admin = people.admin();
    mark = "form" + NUMBER.incrementAndGet();
    acme =
        admin.make(
            "accounts",
            Map.of("name", "Acme " + mark, "website", "https://" + mark + ".com", "tin", tin()));
    ann = admin.make("contacts", Map.of("firstName", "Ann", "lastName", mark, "account", acme));
  }

  @AfterEach
  void settingsOfANewInstallation() {
    admin.patch("/schema/lead-settings", Map.of("withoutCompany", false)).is(200);
  }

  private static String tin() {
    return String.format("%09d", NUMBER.incrementAndGet());
  }

  /** A form that is all right, with other values; null takes one away. */
  private Map<String, @Nullable Object> form(Object... changes) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("leadName", "Fifty laptops");
    values.put("source", "Vendor");
    values.put("salesDirection", "New business");
    values.put("account", acme);
    values.put("contact", ann);
    return changed(values, changes);
  }

  private static Map<String, @Nullable Object> changed(
      Map<String, @Nullable Object> values, Object... changes) {
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        values.remove((String) changes[i]);
      } else {
        values.put((String) changes[i], changes[i + 1]);
      }
    }
    return values;
  }

  /** A form for a company and a contact that are new, with other values. */
  private Map<String, @Nullable Object> fresh(Object... changes) {
    Map<String, @Nullable Object> values = form("account", null, "contact", null);
    values.put("newCompany", true);
    values.put("companyName", "Beta " + mark);
    values.put("companyWebsite", "beta-" + mark + ".example");
    values.put("companyTin", tin());
    values.put("newContact", true);
    values.put("firstName", "Bob");
    values.put("lastName", "B " + mark);
    return changed(values, changes);
  }

  private Caller.Answer save(Map<String, @Nullable Object> values) {
    return admin.post("/leads/form", Map.of("values", values));
  }

  private Caller.Answer change(long lead, Map<String, @Nullable Object> values) {
    return admin.patch("/leads/" + lead + "/form", Map.of("values", values));
  }

  private static List<String> failing(Caller.Answer answer) {
    return StreamSupport.stream(answer.is(422).json().path("violations").spliterator(), false)
        .map(violation -> violation.path("field").asText())
        .toList();
  }

  private JsonNode values(String entity, long id) {
    return admin.get("/" + entity + "/" + id).is(200).json().path("values");
  }

  private long total(String entity, String filter) {
    return admin
        .get("/" + entity + "?count=true&" + LeadChoiceCalls.filter(filter))
        .is(200)
        .json()
        .path("total")
        .asLong();
  }

  @Test
  void LEAD_166_LEAD_185_LEAD_205_anEmptyFormNamesAllThatIsMissingAtOnce() {
    assertThat(failing(save(Map.of())))
        .containsExactly(
            "leadName",
            "source",
            "salesDirection",
            "account",
            "companyName",
            "companyWebsite",
            "companyTin",
            "contact");
  }

  @Test
  void LEAD_167_LEAD_168_theFormOffersItsEightSourcesAndWhatSomebodyAddsButNoneOfAConnector() {
    List<String> offered = new ArrayList<>();
    admin
        .get("/schema/sources")
        .is(200)
        .json()
        .path("items")
        .forEach(
            source -> {
              if (source.path("builtIn").asBoolean()) {
                assertThat(source.path("offered").asBoolean()).isTrue();
                offered.add(source.path("label").asText());
                admin.delete("/schema/sources/" + source.path("id").asLong()).is(409);
              }
            });
    assertThat(offered)
        .containsExactlyInAnyOrder(
            "Self-generation",
            "Email",
            "Call",
            "Chat",
            "Vendor",
            "Partner",
            "Website form",
            "Social media");
    save(form("source", "Facebook")).is(422).says("source", "a source that the form offers");
    long own = admin.post("/schema/sources", Map.of("label", "Fair " + mark)).is(201).id();
    save(form("source", "Fair " + mark)).is(201);
    admin.patch("/schema/sources/" + own, Map.of("offered", false)).is(200);
    save(form("source", "Fair " + mark)).is(422).says("source", "a source that the form offers");
    long lead = admin.make("leads", Map.of("lastName", mark, "source", "Fair " + mark));
    assertThat(failing(change(lead, Map.of("jobTitle", "Buyer")))).doesNotContain("source");
  }

  @Test
  void LEAD_E20_LEAD_180_LEAD_181_aTinHas9Or10Or12DigitsAndKeepsItsZeros() {
    for (String wrong :
        List.of("12345678", "12345678901", "12345-6789", "1234567 90", "abcdefghi")) {
      assertThat(failing(save(fresh("companyTin", wrong)))).containsExactly("companyTin");
    }
    long nine = NUMBER.incrementAndGet() % 10_000_000;
    for (String zeros : List.of("00", "000", "00000")) {
      String right = String.format("%s%07d", zeros, nine);
      Map<String, @Nullable Object> values = fresh("companyTin", right);
      values.put("companyName", right + mark);
      values.put("companyWebsite", right + mark + ".example");
      long lead = save(values).is(201).id();
      long company = values("leads", lead).path("account").asLong();
      assertThat(values("accounts", company).path("tin").asText()).isEqualTo(right);
    }
  }

  @Test
  void LEAD_E21_LEAD_176_LEAD_178_aClashIsFoundInAnyFormOfAnAddressOrName() {
    Caller.Answer answer =
        save(fresh("companyWebsite", "www." + mark.toUpperCase(Locale.ROOT) + ".com/"));
    assertThat(failing(answer)).containsExactly("companyWebsite");
    answer.says("companyWebsite", "clear New company");
    assertThat(total("accounts", "name = \"Beta " + mark + "\"")).isZero();
    assertThat(failing(save(fresh("companyName", "  ACME   " + mark + " "))))
        .containsExactly("companyName");
    String taken = values("accounts", acme).path("tin").asText();
    assertThat(
            failing(
                save(
                    fresh(
                        "companyName",
                        "acme " + mark,
                        "companyWebsite",
                        "http://" + mark + ".com",
                        "companyTin",
                        taken))))
        .containsExactly("companyName", "companyWebsite", "companyTin");
    assertThat(total("contacts", "lastName = \"B " + mark + "\"")).isZero();
  }

  @Test
  void LEAD_E22_LEAD_173_withoutACompanyTheFormFailsUntilOneIsChosen() {
    Map<String, @Nullable Object> values = fresh("newCompany", null);
    assertThat(failing(save(values))).containsExactly("account");
    values.keySet().removeAll(List.of("companyName", "companyWebsite", "companyTin"));
    values.put("account", acme);
    save(values).is(201);
  }

  @Test
  void LEAD_E23_LEAD_189_aNewContactNeedsFirstAndLastNameOnly() {
    assertThat(failing(save(fresh("lastName", " ")))).containsExactly("lastName");
    assertThat(failing(save(fresh("contactEmail", "nobody")))).containsExactly("contactEmail");
    save(fresh()).is(201);
  }

  @Test
  void LEAD_E24_LEAD_194_LEAD_195_aContactOfAnotherCompanyIsRefused() {
    long beta = admin.make("accounts", Map.of("name", "Beta " + mark));
    long cy = admin.make("contacts", Map.of("lastName", "Cy " + mark, "account", beta));
    assertThat(failing(save(form("contact", cy)))).containsExactly("contact");
    long lead = save(form()).is(201).id();
    assertThat(failing(change(lead, Map.of("account", beta)))).containsExactly("contact");
    change(lead, Map.of("jobTitle", "Buyer")).is(200);
  }

  @Test
  void LEAD_E25_LEAD_198_LEAD_199_anOwnerIsActiveUnlessHeStandsThereAlready() {
    Somebody sales = people.hire(null, Role.SALES);
    long lead = save(form("owner", sales.id())).is(201).id();
    admin
        .patch(
            "/users/" + sales.id(),
            Map.of(
                "version",
                admin.get("/users/" + sales.id()).is(200).json().path("version").asInt(),
                "active",
                false))
        .is(200);
    assertThat(failing(save(form("owner", sales.id())))).containsExactly("owner");
    change(lead, Map.of("jobTitle", "Buyer")).is(200);
    assertThat(values("leads", lead).path("owner").asLong()).isEqualTo(sales.id());
  }

  @Test
  void LEAD_183_VOC_005_companyContactAndLeadAreWrittenTogether() {
    Map<String, @Nullable Object> values =
        fresh("contactPhone", "+4930123" + NUMBER.incrementAndGet() % 10_000, "middleName", "Q");
    values.put("requirements", "Fifty of them\nby March");
    values.put("company", "what they wrote");
    values.put("city", "Berlin");
    values.put("distributionChannel", "Newsletter");
    long id = save(values).is(201).id();
    JsonNode lead = values("leads", id);
    JsonNode company = values("accounts", lead.path("account").asLong());
    JsonNode contact = values("contacts", lead.path("contact").asLong());
    assertThat(company.path("name").asText()).isEqualTo("Beta " + mark);
    assertThat(company.path("website").asText()).isEqualTo("https://beta-" + mark + ".example");
    assertThat(contact.path("account").asLong()).isEqualTo(lead.path("account").asLong());
    assertThat(contact.path("middleName").asText()).isEqualTo("Q");
    assertThat(lead.path("phone")).isEqualTo(contact.path("phone"));
    assertThat(lead.path("name").asText()).isEqualTo("Bob B " + mark);
    assertThat(lead.path("leadName").asText()).isEqualTo("Fifty laptops");
    assertThat(lead.path("requirements").asText()).contains("by March");
    assertThat(lead.path("incomplete").asBoolean(true)).isFalse();
  }

  @Test
  void LEAD_164_whoWorksForAPartnerFillsInTheSameFormAndTheLeadComesFromThePartner() {
    Somebody bea = people.hire(null, Role.PARTNER_SUPERVISOR);
    long partner = admin.make("accounts", Map.of("name", "Partner " + mark, "partner", true));
    admin.put("/users/" + bea.id() + "/partner-company", Map.of("account", partner)).is(200);
    assertThat(failing(bea.api().post("/leads/form", Map.of("values", fresh("source", null)))))
        .containsExactly("source");
    long lead = bea.api().post("/leads/form", Map.of("values", fresh())).is(201).id();
    assertThat(values("leads", lead).path("partnerCompany").asLong()).isEqualTo(partner);
    assertThat(values("leads", lead).path("partnerRepresentative").asLong()).isEqualTo(bea.id());
  }

  @Test
  void LEAD_204_aValueForAHiddenInputIsRefusedWithTheReason() {
    save(fresh("account", acme)).is(422).says("account", "New company is ticked");
    save(form("companyName", "X")).is(422).says("companyName", "existing company is chosen");
    save(form("firstName", "X")).is(422).says("firstName", "New contact is not ticked");
    save(fresh("contact", ann)).is(422).says("contact", "New contact is ticked");
    save(form("email", "x@example.com")).is(422).says("email", "takes it from the contact");
    save(form("nonsense", "x")).is(422).says("nonsense", "an input of the form");
  }

  @Test
  void LEAD_182_aWebAddressGetsItsSchemeAndHasADotInItsHost() {
    for (String wrong : List.of("localhost", "ftp://x.example", "http://nodot/", "a b.example")) {
      assertThat(failing(save(fresh("companyWebsite", wrong)))).containsExactly("companyWebsite");
    }
  }

  @Test
  void LEAD_214_withoutCompaniesNoneIsAskedForButOneThatIsGivenIsChecked() {
    admin.patch("/schema/lead-settings", Map.of("withoutCompany", true)).is(200);
    long private_ =
        save(fresh(
                "newCompany",
                null,
                "companyName",
                null,
                "companyWebsite",
                null,
                "companyTin",
                null))
            .is(201)
            .id();
    assertThat(values("leads", private_).path("incomplete").asBoolean(true)).isFalse();
    assertThat(failing(save(fresh("companyTin", "1", "companyName", null))))
        .containsExactly("companyName", "companyTin");
    assertThat(failing(save(fresh("newCompany", null)))).containsExactly("account");
  }

  @Test
  void LEAD_E35_LEAD_217_anIncompleteLeadIsMarkedUntilTheFormHasWhatIsMissing() {
    String phone = "+49301" + (1_000_000 + NUMBER.incrementAndGet() % 1_000_000);
    long id =
        admin.make(
            "leads", Map.of("lastName", "Quick " + mark, "phone", phone, "source", "Website form"));
    JsonNode lead = values("leads", id);
    assertThat(lead.path("incomplete").asBoolean()).isTrue();
    assertThat(lead.path("leadName").asText()).isEqualTo("Quick " + mark + ", Website form");
    assertThat(total("leads", "incomplete = true and lastName = \"Quick " + mark + "\""))
        .isEqualTo(1);
    assertThat(failing(change(id, Map.of())))
        .containsExactly(
            "salesDirection", "account", "companyName", "companyWebsite", "companyTin");
    long contact = lead.path("contact").asLong();
    change(id, Map.of("salesDirection", "New business", "account", acme)).is(200);
    assertThat(values("contacts", contact).path("account").asLong()).isEqualTo(acme);
    assertThat(values("leads", id).path("incomplete").asBoolean(true)).isFalse();
  }

  @Test
  void ofTwoWhoAddTheSameCompanyAtOnceOneIsTold() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier together = new CyclicBarrier(2);
      List<Future<Caller.Answer>> answers = new ArrayList<>();
      for (String form : List.of("https://race-%s.example/", "www.Race-%s.example")) {
        Map<String, @Nullable Object> values =
            fresh(
                "companyName",
                form + mark,
                "companyTin",
                tin(),
                "companyWebsite",
                String.format(form, mark));
        Callable<Caller.Answer> saving =
            () -> {
              together.await();
              return save(values);
            };
        answers.add(both.submit(saving));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Caller.Answer> answer : answers) {
        statuses.add(answer.get().status());
      }
      assertThat(statuses).containsExactlyInAnyOrder(201, 422);
    } finally {
      both.shutdown();
    }
    assertThat(total("leads", "lastName = \"B " + mark + "\"")).isEqualTo(1);
  }

  @Test
  void aContactOutOfTheWritersReachIsLikeNone() {
    Somebody sales = people.hire(null, Role.SALES);
    long hidden = admin.make("contacts", Map.of("lastName", "Hidden " + mark));
    Caller.Answer answer =
        sales.api().post("/leads/form", Map.of("values", form("contact", hidden)));
    answer.is(422).says("contact", "the id of an existing contact");
    assertThat(answer.text()).doesNotContain("Hidden");
  }
}
