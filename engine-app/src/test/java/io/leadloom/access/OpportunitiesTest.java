package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.testing.LeadloomTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Opportunities as records, and what they are made of (REV-010 to REV-031). */
@LeadloomTest
@Tag("database")
class OpportunitiesTest extends WithDeals {

  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;

  @AfterEach
  void settingsOfANewInstallation() {
    admin.patch("/schema/opportunity-settings", Map.of("allowDuplicates", true)).is(200);
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
    assertThat(
            admin
                .get("/schema/opportunity-statuses/" + status + "/usage")
                .is(200)
                .json()
                .path("opportunities")
                .asLong())
        .isEqualTo(1);
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

  /** REV-015: what two contacts had each is one contact's from then on. */
  @Test
  void opportunitiesOfMergedContactsComeAlong() {
    admin.patch("/schema/opportunity-settings", Map.of("allowDuplicates", false)).is(200);
    long twin = admin.make("contacts", Map.of("lastName", mark));
    long first = deal();
    long second = deal("contact", twin);
    admin
        .post("/contacts/" + ann + "/merge", Map.of("records", List.of(Map.of("id", twin))))
        .is(200);
    assertThat(read("/opportunities/" + first).path("contact").asLong()).isEqualTo(ann);
    assertThat(read("/opportunities/" + second).path("contact").asLong()).isEqualTo(ann);
    admin
        .post("/opportunities", Map.of("values", values()))
        .is(422)
        .says("contact", "without an open opportunity");
  }

  /** REV-015: a contact in the trash has not become part of another one. */
  @Test
  void anOpportunityOfADeletedContactGoesToNobodyWhoHasOne() {
    admin.patch("/schema/opportunity-settings", Map.of("allowDuplicates", false)).is(200);
    long other = admin.make("contacts", Map.of("lastName", mark));
    long second = deal("contact", other);
    deal();
    admin.delete("/contacts/" + other).is(204);
    admin
        .patch("/opportunities/" + second, Map.of("values", Map.of("contact", ann)))
        .is(422)
        .says("contact", "without an open opportunity");
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

  /** REV-030: instead of moving they can be deleted along, when their number is confirmed; they can be restored. */
  @Test
  void theOpportunitiesOfADeletedStageGoToTheTrashWhenTheirNumberIsConfirmed() {
    String name = "Fair " + mark;
    long id = pipeline(name, "New lead", "Registered", "Paid");
    JsonNode pipeline = pipeline(id);
    String registered = pipeline.path("stages").get(1).path("id").asText();
    long one = deal("pipeline", name, "stage", "Registered");
    long other = deal("pipeline", name, "stage", "Registered");
    long third = deal("pipeline", name, "stage", "Registered");
    JsonNode usage = admin.get("/schema/pipelines/" + id + "/usage").is(200).json();
    assertThat(usage.path("live").path(registered).asLong()).isEqualTo(3);
    Map<String, Object> change =
        new HashMap<>(
            Map.of(
                "version",
                1,
                "stages",
                List.of(stage(pipeline, 0), stage(pipeline, 2)),
                "name",
                name));
    change.put("deletes", Map.of(registered, 1));
    admin
        .put("/schema/pipelines/" + id, change)
        .is(409)
        .says("deletes", "the 3 that there are now");
    assertThat(pipeline(id).path("stages")).hasSize(3);
    admin.get("/opportunities/" + one).is(200);
    change.put("deletes", Map.of(registered, 3));
    admin.put("/schema/pipelines/" + id, change).is(200);
    assertThat(admin.get("/opportunities/trash").is(200).ids()).contains(one, other);
    assertThat(admin.get("/opportunities/" + one + "/timeline").is(200).text()).contains("trashed");
    comesBackForWhoOnlyReadsStages(third, name);
    comesBackToAnotherStage(one, id, name);
    Map<String, Object> order =
        Map.of("operation", "restore", "name", "Back", "ids", List.of(other), "settings", Map.of());
    JsonNode failed = bulk(order);
    assertThat(failed.path("failed").asInt()).as(failed.toString()).isOne();
    Map<String, Object> again = new HashMap<>(order);
    again.put("settings", Map.of("stage", pipeline(id).path("stages").get(1).path("id").asText()));
    assertThat(bulk(again).path("succeeded").asInt()).isOne();
    assertThat(read("/opportunities/" + other).path("stage").asText()).startsWith("Paid");
    admin.put("/schema/pipelines/" + id, Map.of("version", 2, "stages", List.of())).is(422);
  }

  /** REV-017: its stage is gone and nobody said what stands for it. */
  private void comesBackToAnotherStage(long deal, long pipeline, String name) {
    String restore = "/opportunities/" + deal + "/restore";
    admin.post(restore).is(422).says("stage", "the one that it had is gone");
    admin.post(restore, Map.of("stage", "Nowhere")).is(422).says("stage", "id or name");
    assertThat(admin.get("/opportunities/trash").is(200).ids()).contains(deal);
    admin.post(restore, Map.of("stage", "Paid")).is(200);
    assertThat(read("/opportunities/" + deal).path("stage").asText()).startsWith("Paid");
    assertThat(read("/opportunities/" + deal).path("pipeline").asText()).isEqualTo(name);
    assertThat(pipeline(pipeline).path("stages")).hasSize(2);
    admin.delete("/opportunities/" + deal).is(204);
    admin.post(restore).is(200);
    long other = admin.make("contacts", Map.of("lastName", mark));
    admin.delete("/contacts/" + other).is(204);
    admin
        .post("/contacts/" + other + "/restore", Map.of("stage", "Paid"))
        .is(422)
        .says("stage", "only opportunities");
  }

  /** REV-017: where it comes back is not a value that he writes. */
  private void comesBackForWhoOnlyReadsStages(long deal, String pipeline) {
    Somebody sales = people.hire(null, Role.SALES);
    Map<String, Object> all = Map.of("view", "all", "edit", "all", "delete", "all");
    admin
        .put(
            "/users/" + sales.id() + "/permissions",
            Map.of(
                "exceptions",
                Map.of(
                    "sections",
                    Map.of("opportunity", all),
                    "fields",
                    Map.of("opportunity", Map.of("stage", "readOnly", "pipeline", "hidden")))))
        .is(200);
    String path = "/opportunities/" + deal;
    sales.api().post(path + "/restore").is(422).says("stage", "the one that it had is gone");
    sales.api().post(path + "/restore", Map.of("stage", "Paid")).is(200);
    assertThat(read(path).path("stage").asText()).startsWith("Paid");
    assertThat(read(path).path("pipeline").asText()).isEqualTo(pipeline);
    sales.api().patch(path, Map.of("values", Map.of("stage", "New lead"))).is(422);
  }

  private JsonNode bulk(Map<String, Object> order) {
    long job = admin.post("/opportunities/bulk-actions", order).is(202).id();
    await().until(() -> admin.get("/bulk-actions/" + job).json().path("endedAt").isTextual());
    return admin.get("/bulk-actions/" + job).is(200).json();
  }

  /** REV-030, REV-028. */
  @Test
  void theOpportunitiesOfADeletedPipelineGoToTheTrashWhenTheirNumberIsConfirmed() {
    String name = "Expo " + mark;
    long id = pipeline(name, "New lead", "Paid");
    long deal = deal("pipeline", name, "stage", "Paid");
    String path = "/schema/pipelines/" + id;
    admin.delete(path).is(409).says("target", "in 'deletes' their number");
    admin.delete(path + "?deletes=7").is(409).says("deletes", "the 1 that there are now");
    admin.get("/opportunities/" + deal).is(200);
    admin.delete(path + "?deletes=1").is(204);
    assertThat(admin.get("/opportunities/trash").is(200).ids()).contains(deal);
    String restore = "/opportunities/" + deal + "/restore";
    admin.post(restore).is(422).says("stage", "the one that it had is gone");
    String other = "Other " + mark;
    String met = pipeline(pipeline(other, "Met " + mark)).at("/stages/0/id").asText();
    admin.post(restore, Map.of("stage", met)).is(200);
    assertThat(read("/opportunities/" + deal).path("pipeline").asText()).isEqualTo(other);
    assertThat(read("/opportunities/" + deal).path("stage").asText()).isEqualTo("Met " + mark);
  }

  /** REV-030: what another node has accepted with it at that moment has the first stage of another pipeline. */
  @Test
  void anotherPipelineStandsForOneThatWasEmpty() {
    String name = "Fair " + mark;
    long id = pipeline(name, "Met " + mark, "Asked " + mark);
    String stage = pipeline(id).path("stages").get(1).path("id").asText();
    long deal = deal();
    admin.delete("/schema/pipelines/" + id).is(204);
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status ->
                jdbc.update(
                    "update opportunities set pipeline = ?, stage = ? where id = ?",
                    Long.toString(id),
                    stage,
                    deal));
    JsonNode first = admin.get("/schema/pipelines").is(200).json().path("items").get(0);
    assertThat(read("/opportunities/" + deal).path("pipeline").asText())
        .isEqualTo(first.path("name").asText());
    String label = read("/opportunities/" + deal).path("stage").asText();
    assertThat(label).startsWith(first.path("stages").get(0).path("name").asText());
    assertThat(
            admin
                .get(
                    "/opportunities?sort=-createdAt&filter=" + encoded("stage = \"" + label + "\""))
                .is(200)
                .ids())
        .contains(deal);
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
}
