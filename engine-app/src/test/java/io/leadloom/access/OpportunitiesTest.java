package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Opportunities as records, what they are made of, and the conversion of leads (REV-010 to REV-031, LEAD-104 to LEAD-108). */
@LeadloomTest
@Tag("database")
class OpportunitiesTest {

  private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime() % 100_000_000);

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Records records;

  private People people;
  private Caller admin;
  private String mark;
  private String phone;
  private long ann;

  @BeforeEach
  void contact() {
    people = new People(http, staff);
    admin = people.admin();
    long number = NUMBER.incrementAndGet();
    mark = "deal" + number;
    phone = "+4930" + String.format("%08d", number % 100_000_000);
    ann = admin.make("contacts", Map.of("firstName", "Ann", "lastName", mark, "phone", phone));
  }

  @AfterEach
  void settingsOfANewInstallation() {
    admin.patch("/schema/opportunity-settings", Map.of("allowDuplicates", true)).is(200);
  }

  private static String encoded(String filter) {
    return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private long deal(Object... values) {
    return admin.make("opportunities", values(values));
  }

  private Map<String, Object> values(Object... more) {
    Map<String, Object> values = new HashMap<>(Map.of("name", "Roof repair", "contact", ann));
    for (int i = 0; i < more.length; i += 2) {
      values.put((String) more[i], more[i + 1]);
    }
    return values;
  }

  private JsonNode read(String path) {
    return admin.get(path).is(200).json().path("values");
  }

  private long pipeline(String name, String... stages) {
    return admin
        .post(
            "/schema/pipelines",
            Map.of(
                "name",
                name,
                "stages",
                List.of(stages).stream().map(stage -> Map.of("name", stage)).toList()))
        .is(201)
        .id();
  }

  @Test
  void aNewOpportunityIsOpenAndInTheFirstStage() {
    JsonNode deal = read("/opportunities/" + deal());
    assertThat(deal.path("pipeline").asText()).isEqualTo("Sales");
    assertThat(deal.path("stage").asText()).isEqualTo("New");
    assertThat(deal.path("status").asText()).isEqualTo("Open");
    assertThat(deal.path("statusKind").asText()).isEqualTo("open");
    assertThat(deal.path("value").path("amount").asText()).isEqualTo("0.00");
    assertThat(deal.has("closedAt")).isFalse();
    admin.post("/opportunities", Map.of("values", Map.of("name", "x"))).is(422).says("contact", "");
    admin.post("/opportunities", Map.of("values", values("value", "-1 EUR"))).is(422);
    admin
        .post("/opportunities", Map.of("values", values("stage", "Paid " + mark)))
        .is(422)
        .says("stage", "");
  }

  @Test
  void theStatusSetsAndClearsTheClosingDate() {
    String path = "/opportunities/" + deal();
    admin.patch(path, Map.of("values", Map.of("status", "Won"))).is(200);
    assertThat(read(path).path("closedAt").asText()).isNotEmpty();
    admin.patch(path, Map.of("values", Map.of("status", "Open"))).is(200);
    assertThat(read(path).has("closedAt")).isFalse();
  }

  /** REV-E17. */
  @Test
  void aNamedStatusCountsAsItsKind() {
    String name = "Not Relevant " + mark;
    long status =
        admin
            .post("/schema/opportunity-statuses", Map.of("name", name, "kind", "disqualified"))
            .is(201)
            .id();
    String path = "/opportunities/" + deal();
    admin.patch(path, Map.of("values", Map.of("status", name))).is(200);
    JsonNode deal = read(path);
    assertThat(deal.path("statusKind").asText()).isEqualTo("disqualified");
    assertThat(deal.path("closedAt").asText()).isNotEmpty();
    admin.delete("/schema/opportunity-statuses/" + status).is(204);
    assertThat(read(path).path("status").asText()).isEqualTo("Disqualified");
    admin.delete("/schema/opportunity-statuses/1").is(409);
  }

  /** REV-E14. */
  @Test
  void aContactHasOneOpenOpportunityInAPipelineWhereASecondIsNotAllowed() {
    String upsell = "Upsell " + mark;
    pipeline(upsell, "First", "Second");
    admin.patch("/schema/opportunity-settings", Map.of("allowDuplicates", false)).is(200);
    long first = deal();
    admin
        .post("/opportunities", Map.of("values", values()))
        .is(422)
        .says("contact", "without an open opportunity in the pipeline Sales");
    deal("pipeline", upsell);
    admin.patch("/opportunities/" + first, Map.of("values", Map.of("status", "Won"))).is(200);
    deal();
    admin
        .patch("/opportunities/" + first, Map.of("values", Map.of("status", "Open")))
        .is(422)
        .says("contact", "without an open");
  }

  /** REV-E15. */
  @Test
  void anOpportunityIsFoundByItsNameAndByItsContact() {
    long deal = deal("name", "Roof repair " + mark);
    for (String typed : List.of("roof repair " + mark, "ann " + mark, phone.substring(4))) {
      String filter =
          "name contains \"%1$s\" or contact.name contains \"%1$s\" or contact.phone contains \"%1$s\""
              .formatted(typed);
      assertThat(admin.get("/opportunities?filter=" + encoded(filter)).is(200).ids())
          .as(typed)
          .contains(deal);
    }
    admin.get("/opportunities?filter=" + encoded("name.name contains \"a\"")).is(422);
  }

  /** REV-E13. */
  @Test
  void theOpportunitiesOfADeletedStageMoveToAnother() {
    String name = "Website " + mark;
    long id = pipeline(name, "New lead", "Registered", "Paid");
    JsonNode pipeline = pipeline(id);
    long deal = deal("pipeline", name, "stage", "Registered");
    List<Map<String, Object>> stages = List.of(stage(pipeline, 0), stage(pipeline, 2));
    Map<String, Object> change =
        new HashMap<>(Map.of("version", 1, "name", name, "stages", stages));
    admin.put("/schema/pipelines/" + id, change).is(409).says("moves", "the id of the stage");
    change.put(
        "moves",
        Map.of(
            pipeline.path("stages").get(1).path("id").asText(),
            pipeline.path("stages").get(2).path("id").asLong()));
    admin.put("/schema/pipelines/" + id, change).is(200);
    assertThat(read("/opportunities/" + deal).path("stage").asText()).startsWith("Paid");
    admin.put("/schema/pipelines/" + id, change).is(409).says("version", "2");
    admin.delete("/schema/pipelines/" + id).is(409);
    admin.delete("/schema/pipelines/" + id + "?target=1").is(204);
    assertThat(read("/opportunities/" + deal).path("pipeline").asText()).isEqualTo("Sales");
    assertThat(read("/opportunities/" + deal).path("stage").asText()).isEqualTo("New");
  }

  private JsonNode pipeline(long id) {
    for (JsonNode one : admin.get("/schema/pipelines").is(200).json().path("items")) {
      if (one.path("id").asLong() == id) {
        return one;
      }
    }
    throw new AssertionError("No pipeline " + id);
  }

  private static Map<String, Object> stage(JsonNode pipeline, int index) {
    JsonNode stage = pipeline.path("stages").get(index);
    return Map.of("id", stage.path("id").asLong(), "name", stage.path("name").asText());
  }

  /** VOC-011. */
  @Test
  void theLeadOfAWonOpportunityIsACustomer() {
    long lead = lead();
    String path = "/opportunities/" + deal("lead", lead);
    admin.patch(path, Map.of("values", Map.of("status", "Won"))).is(200);
    assertThat(read("/leads/" + lead).path("stage").asText()).isEqualTo("Customer");
    admin.patch(path, Map.of("values", Map.of("status", "Lost"))).is(200);
    assertThat(read("/leads/" + lead).path("stage").asText()).isEqualTo("Customer");
  }

  @Test
  void opportunitiesBelongToTheirOwnerAndComeBackFromTheTrash() {
    Somebody sales = people.hire(null, Role.SALES);
    long deal = deal();
    sales.api().get("/opportunities/" + deal).is(404);
    admin.delete("/opportunities/" + deal).is(204);
    assertThat(admin.get("/opportunities/trash").is(200).ids()).contains(deal);
    admin.post("/opportunities/" + deal + "/restore").is(200);
    admin.get("/opportunities/" + deal + "/timeline").is(200);
    admin.make("notes", Map.of("text", "Wants it in spring", "opportunity", deal));
    assertThat(admin.get("/opportunities/" + deal + "/timeline").is(200).text())
        .contains("Wants it in spring");
  }

  private long lead(Object... more) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "leadName",
                "Roof " + mark,
                "firstName",
                "Ann",
                "lastName",
                mark,
                "source",
                "Vendor",
                "salesDirection",
                "New business",
                "phone",
                phone,
                "city",
                "Pune",
                "contact",
                ann));
    values.put(
        "account", admin.make("accounts", Map.of("name", "Acme " + NUMBER.incrementAndGet())));
    for (int i = 0; i < more.length; i += 2) {
      values.put((String) more[i], more[i + 1]);
    }
    return admin.make("leads", values);
  }

  /** LEAD-E32: no mapping page was ever opened. */
  @Test
  void aLeadBecomesADealWithTheReadyPairs() {
    long lead = lead();
    JsonNode deal = admin.post("/leads/" + lead + "/conversions/deal", Map.of()).is(201).json();
    assertThat(deal.path("values").path("name").asText()).isEqualTo("Roof " + mark);
    assertThat(deal.path("values").path("phone").asText()).isEqualTo(phone);
    assertThat(deal.path("values").path("city").asText()).isEqualTo("Pune");
    assertThat(deal.path("values").path("lead").asLong()).isEqualTo(lead);
    JsonNode mapping = admin.get("/schema/mappings/deal").is(200).json();
    try {
      admin.put("/schema/mappings/deal", Map.of("pairs", List.of())).is(200);
      admin
          .post("/leads/" + lead() + "/conversions/deal", Map.of())
          .is(409)
          .says("mapping", "at least one pair");
    } finally {
      admin.put("/schema/mappings/deal", Map.of("pairs", mapping.path("pairs"))).is(200);
    }
  }

  /** LEAD-E27. */
  @Test
  void aMappedValueArrivesInItsField() {
    String key = "town" + NUMBER.incrementAndGet();
    admin
        .post("/schema/opportunity/fields", Map.of("key", key, "label", "Town", "type", "text"))
        .is(201);
    JsonNode mapping = admin.get("/schema/mappings/deal").is(200).json();
    long town = field(mapping.path("targets"), key);
    long city = field(mapping.path("leadFields"), "city");
    long score = field(mapping.path("leadFields"), "score");
    try {
      admin
          .put(
              "/schema/mappings/deal",
              Map.of("pairs", List.of(Map.of("lead", score, "target", town))))
          .is(422)
          .says("score", "can hold every value");
      admin
          .put(
              "/schema/mappings/deal",
              Map.of("pairs", List.of(Map.of("lead", city, "target", town))))
          .is(200);
      long lead = lead();
      JsonNode deal = admin.post("/leads/" + lead + "/conversions/deal", Map.of()).is(201).json();
      assertThat(deal.path("values").path(key).asText()).isEqualTo("Pune");
      assertThat(read("/leads/" + lead).path("convertedDeal").asLong())
          .isEqualTo(deal.path("id").asLong());
    } finally {
      admin.put("/schema/mappings/deal", Map.of("pairs", mapping.path("pairs"))).is(200);
    }
  }

  private static long field(JsonNode fields, String key) {
    for (JsonNode field : fields) {
      if (field.path("key").asText().equals(key)) {
        return field.path("id").asLong();
      }
    }
    throw new AssertionError("No field " + key);
  }

  /** LEAD-E33. */
  @Test
  void aConvertedLeadIsWorkedOnElsewhere() {
    long lead = lead();
    String path = "/leads/" + lead;
    long deal = admin.post(path + "/conversions/deal", Map.of()).is(201).id();
    admin
        .patch(path, Map.of("values", Map.of("city", "Delhi")))
        .is(422)
        .says("convertedDeal", "go on with opportunity " + deal);
    admin.delete(path).is(422);
    admin.post(path + "/tags", Map.of("tags", List.of("x"))).is(422);
    admin
        .post(
            "/tasks", Map.of("values", Map.of("type", "follow-up", "title", "Call", "lead", lead)))
        .is(422);
    admin
        .post(path + "/messages", Map.of("channel", "sms", "text", "Hello"))
        .is(422)
        .says("id", "write to the contact it has become");
    admin.make("notes", Map.of("text", "Still noted", "lead", lead));
    // What is no action of a person still reaches it.
    assertThat(
            records.write(
                List.of(
                    new RecordCommand.Update(
                        RecordRef.lead(lead), null, Values.of("stage", "Customer"))),
                Cause.system("test")))
        .hasOnlyElementsOfType(WriteResult.Written.class);
    long client = admin.post(path + "/conversions/client", Map.of()).is(201).id();
    assertThat(client).isEqualTo(ann);
    assertThat(read("/contacts/" + ann).path("client").asBoolean()).isTrue();
    admin
        .post(path + "/conversions/deal", Map.of())
        .is(409)
        .says("convertedDeal", "/opportunities/" + deal);
    admin.delete(path + "/conversions/deal").is(409);
    admin.delete("/opportunities/" + deal).is(204);
    admin.delete(path + "/conversions/deal").is(204);
    assertThat(read(path).has("convertedDeal")).isFalse();
  }

  @Test
  void anIncompleteLeadIsAskedForWhatItLacks() {
    long lead = admin.make("leads", Map.of("lastName", "Lee " + mark, "phone", phone));
    String path = "/leads/" + lead + "/conversions/deal";
    assertThat(admin.get(path).is(200).json().path("missing").toString())
        .contains("source", "salesDirection", "account");
    admin.post(path, Map.of()).is(422).says("salesDirection", "a value of the lead");
    long account = admin.make("accounts", Map.of("name", "Beta " + NUMBER.incrementAndGet()));
    Map<String, Object> missing =
        Map.of("source", "Vendor", "salesDirection", "New business", "account", account);
    admin.post(path, Map.of("missing", missing)).is(201);
    assertThat(read("/leads/" + lead).path("incomplete").asBoolean()).isFalse();
  }

  @Test
  void aRefusedDealLeavesTheLeadAsItWas() {
    long lead = lead();
    admin
        .post("/leads/" + lead + "/conversions/deal", Map.of("values", Map.of("stage", "Nowhere")))
        .is(422);
    assertThat(read("/leads/" + lead).has("convertedDeal")).isFalse();
    assertThat(admin.get("/opportunities?filter=" + encoded("lead = " + lead)).is(200).ids())
        .isEmpty();
  }

  @Test
  void aContactBecomesALead() {
    long lead = admin.post("/contacts/" + ann + "/lead", Map.of()).is(201).id();
    JsonNode values = read("/leads/" + lead);
    assertThat(values.path("lastName").asText()).isEqualTo(mark);
    assertThat(values.path("phone").asText()).isEqualTo(phone);
    assertThat(values.path("contact").asLong()).isEqualTo(ann);
  }
}
