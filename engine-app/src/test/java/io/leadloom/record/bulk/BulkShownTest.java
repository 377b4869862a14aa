package io.leadloom.record.bulk;

import static io.leadloom.record.bulk.Office.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.record.bulk.Office.Person;
import io.leadloom.testing.LeadloomTest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** What is shown of bulk actions and to whom, and what becomes of those that cannot go on. */
@LeadloomTest
@Import(Office.class)
@Tag("database")
class BulkShownTest extends BulkByHand {

  private static final Map<String, ?> ZIP = Map.of("values", Map.of("zip", "1"));

  @Autowired private Office office;

  private JsonNode shown(Person who, long job) {
    return office.get(who, "/bulk-actions/" + job).is(200).json();
  }

  @Test
  void valuesOfHiddenFieldsAreNotShownToWhoeverDidNotMakeIt() {
    List<Long> leads = office.leads(1, city, null);
    Map<String, ?> values = Map.of("values", Map.of("zip", "secret", "jobTitle", "Buyer"));
    long chosen = office.order(ADMIN, "update", values, leads);
    long filtered =
        office
            .call(
                ADMIN,
                HttpMethod.POST,
                "/leads/bulk-actions",
                Office.order("update", ZIP, null, "zip = \"secret\""))
            .is(202)
            .id();
    long open = office.orderFor(ADMIN, "update", Map.of("values", Map.of("jobTitle", "B")), city);
    Person reader = office.hire(Role.SALES);
    office
        .call(
            ADMIN,
            HttpMethod.PUT,
            "/users/" + reader.id() + "/permissions",
            Map.of(
                "exceptions",
                Map.of(
                    "sections", Map.of("lead", Map.of("view", "all", "bulk", "all")),
                    "fields", Map.of("lead", Map.of("zip", "hidden")))))
        .is(200);
    JsonNode seen = shown(reader, chosen);
    assertThat(seen.path("settings").path("values").path("jobTitle").asText()).isEqualTo("Buyer");
    assertThat(seen.path("settings").path("values").has("zip")).isFalse();
    assertThat(seen.path("withheld").asBoolean()).isTrue();
    assertThat(shown(reader, filtered).toString()).doesNotContain("secret", "zip");
    assertThat(shown(reader, open).path("filter").asText()).contains(city);
    assertThat(shown(reader, open).path("withheld").asBoolean()).isFalse();
    String list = office.get(reader, "/bulk-actions").is(200).text();
    assertThat(list).contains("\"id\":" + chosen + ",").doesNotContain("secret", "Buyer");
    assertThat(shown(ADMIN, chosen).path("settings").toString()).contains("secret");
    assertThat(shown(ADMIN, filtered).path("filter").asText()).contains("secret");
  }

  @Test
  void aReasonSaysNothingOfWhatStandsInTheRecord() {
    List<Long> leads = office.leads(1, city, null);
    office.set(leads.get(0), "stage", "Customer");
    long job =
        office.order(ADMIN, "update", Map.of("values", Map.of("status", "Negotiation")), leads);
    office.run(ADMIN, job);
    assertThat(office.failures(ADMIN, job).get(leads.get(0)))
        .startsWith("status: expected")
        .doesNotContain("Customer", "Negotiation");
  }

  @Test
  void whatOnlyANewerVersionCanDoIsLeftToIt() {
    long job = office.order(ADMIN, "update", ZIP, office.leads(2, city, null));
    transactions.executeWithoutResult(
        status ->
            jdbc.update("update bulk_action set operation = 'of-tomorrow' where id = ?", job));
    assertThat(office.run(ADMIN, job).path("status").asText()).isEqualTo("processing");
    transactions.executeWithoutResult(
        status -> jdbc.update("update bulk_action set operation = 'update' where id = ?", job));
    assertThat(office.run(ADMIN, job).path("succeeded").asInt()).isEqualTo(2);
  }

  @Test
  void oneThatFailsWithEveryRecordStopsBeforeItHasSpoiltThemAll() {
    List<Long> leads = office.leads(12, city, null);
    leads.forEach(lead -> office.set(lead, "zip", "spoilt"));
    JsonNode stopped = office.run(ADMIN, office.order(ADMIN, "test-stumble", Map.of(), leads));
    assertThat(stopped.path("status").asText()).isEqualTo("canceled");
    assertThat(stopped.path("problem").asText()).contains("the log of the server says why");
    assertThat(stopped.path("failed").asInt()).isEqualTo(4);
    assertThat(stopped.path("handled").asInt()).isEqualTo(4);
  }

  @Test
  void oneThatFailsWithFewRecordsGoesOnBehindThem() {
    List<Long> leads = office.leads(12, city, null);
    leads.subList(3, 6).forEach(lead -> office.set(lead, "zip", "spoilt"));
    long job = office.order(ADMIN, "test-stumble", Map.of(), leads);
    JsonNode done = office.run(ADMIN, job);
    assertThat(done.path("status").asText()).isEqualTo("complete");
    assertThat(done.path("succeeded").asInt()).isEqualTo(9);
    assertThat(office.failures(ADMIN, job))
        .containsOnlyKeys(leads.get(3), leads.get(4), leads.get(5));
  }

  @Test
  void oneThatIsBeingForgottenShowsWhatIsLeftOfIt() {
    long job = office.order(ADMIN, "update", ZIP, office.leads(2, city, null));
    office.run(ADMIN, job);
    transactions.executeWithoutResult(
        status -> jdbc.update("delete from bulk_chunk where bulk_id = ?", job));
    assertThat(
            office
                .get(ADMIN, "/bulk-actions/" + job + "/records?result=succeeded")
                .is(200)
                .json()
                .path("items"))
        .isEmpty();
  }

  @Test
  void questionsThatCannotBeMeantAreRefusedByName() {
    for (String ids : List.of("1,", "1,,2")) {
      assertThat(office.get(ADMIN, "/leads/export.csv?ids=" + ids).is(422).violation())
          .isEqualTo("ids");
    }
    for (String moment : List.of("-1000000000-01-01T00:00:00Z", "0999-12-31T23:59:59Z")) {
      assertThat(office.get(ADMIN, "/bulk-actions?from=" + moment).is(422).violation())
          .isEqualTo("from");
      assertThat(office.get(ADMIN, "/bulk-actions?until=" + moment).is(422).violation())
          .isEqualTo("until");
    }
    for (String people : List.of("users", "roles")) {
      Map<String, ?> list =
          Map.of(
              "entity",
              "lead",
              "name",
              city,
              "filter",
              "",
              "sharing",
              "chosen",
              people,
              Arrays.asList((Object) null));
      assertThat(office.call(ADMIN, HttpMethod.POST, "/smart-lists", list).is(422).violation())
          .isEqualTo(people);
    }
  }
}
