package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How stages, statuses, sources, groups and ratings are kept. */
@LeadloomTest(properties = "leadloom.test.database=choices")
class LeadChoicesTest extends LeadChoiceCalls {

  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  @Test
  void PLT_X01_aNewAccountHasProspectOpportunityAndCustomer() {
    assertThat(labels("stages")).containsSubsequence("Prospect", "Opportunity", "Customer");
  }

  @Test
  void renamingAStageShowsOnItsLeadsAtOnceAndTouchesNoneOfThem() {
    String old = unique("Contacted");
    String now = unique("In talks");
    long id = stage(old);
    long lead = lead(Map.of("stage", old));
    int version = admin.get("/leads/" + lead).json().path("version").asInt();

    change("stages", id, Map.of("label", now)).is(200);

    assertThat(values(lead).path("stage").asText()).isEqualTo(now);
    assertThat(admin.get("/leads/" + lead).json().path("version").asInt()).isEqualTo(version);
    assertThat(jdbc.queryForObject("select stage from leads where id = ?", String.class, lead))
        .as("what the row keeps")
        .isEqualTo(old);
    assertThat(found(filter("stage = \"" + now + "\""))).containsExactly(lead);
    assertThat(found(filter("stage = \"" + old + "\"")))
        .as("who still asks by the old name means the same")
        .containsExactly(lead);
    assertThat(found(filter("stage contains \"" + now.substring(3) + "\""))).containsExactly(lead);
    long another = lead(Map.of("stage", old));
    assertThat(values(another).path("stage").asText()).isEqualTo(now);
    assertThat(labels("stages")).contains(now).doesNotContain(old);
    assertThat(admin.get("/leads/" + lead + "/history").is(200).text()).contains(now);
  }

  @Test
  void aNameThatBecameFreeIsAnotherStageForWhoeverUsesItFromThenOn() {
    String first = unique("First");
    long renamed = stage(first);
    long before = lead(Map.of("stage", first));
    change("stages", renamed, Map.of("label", unique("Renamed"))).is(200);
    stage(first);
    long after = lead(Map.of("stage", first));

    assertThat(found(filter("stage = \"" + first + "\""))).containsExactly(after);
    assertThat(values(before).path("stage").asText()).startsWith("Renamed");
    assertThat(values(after).path("stage").asText()).isEqualTo(first);
  }

  @Test
  void PLT_D02_aUsedStageIsDeletedOnlyWithOneInItsPlaceWhichItsLeadsThenHave() {
    String gone = unique("Gone");
    String instead = unique("Instead");
    long old = stage(gone);
    long taking = stage(instead);
    String waiting = unique("Waiting");
    long status = status(waiting, old);
    long lead = lead(Map.of("stage", gone, "status", waiting));

    JsonNode usage = admin.get("/schema/stages/" + old + "/usage").is(200).json();
    assertThat(usage.path("records").path("leads").asLong()).isEqualTo(1);
    assertThat(usage.path("statuses").get(0).path("label").asText()).isEqualTo(waiting);
    admin
        .call(HttpMethod.DELETE, "/schema/stages/" + old, null)
        .is(409)
        .says("replacement", "the id of the stage");
    admin.call(HttpMethod.DELETE, "/schema/stages/" + old + "?replacement=" + taking, null).is(204);

    assertThat(values(lead).path("stage").asText()).isEqualTo(instead);
    assertThat(values(lead).path("status").asText()).isEqualTo(waiting);
    assertThat(found(filter("stage = \"" + instead + "\""))).containsExactly(lead);
    assertThat(found(filter("stage = \"" + gone + "\""))).containsExactly(lead);
    update(admin, lead, Map.of("stage", instead, "city", "Pune")).is(200);
    JsonNode statuses = admin.get("/schema/statuses").json().path("items");
    statuses.forEach(
        item -> {
          if (item.path("id").asLong() == status) {
            assertThat(item.path("parent").asLong()).isEqualTo(taking);
          }
        });
    assertThat(labels("stages")).doesNotContain(gone);
  }

  @Test
  void anUnusedChoiceIsDeletedWithoutMore() {
    long id = choice("ratings", Map.of("label", unique("Lukewarm"), "colour", "#aabbcc"));
    admin.call(HttpMethod.DELETE, "/schema/ratings/" + id, null).is(204);
    admin.call(HttpMethod.DELETE, "/schema/ratings/" + id, null).is(404);
  }

  @Test
  void theOrderIsKeptAndLeadsSortByIt() {
    long first = stage(unique("Zebra"));
    long second = stage(unique("Aardvark"));
    List<Long> order = new ArrayList<>();
    admin.get("/schema/stages").json().path("items").forEach(s -> order.add(s.path("id").asLong()));
    order.removeAll(List.of(first, second));
    order.addAll(List.of(first, second));
    admin.call(HttpMethod.PUT, "/schema/stages/order", Map.of("order", order)).is(200);
    admin
        .call(HttpMethod.PUT, "/schema/stages/order", Map.of("order", List.of(first)))
        .is(422)
        .says("order", "each once");
    assertThat(
            admin.get("/schema/stages").json().path("items").findValuesAsText("id").stream()
                .map(Long::valueOf))
        .containsExactlyElementsOf(order);

    String city = unique("Order");
    long later = admin.post("/leads", lead(city, second)).is(201).id();
    long sooner = admin.post("/leads", lead(city, first)).is(201).id();
    long again = admin.post("/leads", lead(city, second)).is(201).id();
    String asked = filter("city = \"" + city + "\"");
    assertThat(found(asked + "&sort=stage")).containsExactly(sooner, later, again);
    assertThat(found(asked + "&sort=-stage")).containsExactly(again, later, sooner);
    List<Long> paged = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = admin.get("/leads?limit=1&sort=stage&" + asked + cursor).is(200).json();
      page.path("items").forEach(item -> paged.add(item.path("id").asLong()));
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : null;
    }
    assertThat(paged).containsExactly(sooner, later, again);
  }

  @Test
  void pagesGoOnWhenTheStageTheyStoodAtIsRenamed() {
    long first = stage(unique("First"));
    long second = stage(unique("Second"));
    String city = unique("Renamed");
    List<Long> leads = new ArrayList<>();
    for (long stage : List.of(first, first, second)) {
      leads.add(admin.post("/leads", lead(city, stage)).is(201).id());
    }
    String asked = "/leads?limit=1&sort=stage&" + filter("city = \"" + city + "\"");
    List<Long> paged = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = admin.get(asked + cursor).is(200).json();
      page.path("items").forEach(item -> paged.add(item.path("id").asLong()));
      change("stages", first, Map.of("label", unique("Now"))).is(200);
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : null;
    }
    assertThat(paged).isEqualTo(leads);
  }

  @Test
  void whatAChoiceCannotBeIsRefused() {
    long stage = stage(unique("Stage"));
    change("stages", stage, Map.of("colour", "red")).is(422).says("colour", "#2f9e44");
    change("stages", stage, Map.of("colour", "#12345")).is(422);
    change("stages", stage, Map.of("colour", "#A1b2C3")).is(200);
    change("stages", stage, Map.of("label", "prospect")).is(422).says("label", "no other stage");
    change("stages", stage, Map.of("label", "42")).is(422).says("label", "digits");
    admin.post("/schema/statuses", Map.of("label", unique("Status"))).is(422).says("parent", "id");
    admin.post("/schema/sources", Map.of("label", unique("Source"), "hidden", true)).is(422);
  }

  @Test
  void aStatusThatLeadsHaveStaysWithItsStage() {
    String name = unique("Stage");
    long stage = stage(name);
    long other = stage(unique("Other"));
    String text = unique("Status");
    long status = status(text, stage);
    change("statuses", status, Map.of("parent", other)).is(200);
    change("statuses", status, Map.of("parent", stage)).is(200);
    lead(Map.of("stage", name, "status", text));
    change("statuses", status, Map.of("parent", other)).is(422).says("parent", "1 leads");
  }

  private static Map<String, Object> lead(String city, long stage) {
    return Map.of(
        "values",
        Map.of("lastName", unique("Lead"), "phone", "+4930123456", "city", city, "stage", stage));
  }

  @Test
  void whatIsLeftOfADeletedChoiceShowsItsNameAndIsNeverOneThatIsMadeLater() {
    String first = unique("Source");
    long source = choice("sources", Map.of("label", first));
    String renamed = unique("Renamed");
    change("sources", source, Map.of("label", renamed)).is(200);
    admin.call(HttpMethod.DELETE, "/schema/sources/" + source, null).is(204);
    // As another node leaves it that has not heard of the deletion yet.
    long lead = lead(Map.of());
    transactions.executeWithoutResult(
        status -> jdbc.update("update leads set source = ? where id = ?", first, lead));
    assertThat(values(lead).path("source").asText()).isEqualTo(renamed);
    long again = choice("sources", Map.of("label", first));
    long real = lead(Map.of("source", first));
    assertThat(values(real).path("source").asText()).isEqualTo(first);
    assertThat(values(lead).path("source").asText()).isEqualTo(renamed);
    assertThat(
            admin
                .get("/schema/sources/" + again + "/usage")
                .is(200)
                .json()
                .path("records")
                .path("leads")
                .asInt())
        .isOne();
  }
}
