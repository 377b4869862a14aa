package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The conversion of leads and contacts (LEAD-079, LEAD-080, LEAD-104 to LEAD-108, LEAD-218). */
@LeadloomTest
@Tag("database")
class ConversionsTest extends WithDeals {

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

  /** LEAD-105: the contact and the account of the lead are somebody else's. */
  @Test
  void whoeverHasALeadMakesADealOfItAndWhatItRefusedGoesOn() {
    Somebody sales = people.hire(null, Role.SALES);
    String path = "/leads/" + lead("owner", sales.id(), "doNotText", true);
    sales.api().get("/contacts/" + ann).is(404);
    sales.api().post(path + "/conversions/deal", Map.of()).is(201);
    assertThat(read("/contacts/" + ann).path("doNotText").asBoolean()).isTrue();
    sales
        .api()
        .post("/opportunities", Map.of("values", Map.of("name", "Other", "contact", ann)))
        .is(422)
        .says("contact", "the id of an existing contact");
  }

  /** LEAD-106: what the pages of the deal and the client read, each within the reader's reach. */
  @Test
  void notesFilesAndHistoryOfALeadAreReadFromWhatItBecameByWhoeverSeesTheLead() {
    long lead = lead();
    String path = "/leads/" + lead;
    admin.make("notes", Map.of("text", "Slate " + mark, "lead", lead));
    long deal = admin.post(path + "/conversions/deal", Map.of()).is(201).id();
    admin.post(path + "/conversions/client", Map.of()).is(201);
    long account = read("/opportunities/" + deal).path("account").asLong();
    for (String became :
        List.of(
            "convertedDeal = " + deal,
            "convertedClient = " + ann,
            "account = " + account + " and convertedClient is not empty")) {
      assertThat(
              admin
                  .get("/leads?filter=" + encoded(became))
                  .is(200)
                  .json()
                  .path("items")
                  .findValuesAsText("id"))
          .as(became)
          .containsExactly(Long.toString(lead));
    }
    assertThat(admin.get("/notes?filter=" + encoded("lead = " + lead)).is(200).json().path("items"))
        .hasSize(1);
    assertThat(admin.get(path + "/timeline").is(200).json().path("items").toString())
        .contains("Slate " + mark);
    Somebody sales = people.hire(null, Role.SALES);
    admin.patch("/opportunities/" + deal, Map.of("values", Map.of("owner", sales.id()))).is(200);
    sales.api().get("/opportunities/" + deal).is(200);
    assertThat(
            sales
                .api()
                .get("/leads?filter=" + encoded("convertedDeal = " + deal))
                .is(200)
                .json()
                .path("items"))
        .as("whoever does not see the lead")
        .isEmpty();
    assertThat(
            sales
                .api()
                .get("/notes?filter=" + encoded("lead = " + lead))
                .is(200)
                .json()
                .path("items"))
        .isEmpty();
    sales.api().get(path + "/files").is(404);
    sales.api().get(path + "/timeline").is(404);
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

  /** LEAD-079: the mark would be lost with the lead that goes, and nobody changes the one that stays. */
  @Test
  void aConvertedLeadStaysWhenLeadsAreMerged() {
    long lead = lead();
    long other = lead("zip", "411001");
    long deal = admin.post("/leads/" + lead + "/conversions/deal", Map.of()).is(201).id();
    admin
        .post("/leads/" + other + "/merge", Map.of("records", List.of(Map.of("id", lead))))
        .is(422)
        .says("records", "that were not converted");
    admin
        .post(
            "/leads/" + lead + "/merge",
            Map.of("records", List.of(Map.of("id", other)), "take", Map.of("zip", other)))
        .is(422)
        .says("convertedDeal", "go on with opportunity " + deal);
    JsonNode shown = admin.get("/leads/merge?ids=" + other + "," + lead).is(200).json();
    assertThat(shown.path("suggested").asLong()).isEqualTo(lead);
    assertThat(shown.path("fixed").asBoolean()).isTrue();
    assertThat(shown.path("fields")).isEmpty();
    assertThat(shown.at("/items/0/bar").asText()).isEqualTo("otherConverted");
    assertThat(shown.at("/items/1/bar").isNull()).isTrue();
    long third = lead("zip", "411002");
    admin.post("/leads/" + third + "/conversions/client", Map.of()).is(201);
    assertThat(
            admin
                .get("/leads/merge?ids=" + third + "," + lead)
                .is(200)
                .json()
                .path("items")
                .findValuesAsText("bar"))
        .as("none goes into another")
        .containsExactly("severalConverted", "severalConverted");
    admin
        .post("/leads/" + lead + "/merge", Map.of("records", List.of(Map.of("id", other))))
        .is(200);
    assertThat(read("/leads/" + lead).path("convertedDeal").asLong()).isEqualTo(deal);
  }

  /** LEAD-080: the client is who stands for the contact now. */
  @Test
  void aClientThatWasMergedIsStillThere() {
    String path = "/leads/" + lead();
    admin.post(path + "/conversions/client", Map.of()).is(201);
    long twin = admin.make("contacts", Map.of("lastName", mark));
    admin
        .post("/contacts/" + twin + "/merge", Map.of("records", List.of(Map.of("id", ann))))
        .is(200);
    admin.patch("/contacts/" + twin, Map.of("values", Map.of("client", true))).is(200);
    assertThat(read(path).path("convertedClient").asLong()).isEqualTo(twin);
    admin.delete(path + "/conversions/client").is(409);
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
