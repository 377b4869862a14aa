package io.leadloom.record.bulk;

import static io.leadloom.record.bulk.Office.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.bulk.Office.Answer;
import io.leadloom.record.bulk.Office.Person;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** Who may do what to how many records, and what is refused; each record is done once (LEAD-082, PLT-062). */
@LeadloomTest
@Import(Office.class)
@Tag("database")
class BulkRightsTest extends BulkByHand {

  @Autowired private Office office;
  @Autowired private BulkWork work;
  @Autowired private BulkActions actions;

  @Test
  void aSalesUserChangesOwnLeadsOnlyAndSeesNoBulkActionsOfOthers() {
    Person ann = office.hire(Role.SALES);
    Person bob = office.hire(Role.SALES);
    List<Long> mine = office.leads(2, city, ann);
    List<Long> theirs = office.leads(2, city, bob);
    List<Long> all = new ArrayList<>(mine);
    all.addAll(theirs);
    long byId = office.order(ann, "update", Map.of("values", Map.of("zip", "1")), all);
    JsonNode done = office.run(ann, byId);
    assertThat(done.path("succeeded").asInt()).isEqualTo(2);
    assertThat(office.failures(ann, byId))
        .containsOnlyKeys(theirs.get(0), theirs.get(1))
        .containsValue("It does not exist any more, or you do not see it");
    long byFilter = office.orderFor(ann, "update", Map.of("values", Map.of("zip", "2")), city);
    assertThat(office.run(ann, byFilter).path("total").asInt()).isEqualTo(2);
    assertThat(office.value(theirs.get(0), "zip")).isNull();
    // Given to somebody out of reach they are not.
    Answer refused =
        office.call(
            ann,
            HttpMethod.POST,
            "/leads/bulk-actions",
            Office.order("allocate", Map.of("owners", List.of(bob.id())), mine, null));
    assertThat(refused.is(422).violation()).isEqualTo("settings.owners");
    for (String path : List.of("", "/records", "/errors.csv")) {
      office.get(bob, "/bulk-actions/" + byId + path).is(404);
    }
    office.post(bob, "/bulk-actions/" + byId + "/cancel").is(404);
    office.post(bob, "/bulk-actions/" + byId + "/undo").is(404);
    assertThat(office.get(bob, "/bulk-actions").is(200).json().path("items")).isEmpty();
    assertThat(office.get(ann, "/bulk-actions").is(200).json().path("items")).hasSize(2);
    office.undo(ann, byId);
    assertThat(office.value(mine.get(0), "zip")).isEqualTo("2");
  }

  @Test
  void whatIsTakenAwayDuringTheRunCountsForTheRestOfIt() {
    Person ann = office.hire(Role.SALES);
    Person bob = office.hire(Role.SALES);
    List<Long> leads = office.leads(450, city, ann);
    long job = office.orderFor(ann, "update", Map.of("values", Map.of("zip", "1")), city);
    assertThat(work.page(job, 200)).isTrue();
    assertThat(work.page(job, 200)).isTrue();
    // One of the rest goes to somebody else, then the permission goes.
    office.set(leads.get(300), "owner", bob.id());
    assertThat(work.page(job, 200)).isTrue();
    assertThat(office.value(leads.get(300), "zip")).isNull();
    office
        .call(
            ADMIN,
            HttpMethod.PUT,
            "/users/" + ann.id() + "/permissions",
            Map.of("exceptions", Map.of("sections", Map.of("lead", Map.of("bulk", "none")))))
        .is(200);
    JsonNode stopped = office.run(ADMIN, job);
    assertThat(stopped.path("status").asText()).isEqualTo("canceled");
    assertThat(stopped.path("problem").asText()).contains("may not change many leads");
    assertThat(stopped.path("handled").asInt()).isEqualTo(400);
    assertThat(stopped.path("failed").asInt()).isOne();
    assertThat(office.value(leads.get(440), "zip")).isNull();
  }

  @Test
  void aBulkActionOfSomebodyWhoIsDeactivatedStops() {
    Person ann = office.hire(Role.SALES);
    List<Long> leads = office.leads(250, city, ann);
    long job = office.orderFor(ann, "update", Map.of("values", Map.of("zip", "1")), city);
    work.page(job, 200);
    work.page(job, 200);
    office.deactivate(ann);
    JsonNode stopped = office.run(ADMIN, job);
    assertThat(stopped.path("status").asText()).isEqualTo("canceled");
    assertThat(stopped.path("problem").asText()).contains("not an active user");
    assertThat(stopped.path("succeeded").asInt()).isEqualTo(200);
    assertThat(office.value(leads.get(249), "zip")).isNull();
  }

  @Test
  void anOrderThatIsSentTwiceIsOneBulkAction() {
    List<Long> leads = office.leads(1, city, null);
    Map<String, Object> order =
        Office.order("update", Map.of("values", Map.of("zip", "1")), leads, null);
    long first =
        office
            .call(ADMIN, HttpMethod.POST, "/leads/bulk-actions", order, "Idempotency-Key", city)
            .is(202)
            .id();
    long second =
        office
            .call(ADMIN, HttpMethod.POST, "/leads/bulk-actions", order, "Idempotency-Key", city)
            .is(202)
            .id();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void twoWhoWorkOnTheSameBulkActionDoEachRecordOnce() {
    List<Long> leads = office.leads(900, city, null);
    long job = office.orderFor(ADMIN, "update", Map.of("values", Map.of("zip", "1")), city);
    List<CompletableFuture<Void>> both = new ArrayList<>();
    for (int n = 0; n < 2; n++) {
      both.add(
          CompletableFuture.runAsync(
              () -> {
                while (!actions.find(job, Rights.system()).status().ended()) {
                  work.page(job, 200);
                }
              }));
    }
    both.forEach(CompletableFuture::join);
    BulkAction done = actions.find(job, Rights.system());
    assertThat(done.succeeded()).isEqualTo(900);
    assertThat(done.changed()).isEqualTo(900);
    assertThat(leads).allSatisfy(lead -> assertThat(office.lead(lead).version()).isEqualTo(2));
  }

  @Test
  void ENG_109_whatIsNotClearIsRefusedByName() {
    List<Long> leads = office.leads(1, city, null);
    Map<String, ?> zip = Map.of("values", Map.of("zip", "1"));
    assertThat(refused("name", "  ", Office.order("update", zip, leads, null))).isEqualTo("name");
    assertThat(refused("operation", "explode", Office.order("update", zip, leads, null)))
        .isEqualTo("operation");
    assertThat(refused("ids", List.of(), Office.order("update", zip, leads, null)))
        .isEqualTo("ids");
    assertThat(refused("filter", "", Office.order("update", zip, leads, null))).isEqualTo("ids");
    assertThat(refused("filter", "nonsense = 1", Office.order("update", zip, null, "")))
        .isNotEmpty();
    assertThat(
            refused(
                "scheduledAt", "2020-01-01T00:00:00Z", Office.order("update", zip, leads, null)))
        .isEqualTo("scheduledAt");
    assertThat(refused("batchSize", 10, Office.order("update", zip, leads, null)))
        .isEqualTo("batchSize");
    Map<String, ?> wrong = Map.of("values", Map.of("email", "no address"));
    assertThat(refused("name", "x", Office.order("update", wrong, leads, null)))
        .isEqualTo("settings.values.email");
    Map<String, ?> fixed = Map.of("values", Map.of("createdAt", "2026-01-01T00:00:00Z"));
    assertThat(refused("name", "x", Office.order("update", fixed, leads, null)))
        .isEqualTo("settings.values.createdAt");
    assertThat(refused("name", "x", Office.order("allocate", Map.of(), leads, null)))
        .isEqualTo("settings.owners");
    assertThat(refused("name", "x", Office.order("add-tags", Map.of(), leads, null)))
        .isEqualTo("settings.tags");
  }

  private String refused(String key, Object value, Map<String, Object> order) {
    order.put(key, value);
    return office.call(ADMIN, HttpMethod.POST, "/leads/bulk-actions", order).is(422).violation();
  }
}
