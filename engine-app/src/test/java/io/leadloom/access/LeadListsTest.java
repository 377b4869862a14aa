package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lead lists of processes: who keeps them, and what keeping them means. */
@LeadloomTest
@Tag("database")
class LeadListsTest extends InACallCentre {

  @Test
  void supervisorsKeepTheListsOfTheirProcessAndNobodyElseDoes() {
    Caller api = supervisor.api();
    JsonNode made = api.post(lists, centre.list("Spring")).is(201).json();
    assertThat(made.path("enabled").asBoolean()).isTrue();
    assertThat(made.path("campaigns").asInt()).isZero();
    String path = "/lead-lists/" + made.path("id").asLong();
    assertThat(api.get(lists + "?search=SPRI").is(200).ids())
        .containsExactly(made.path("id").asLong());
    assertThat(api.get("/processes").is(200).ids()).containsExactly(process);
    long kept = centre.campaign("Calls", agent);
    String campaign = "/dialling-campaigns/" + kept;
    Somebody stranger = people.hire(null, Role.MANAGER);
    Somebody other = people.hire(null, Role.SUPERVISOR);
    centre.process("Other " + mark, other);
    for (Caller who : List.of(agent.api(), stranger.api(), other.api())) {
      int refused = who.equals(agent.api()) ? 403 : 404;
      who.get(lists).is(refused);
      who.post(lists, centre.list("Taken")).is(refused);
      who.get(path).is(refused);
      who.patch(path, Map.of("name", "Taken")).is(refused);
      who.patch(path, Map.of("enabled", false)).is(refused);
      who.delete(path).is(refused);
      who.get(path + "/campaigns").is(refused);
      who.patch(path + "/campaigns", Map.of()).is(refused);
      who.post("/processes/" + process + "/campaigns", Map.of("name", "Taken")).is(refused);
      who.patch(campaign, Map.of("name", "Taken", "members", List.of())).is(refused);
      who.delete(campaign).is(refused);
      who.get("/processes/" + process + "/table").is(refused);
      assertThat(who.get("/processes").is(200).ids()).doesNotContain(process);
    }
    assertThat(api.get(path).is(200).json()).isEqualTo(made);
    assertThat(api.get(lists).is(200).json().path("items")).hasSize(1);
    JsonNode same = api.get("/processes/" + process + "/campaigns").is(200).json().at("/items/0");
    assertThat(same.path("name").asText()).isEqualTo("Calls");
    assertThat(same.path("members")).hasSize(1);
  }

  @Test
  void aListNeedsNameTimeZoneAndAnActiveUserOfTheProcessAsOwner() {
    Caller api = supervisor.api();
    api.post(lists, Map.of())
        .is(422)
        .says("name", "characters")
        .says("timeZone", "IANA")
        .says("owner", "active user of the process");
    Map<String, Object> wrong = centre.list("Spring");
    wrong.put("timeZone", "Mars/Olympus");
    wrong.put("owner", people.hire(null, Role.SALES).id());
    wrong.put("description", "x".repeat(1_001));
    wrong.put("process", process + 1);
    api.post(lists, wrong)
        .is(422)
        .says("timeZone", "IANA")
        .says("owner", "active user of the process")
        .says("description", "at most")
        .says("process", "stays in its own");
    assertThat(api.get(lists).is(200).ids()).isEmpty();
  }

  @Test
  void aNameIsTakenInItsProcessWithoutCaseAndOuterSpacesAndFreeInOthers() {
    long first = centre.made("Spring");
    Caller api = supervisor.api();
    api.post(lists, centre.list("  sPRING ")).is(422).says("name", "no other lead list");
    long second = centre.made("Summer");
    api.patch("/lead-lists/" + second, Map.of("name", "SPRING")).is(422);
    assertThat(
            api.patch("/lead-lists/" + first, Map.of("name", " SPRING "))
                .is(200)
                .json()
                .path("name")
                .asText())
        .isEqualTo("SPRING");
    long other = centre.process("Other " + mark, supervisor);
    api.post("/processes/" + other + "/lead-lists", centre.list("Spring")).is(201);
  }

  @Test
  void oneOfTwoListsOfOneNameThatAreMadeTogetherIsRefused() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CountDownLatch ready = new CountDownLatch(2);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        answers.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return supervisor.api().post(lists, centre.list("Together")).status();
                }));
      }
      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(201, 422);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aListIsChangedButNeitherOnAnOldVersionNorIntoAnotherProcess() {
    long id = centre.made("Spring");
    long other = centre.process("Other " + mark, supervisor);
    Caller api = supervisor.api();
    String path = "/lead-lists/" + id;
    Map<String, Object> change =
        Map.of(
            "version",
            1,
            "name",
            "Autumn",
            "timeZone",
            "Europe/Berlin",
            "owner",
            agent.id(),
            "description",
            "North");
    JsonNode changed = api.patch(path, change).is(200).json();
    assertThat(changed.path("timeZone").asText()).isEqualTo("Europe/Berlin");
    assertThat(changed.path("owner").asLong()).isEqualTo(agent.id());
    api.patch(path, change).is(409).says("version", "2");
    api.patch(path, Map.of("process", other, "name", "Moved")).is(422).says("process", "its own");
    assertThat(api.get(path).is(200).json()).isEqualTo(changed);
    assertThat(
            api.patch(path, Map.of("enabled", false, "process", process))
                .is(200)
                .json()
                .path("enabled")
                .asBoolean(true))
        .isFalse();
    assertThat(api.patch(path, Map.of("enabled", true)).is(200).json().path("enabled").asBoolean())
        .isTrue();
  }

  @Test
  void LEAD_013_whoOwnsListsOfAProcessLeavesItOnlyWhenTheyHaveAnotherOwner() {
    Map<String, Object> wanted = centre.list("Spring");
    wanted.put("owner", agent.id());
    long id = supervisor.api().post(lists, wanted).is(201).id();
    admin
        .patch("/processes/" + process, Map.of("agents", List.of()))
        .is(422)
        .says("agents", "owns 1 lead list");
    supervisor.api().patch("/lead-lists/" + id, Map.of("owner", supervisor.id())).is(200);
    admin.patch("/processes/" + process, Map.of("agents", List.of())).is(200);
    Somebody next = people.hire(null, Role.SUPERVISOR);
    admin
        .patch("/processes/" + process, Map.of("supervisors", List.of(next.id())))
        .is(422)
        .says("supervisors", "owns 1 lead list");
    // Whoever keeps working in it, if with fewer rights, stays the owner.
    admin
        .patch(
            "/processes/" + process,
            Map.of("supervisors", List.of(next.id()), "agents", List.of(supervisor.id())))
        .is(200);
    supervisor.api().get("/lead-lists/" + id).is(403);
    assertThat(next.api().get("/lead-lists/" + id).is(200).json().path("owner").asLong())
        .isEqualTo(supervisor.id());
  }

  @Test
  void LEAD_012_spacesThatDoNotBreakMakeNoOtherName() {
    centre.made("Spring");
    Caller api = supervisor.api();
    api.post(lists, centre.list("\u202fSpring\u00a0")).is(422).says("name", "no other lead list");
    api.post(lists, centre.list("\u00a0")).is(422).says("name", "characters");
    // Signs that take more room when they are compared.
    api.post(lists, centre.list("\ufb2c".repeat(200))).is(422).says("name", "characters");
    Map<String, Object> disabled = centre.list("Summer");
    disabled.put("enabled", false);
    api.post(lists, disabled).is(422).says("enabled", "a new lead list is enabled");
  }

  @Test
  void whatAListIsAssignedToIsToldWithoutThePeopleOfTheCampaigns() {
    long id = centre.made("Spring");
    centre.campaign("Calls", supervisor, agent);
    JsonNode campaign =
        supervisor
            .api()
            .get("/lead-lists/" + id + "/campaigns")
            .is(200)
            .json()
            .at("/items/0/campaign");
    assertThat(campaign.path("name").asText()).isEqualTo("Calls");
    assertThat(campaign.has("members")).isFalse();
  }

  @Test
  void anOwnerWhoIsDeactivatedStaysUntilAnotherIsChosen() {
    Map<String, Object> wanted = centre.list("Spring");
    wanted.put("owner", agent.id());
    long id = supervisor.api().post(lists, wanted).is(201).id();
    staff.change(
        agent.id(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    Caller api = supervisor.api();
    String path = "/lead-lists/" + id;
    api.patch(path, Map.of("name", "Renamed", "owner", agent.id())).is(200);
    api.patch(path, Map.of("owner", supervisor.id())).is(200);
    api.patch(path, Map.of("owner", agent.id())).is(422).says("owner", "active");
    admin
        .patch(
            "/processes/" + process,
            Map.of("name", "Renamed " + mark, "agents", List.of(agent.id())))
        .is(200);
    agent.api().get(lists).is(401);
  }

  @Test
  void LEAD_E11_aDeletedListIsGoneForGoodAndReleasesItsCampaigns() {
    long id = centre.made("Spring");
    long campaign = centre.campaign("Calls");
    Caller api = supervisor.api();
    String path = "/lead-lists/" + id;
    api.patch(path + "/campaigns", Map.of("assign", List.of(campaign))).is(200);
    admin.delete("/processes/" + process).is(409);
    api.delete(path).is(204);
    api.get(path).is(404);
    api.delete(path).is(404);
    api.post(path + "/restore").is(404);
    JsonNode deleted =
        admin
            .get("/audit?subjectKind=lead-list&subject=" + id)
            .is(200)
            .json()
            .at("/items/0/changes");
    assertThat(deleted.findValuesAsText("field")).contains("name", "campaigns");
    assertThat(deleted.findValuesAsText("before")).contains("Spring", "Calls");
    JsonNode campaigns = api.get("/processes/" + process + "/campaigns").is(200).json();
    assertThat(campaigns.path("items").path(0).path("lists").asInt(-1)).isZero();
    assertThat(
            admin
                .get("/audit?subjectKind=lead-list&subject=" + id)
                .is(200)
                .json()
                .path("items")
                .findValuesAsText("action"))
        .containsExactly("lead-list.deleted", "lead-list.changed", "lead-list.created");
    admin.delete("/processes/" + process).is(204);
    admin.delete("/table-definitions/" + table).is(204);
  }

  @Test
  void listsArePagedByName() {
    List<String> names = List.of("alpha", "Beta", "gamma", "Ünder");
    names.forEach(centre::made);
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          supervisor
              .api()
              .get(lists + "?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next))
              .json();
      page.path("items").forEach(each -> seen.add(each.path("name").asText()));
      next = page.path("next").asText("");
    } while (!next.isEmpty() && !next.equals("null"));
    assertThat(seen).containsExactlyElementsOf(names);
    supervisor.api().get(lists + "?cursor=!!").is(422).says("cursor", "page before");
  }
}
