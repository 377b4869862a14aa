package io.leadloom.record.bulk;

import static io.leadloom.record.bulk.Office.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.bulk.Office.Answer;
import io.leadloom.record.bulk.Office.Person;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** Things done to many records (LEAD-081, LEAD-082, ENG-108 to ENG-125). */
@LeadloomTest
@Import(Office.class)
@Tag("database")
class BulkActionsTest extends BulkByHand {

  @Autowired private Office office;
  @Autowired private BulkWork work;
  @Autowired private BulkActions actions;
  @Autowired private MutableClock clock;

  @Test
  void LEAD_081_aFieldIsSetToOneValueOnTheSelectedLeads() {
    List<Long> leads = office.leads(3, city, null);
    long job =
        office.order(
            ADMIN, "update", Map.of("values", Map.of("jobTitle", "Buyer")), leads.subList(0, 2));
    JsonNode waiting = office.get(ADMIN, "/bulk-actions/" + job).is(200).json();
    assertThat(waiting.path("status").asText()).isEqualTo("processing");
    assertThat(waiting.path("total").asInt()).isEqualTo(2);

    JsonNode done = office.run(ADMIN, job);
    assertThat(done.path("status").asText()).isEqualTo("complete");
    assertThat(done.path("succeeded").asInt()).isEqualTo(2);
    assertThat(done.path("failed").asInt()).isZero();
    assertThat(office.value(leads.get(0), "jobTitle")).isEqualTo("Buyer");
    assertThat(office.value(leads.get(2), "jobTitle")).isNull();
    assertThat(office.get(ADMIN, "/leads/" + leads.get(0) + "/history").is(200).text())
        .contains("bulk action " + job)
        .contains("jobTitle");
  }

  @Test
  void LEAD_082_itIsDoneToAllThatMatchAFilterWhenItStartsAndToNoOthers() {
    List<Long> leads = office.leads(450, city, null);
    long job = office.orderFor(ADMIN, "update", Map.of("values", Map.of("zip", "1")), city);
    assertThat(work.page(job, 200)).isTrue();
    // Who comes to match later is not among them, and who does not match any more still is.
    List<Long> late = office.leads(1, city, null);
    office.set(leads.get(449), "city", city + "x");
    JsonNode done = office.run(ADMIN, job);
    assertThat(done.path("total").asInt()).isEqualTo(450);
    assertThat(done.path("succeeded").asInt()).isEqualTo(450);
    assertThat(leads).allSatisfy(lead -> assertThat(office.value(lead, "zip")).isEqualTo("1"));
    assertThat(office.value(late.get(0), "zip")).isNull();
    JsonNode page =
        office
            .get(ADMIN, "/bulk-actions/" + job + "/records?result=succeeded&limit=200")
            .is(200)
            .json();
    assertThat(page.path("items")).hasSize(200);
    assertThat(page.path("items").path(0).path("name").asText()).startsWith("L");
  }

  @Test
  void LEAD_081_leadsAreAllocatedEvenlyAmongSeveralOwners() {
    Person ann = office.hire(Role.SALES);
    Person bob = office.hire(Role.SALES);
    List<Long> leads = office.leads(5, city, null);
    long job =
        office.order(ADMIN, "allocate", Map.of("owners", List.of(ann.id(), bob.id())), leads);
    assertThat(office.run(ADMIN, job).path("succeeded").asInt()).isEqualTo(5);
    assertThat(leads.stream().filter(lead -> office.value(lead, "owner").equals(ann.id())))
        .hasSize(3);
    assertThat(leads.stream().filter(lead -> office.value(lead, "owner").equals(bob.id())))
        .hasSize(2);
    office.undo(ADMIN, job);
    assertThat(leads).allSatisfy(lead -> assertThat(office.value(lead, "owner")).isNull());
  }

  @Test
  void leadsGoIntoTheTrashAndComeBackByAnUndo() {
    List<Long> leads = office.leads(3, city, null);
    long job = office.order(ADMIN, "delete", Map.of(), leads);
    office.run(ADMIN, job);
    assertThat(leads).allSatisfy(lead -> assertThat(office.lead(lead).trashedAt()).isNotNull());
    // Restored and deleted again by somebody: not this bulk action's business any more.
    office.post(ADMIN, "/leads/" + leads.get(1) + "/restore").is(200);
    office.call(ADMIN, HttpMethod.DELETE, "/leads/" + leads.get(1), null).is(204);
    JsonNode undone = office.undo(ADMIN, job);
    assertThat(undone.path("succeeded").asInt()).isEqualTo(2);
    assertThat(office.failures(ADMIN, undone.path("id").asLong()))
        .containsOnlyKeys(leads.get(1))
        .containsValue("It was changed since");
    assertThat(office.lead(leads.get(0)).trashedAt()).isNull();
    assertThat(office.lead(leads.get(1)).trashedAt()).isNotNull();

    long again = office.order(ADMIN, "restore", Map.of(), List.of(leads.get(1)));
    assertThat(office.run(ADMIN, again).path("succeeded").asInt()).isOne();
    assertThat(office.lead(leads.get(1)).trashedAt()).isNull();
  }

  @Test
  void tagsAreAddedAndAnUndoTakesOffOnlyThoseThatItAdded() {
    List<Long> leads = office.leads(2, city, null);
    office
        .call(
            ADMIN,
            HttpMethod.POST,
            "/leads/" + leads.get(0) + "/tags",
            Map.of("tags", List.of(city)))
        .is(200);
    long job = office.order(ADMIN, "add-tags", Map.of("tags", List.of(city)), leads);
    JsonNode done = office.run(ADMIN, job);
    assertThat(done.path("succeeded").asInt()).isEqualTo(2);
    assertThat(done.path("changed").asInt()).isOne();
    assertThat(tags(leads.get(1))).contains(city);
    office.undo(ADMIN, job);
    assertThat(tags(leads.get(0))).contains(city);
    assertThat(tags(leads.get(1))).doesNotContain(city);
    long removed = office.order(ADMIN, "remove-tags", Map.of("tags", List.of(city)), leads);
    assertThat(office.run(ADMIN, removed).path("changed").asInt()).isOne();
    assertThat(tags(leads.get(0))).doesNotContain(city);
  }

  private String tags(long lead) {
    return office.get(ADMIN, "/leads/" + lead).is(200).json().path("tags").toString();
  }

  @Test
  void leadsGoOnAListAndOffAgain() {
    List<Long> leads = office.leads(2, city, null);
    long list =
        office.call(ADMIN, HttpMethod.POST, "/lists", Map.of("name", "List " + city)).is(201).id();
    long job = office.order(ADMIN, "add-to-list", Map.of("list", list), leads);
    office.run(ADMIN, job);
    assertThat(members(list)).isEqualTo(2);
    office.undo(ADMIN, job);
    assertThat(members(list)).isZero();
    Person sales = office.hire(Role.SALES);
    Answer refused =
        office.call(
            sales,
            HttpMethod.POST,
            "/leads/bulk-actions",
            Office.order("add-to-list", Map.of("list", list), leads, null));
    assertThat(refused.is(422).violation()).isEqualTo("settings.list");
    office.call(ADMIN, HttpMethod.DELETE, "/lists/" + list, null);
  }

  private int members(long list) {
    return office.get(ADMIN, "/lists/" + list + "/members").is(200).json().path("items").size();
  }

  @Test
  void anUndoPutsBackOnlyWhatNobodyHasChangedSinceAndSaysWhatItLeft() {
    List<Long> leads = office.leads(3, city, null);
    office.set(leads.get(0), "zip", "old");
    Map<String, Object> values = new HashMap<>();
    values.put("zip", "new");
    values.put("jobTitle", "Buyer");
    long job = office.order(ADMIN, "update", Map.of("values", values), leads);
    office.run(ADMIN, job);
    office.set(leads.get(1), "zip", "mine");
    office.set(leads.get(2), "zip", "mine");
    office.set(leads.get(2), "jobTitle", "Seller");

    JsonNode undone = office.undo(ADMIN, job);
    assertThat(undone.path("undoOf").asLong()).isEqualTo(job);
    assertThat(undone.path("succeeded").asInt()).isOne();
    assertThat(office.value(leads.get(0), "zip")).isEqualTo("old");
    assertThat(office.value(leads.get(0), "jobTitle")).isNull();
    assertThat(office.value(leads.get(1), "zip")).isEqualTo("mine");
    assertThat(office.value(leads.get(1), "jobTitle")).isNull();
    assertThat(office.value(leads.get(2), "jobTitle")).isEqualTo("Seller");
    Map<Long, String> reasons = office.failures(ADMIN, undone.path("id").asLong());
    assertThat(reasons).containsOnlyKeys(leads.get(1), leads.get(2));
    assertThat(reasons.get(leads.get(1))).contains("was changed since", "were put back");
    // Asked again it is the same undo, and an undo is not taken back.
    assertThat(office.post(ADMIN, "/bulk-actions/" + job + "/undo").is(202).id())
        .isEqualTo(undone.path("id").asLong());
    office.post(ADMIN, "/bulk-actions/" + undone.path("id").asLong() + "/undo").is(409);
  }

  @Test
  void afterThirtyDaysNothingIsTakenBack() {
    List<Long> leads = office.leads(1, city, null);
    long job = office.order(ADMIN, "update", Map.of("values", Map.of("zip", "1")), leads);
    assertThat(office.run(ADMIN, job).path("undoable").asBoolean()).isTrue();
    clock.advance(Duration.ofDays(31));
    assertThat(
            office.get(ADMIN, "/bulk-actions/" + job).is(200).json().path("undoable").asBoolean())
        .isFalse();
    office.post(ADMIN, "/bulk-actions/" + job + "/undo").is(409);
  }

  @Test
  void ENG_125_anErrorOfOneRecordStopsNoOtherAndHasAReason() {
    List<Long> leads = office.leads(3, city, null);
    office.call(ADMIN, HttpMethod.DELETE, "/leads/" + leads.get(1), null).is(204);
    List<Long> chosen = new ArrayList<>(leads);
    chosen.add(999_999_999L);
    long job = office.order(ADMIN, "update", Map.of("values", Map.of("zip", "1")), chosen);
    JsonNode done = office.run(ADMIN, job);
    assertThat(done.path("status").asText()).isEqualTo("complete");
    assertThat(done.path("total").asInt()).isEqualTo(4);
    assertThat(done.path("succeeded").asInt()).isEqualTo(2);
    assertThat(done.path("failed").asInt()).isEqualTo(2);
    assertThat(office.failures(ADMIN, job))
        .containsEntry(leads.get(1), "It is in the trash")
        .containsEntry(999_999_999L, "It does not exist any more, or you do not see it");
    assertThat(office.get(ADMIN, "/bulk-actions/" + job + "/errors.csv").is(200).text())
        .contains("id,name,reason", leads.get(1) + ",L1,It is in the trash");
  }

  @Test
  void ENG_116_whatIsDoneBeforeACancelStaysDone() {
    List<Long> leads = office.leads(250, city, null);
    long job = office.orderFor(ADMIN, "update", Map.of("values", Map.of("zip", "1")), city);
    work.page(job, 200);
    work.page(job, 200);
    JsonNode cancelled = office.post(ADMIN, "/bulk-actions/" + job + "/cancel").is(200).json();
    assertThat(cancelled.path("status").asText()).isEqualTo("canceled");
    assertThat(work.page(job, 200)).isFalse();
    assertThat(office.value(leads.get(0), "zip")).isEqualTo("1");
    assertThat(office.value(leads.get(249), "zip")).isNull();
    assertThat(cancelled.path("undoable").asBoolean()).isTrue();
    assertThat(office.undo(ADMIN, job).path("succeeded").asInt()).isEqualTo(200);
    assertThat(office.value(leads.get(0), "zip")).isNull();
  }

  @Test
  void ENG_119_itWaitsForItsTimeAndThenGoesInBatches() {
    List<Long> leads = office.leads(5, city, null);
    Map<String, Object> order =
        Office.order("update", Map.of("values", Map.of("zip", "1")), leads, null);
    order.put("scheduledAt", clock.instant().plus(Duration.ofHours(1)).toString());
    order.put("batchSize", 2);
    order.put("batchMinutes", 30);
    long job = office.call(ADMIN, HttpMethod.POST, "/leads/bulk-actions", order).is(202).id();
    assertThat(office.run(ADMIN, job).path("status").asText()).isEqualTo("processing");
    assertThat(actions.find(job, Rights.system()).handled()).isZero();
    clock.advance(Duration.ofMinutes(61));
    for (int handled : new int[] {2, 4, 5}) {
      JsonNode now = office.run(ADMIN, job);
      assertThat(now.path("handled").asInt()).isEqualTo(handled);
      assertThat(now.path("mode").asText()).isEqualTo("batches");
      assertThat(now.path("status").asText()).isEqualTo(handled == 5 ? "complete" : "in-progress");
      clock.advance(Duration.ofMinutes(31));
    }
  }

  @Test
  void ENG_E15_theCompletedTabHasWhatIsCompleteOrCanceled() {
    Person ann = office.hire(Role.SALES);
    List<Long> leads = office.leads(3, city, ann);
    Map<String, ?> settings = Map.of("values", Map.of("zip", "1"));
    long complete = office.order(ann, "update", settings, leads.subList(0, 1));
    office.run(ann, complete);
    long running = office.order(ann, "update", settings, leads.subList(1, 2));
    long cancelled = office.order(ann, "delete", Map.of(), leads.subList(2, 3));
    office.post(ann, "/bulk-actions/" + cancelled + "/cancel").is(200);
    String of = "/bulk-actions?user=" + ann.id();
    assertThat(ids(of)).containsExactly(cancelled, running, complete);
    assertThat(ids(of + "&ended=true")).containsExactly(cancelled, complete);
    assertThat(ids(of + "&status=canceled")).containsExactly(cancelled);
    assertThat(ids(of + "&operation=update")).containsExactly(running, complete);
    assertThat(ids(of + "&from=" + clock.instant().plusSeconds(60))).isEmpty();
    assertThat(ids(of + "&limit=1")).containsExactly(cancelled);
  }

  private List<Long> ids(String path) {
    List<Long> ids = new ArrayList<>();
    office
        .get(ADMIN, path)
        .is(200)
        .json()
        .path("items")
        .forEach(item -> ids.add(item.path("id").asLong()));
    return ids;
  }

  @Test
  void whoMadeItIsToldByTheBellWhenSomethingFailed() {
    Person ann = office.hire(Role.SALES);
    long job =
        office.order(ann, "update", Map.of("values", Map.of("zip", "1")), List.of(999_999_999L));
    office.run(ann, job);
    JsonNode notice = office.get(ann, "/notices").is(200).json().path("items").path(0);
    assertThat(notice.path("title").asText()).isEqualTo("Test update");
    assertThat(notice.path("text").asText()).contains("0 of 1 succeeded, 1 failed");
    assertThat(notice.path("place").asText()).isEqualTo("/jobs/" + job);
  }
}
