package io.leadloom.record.bulk;

import static io.leadloom.record.bulk.Office.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** What an undo gives back when choices are at stake (LEAD-081, LEAD-094). */
@LeadloomTest
@Import(Office.class)
@Tag("database")
class BulkUndoTest extends BulkByHand {

  @Autowired private Office office;

  private List<Long> negotiated(int count) {
    List<Long> leads = office.leads(count, city, null);
    for (Long lead : leads) {
      office.set(lead, "stage", "Opportunity");
      office.set(lead, "status", "Negotiation");
    }
    return leads;
  }

  private long set(String field, String value, List<Long> leads) {
    long job = office.order(ADMIN, "update", Map.of("values", Map.of(field, value)), leads);
    assertThat(office.run(ADMIN, job).path("succeeded").asInt()).isEqualTo(leads.size());
    return job;
  }

  @Test
  void aStageComesBackWithTheStatusThatWentWithIt() {
    List<Long> leads = negotiated(2);
    long job = set("stage", "Customer", leads);
    assertThat(office.value(leads.get(0), "status")).isNull();
    assertThat(office.undo(ADMIN, job).path("succeeded").asInt()).isEqualTo(2);
    for (Long lead : leads) {
      assertThat(office.value(lead, "stage")).isEqualTo("Opportunity");
      assertThat(office.value(lead, "status")).isEqualTo("Negotiation");
    }
  }

  @Test
  void aStatusThatSomebodyGaveSinceKeepsItsStage() {
    long lead = negotiated(1).get(0);
    long job = set("stage", "Customer", List.of(lead));
    long stage =
        office.choices("stages").stream()
            .filter(choice -> choice.path("label").asText().equals("Customer"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asLong();
    long status = office.choice("statuses", Map.of("label", city, "parent", stage));
    office.set(lead, "status", city);
    JsonNode undone = office.undo(ADMIN, job);
    assertThat(undone.path("failed").asInt()).isOne();
    assertThat(office.failures(ADMIN, undone.path("id").asLong()).get(lead))
        .contains("Status was changed since", "Stage and status were left together");
    assertThat(office.value(lead, "stage")).isEqualTo("Customer");
    assertThat(office.value(lead, "status")).isEqualTo(city);
    office.set(lead, "status", null);
    office.call(ADMIN, HttpMethod.DELETE, "/schema/statuses/" + status, null).is(204);
  }

  @Test
  void aChoiceThatHasAnotherNameByNowIsTheSame() {
    long lead = office.leads(1, city, null).get(0);
    long first = office.choice("sources", Map.of("label", city + "a"));
    long second = office.choice("sources", Map.of("label", city + "b"));
    office.set(lead, "source", city + "a");
    long job = set("source", city + "b", List.of(lead));
    // They change names, so that each means what the other meant.
    rename(first, city + "c");
    rename(second, city + "a");
    rename(first, city + "b");
    assertThat(office.value(lead, "source")).isEqualTo(city + "a");
    assertThat(office.undo(ADMIN, job).path("succeeded").asInt()).isOne();
    assertThat(office.value(lead, "source")).isEqualTo(city + "b");
    office.set(lead, "source", null);
    for (long source : List.of(first, second)) {
      office.call(ADMIN, HttpMethod.DELETE, "/schema/sources/" + source, null).is(204);
    }
  }

  private void rename(long source, String label) {
    office
        .call(ADMIN, HttpMethod.PATCH, "/schema/sources/" + source, Map.of("label", label))
        .is(200);
  }
}
