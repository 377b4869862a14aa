package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.automation.Bpmn;
import io.leadloom.identity.Role;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Opportunities that are shared for a time: who reaches what, and until when (AUT-066 to AUT-088). */
@LeadloomTest
@Tag("database")
class SharesTest extends WithShares {

  @Test
  void AUT_X21_AUT_066_AUT_067_AUT_075_viewOnlyOpensAndChangesNothing() {
    assertThat(opens(p)).isEqualTo(404);
    assertThat(found(p)).isEmpty();
    share(p, "view", 1, "hours");
    pass(Duration.ofMinutes(10));
    assertThat(opens(p)).isEqualTo(200);
    assertThat(found(p)).containsExactly(deal);
    assertThat(edits(p)).isEqualTo(403);
    p.api().post(path + "/tags", Map.of("tags", List.of("hot"))).is(403);
    p.api().delete(path).is(403);
    p.api().post(path + "/files?name=words.txt", "words").is(403);
    assertThat(read(path).has("description")).isFalse();
  }

  @Test
  void AUT_X22_AUT_076_AUT_077_AUT_079_modifyingEndsByItselfAndTheOwnerStays() {
    share(p, "modify", 1, "hours");
    pass(Duration.ofMinutes(10));
    assertThat(edits(p)).isEqualTo(200);
    p.api().delete(path).is(403);
    p.api()
        .patch(path, Map.of("values", Map.of("owner", p.id())))
        .is(422)
        .says("owner", "only shared with you");
    pass(Duration.ofMinutes(49));
    assertThat(opens(p)).isEqualTo(200);
    pass(Duration.ofMinutes(2));
    assertThat(opens(p)).isEqualTo(404);
    assertThat(edits(p)).isEqualTo(404);
    assertThat(found(p)).isEmpty();
    assertThat(read(path).path("owner").asLong()).isEqualTo(owner.id());
    assertThat(opens(owner)).isEqualTo(200);
    JsonNode row = rows("").get(0);
    assertThat(row.path("endCause").asText()).isEqualTo("expired");
    assertThat(row.path("endedAt").asText()).isEqualTo(row.path("expiresAt").asText());
  }

  @Test
  void AUT_X27_AUT_D07_ofSeveralSharesTheWidestCountsAtEachMoment() {
    share(p, "view", 7, "days");
    share(p, "modify", 1, "hours");
    pass(Duration.ofMinutes(30));
    assertThat(edits(p)).isEqualTo(200);
    pass(Duration.ofMinutes(90));
    assertThat(edits(p)).isEqualTo(403);
    assertThat(opens(p)).isEqualTo(200);
    assertThat(found(p)).containsExactly(deal);
  }

  @Test
  void AUT_D07_AUT_088_stoppingEndsAllSharesWithThoseNamedOrWithAll() {
    Somebody q = people.hire(null, Role.SALES);
    share(p, "view", 7, "days");
    share(p, "modify", 1, "hours");
    share(q, "view", 1, "days");
    assertThat(stop(Map.of("user", p.id()))).isEqualTo(2);
    assertThat(opens(p)).isEqualTo(404);
    assertThat(opens(q)).isEqualTo(200);
    assertThat(stop(Map.of())).isEqualTo(1);
    assertThat(stop(Map.of())).as("AUT-D09").isZero();
    assertThat(opens(q)).isEqualTo(404);
    assertThat(rows(""))
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.path("endCause").asText()).isEqualTo("stopped");
              assertThat(row.path("endedBy").hasNonNull("user")).isTrue();
              assertThat(row.path("endedAt").asText()).isLessThan(row.path("expiresAt").asText());
            });
    assertThat(rows("?living=true")).isEmpty();
  }

  @Test
  void AUT_D10_theEndOfAShareTakesNothingElse() {
    share(p, "view", 1, "hours");
    admin.patch(path, Map.of("values", Map.of("owner", p.id()))).is(200);
    pass(Duration.ofHours(2));
    assertThat(opens(p)).isEqualTo(200);
    assertThat(edits(p)).isEqualTo(200);
    assertThat(opens(owner)).isEqualTo(404);
  }

  @Test
  void AUT_068_AUT_069_whatIsSwitchedOffGivesNothingAndCountsAgainWhenItIsOn() {
    share(p, "modify", 1, "days");
    switched(false);
    assertThat(opens(p)).isEqualTo(404);
    assertThat(found(p)).isEmpty();
    switched(true);
    assertThat(edits(p)).isEqualTo(200);
  }

  @Test
  void VOC_013_whatIsAboutTheOpportunityIsSharedWithItAndTheLeadIsNot() {
    long lead = lead("owner", owner.id());
    admin.patch(path, Map.of("values", Map.of("lead", lead))).is(200);
    long task =
        admin.make(
            "tasks",
            Map.of("type", "call", "title", mark, "opportunity", deal, "owner", owner.id()));
    long note = admin.make("notes", Map.of("text", mark, "opportunity", deal));
    long other = admin.make("notes", Map.of("text", mark, "lead", lead));
    p.api().get("/tasks/" + task).is(404);
    share(p, "view", 1, "hours");
    p.api().get("/tasks/" + task).is(200);
    p.api().get("/notes/" + note).is(200);
    assertThat(p.api().get("/tasks?filter=opportunity%20=%20" + deal).is(200).ids())
        .containsExactly(task);
    p.api().get("/notes/" + other).is(404);
    p.api().get("/leads/" + lead).is(404);
    p.api().patch("/tasks/" + task, Map.of("values", Map.of("title", "New"))).is(403);
    for (String part : List.of("timeline", "files", "messages", "runs", "history", "shares")) {
      p.api().get(path + "/" + part).is(200);
    }
    share(p, "modify", 1, "hours");
    p.api().patch("/tasks/" + task, Map.of("values", Map.of("title", "New"))).is(200);
    long mine = deal("owner", p.id());
    p.api()
        .patch("/tasks/" + task, Map.of("values", Map.of("owner", p.id(), "opportunity", mine)))
        .is(422)
        .says("owner", "only shared")
        .says("opportunity", "only shared");
    pass(Duration.ofHours(2));
    p.api().get("/tasks/" + task).is(404);
    p.api().get("/notes/" + note).is(404);
    for (String part : List.of("timeline", "files", "messages", "runs", "history", "shares")) {
      p.api().get(path + "/" + part).is(404);
    }
  }

  @Test
  void listsBoardsCountsAndPagesTakeWhatIsSharedBesideWhatIsOwned() {
    List<Long> own =
        IntStream.range(0, 3)
            .mapToObj(n -> deal("name", "Own " + n, "owner", p.id(), "city", mark))
            .toList();
    share(p, "view", 1, "hours");
    String filter = encoded("city = \"" + mark + "\"");
    assertThat(found(p)).hasSize(4).contains(deal).containsAll(own);
    JsonNode page =
        p.api().get("/opportunities?count=true&limit=2&filter=" + filter).is(200).json();
    assertThat(page.path("total").asLong()).isEqualTo(4);
    assertThat(
            p.api()
                .get(
                    "/opportunities?limit=2&filter="
                        + filter
                        + "&cursor="
                        + page.path("next").asText())
                .is(200)
                .ids())
        .hasSize(2);
    assertThat(p.api().get("/opportunities?sort=name&filter=" + filter).is(200).ids())
        .startsWith(own.get(0))
        .endsWith(deal);
    JsonNode board = p.api().get("/opportunities/board?pipeline=1&filter=" + filter).is(200).json();
    assertThat(board.path("columns").get(0).path("count").asLong()).isEqualTo(4);
    pass(Duration.ofHours(2));
    assertThat(found(p)).hasSize(3).doesNotContain(deal);
  }

  @Test
  void nothingIsSharedInTheTrashAndSharesEndThereToo() {
    share(p, "modify", 1, "days");
    long note = admin.make("notes", Map.of("text", mark, "opportunity", deal));
    p.api().get("/notes/" + note).is(200);
    admin.delete(path).is(204);
    admin.post(path + "/shares", wanted(p, "view", 1, "hours")).is(404);
    assertThat(opens(p)).isEqualTo(404);
    p.api().post(path + "/restore", Map.of()).is(404);
    p.api().get("/notes/" + note).is(404);
    assertThat(p.api().get("/opportunities/trash").is(200).ids()).doesNotContain(deal);
    assertThat(lent(p)).isEmpty();
    admin.post(path + "/restore").is(200);
    assertThat(edits(p)).as("shared again, as before").isEqualTo(200);
    admin.delete(path).is(204);
    assertThat(stop(Map.of("user", p.id()))).as("in the trash").isOne();
    admin.post(path + "/restore").is(200);
    assertThat(opens(p)).isEqualTo(404);
  }

  private List<Boolean> lent(Somebody who) {
    return StreamSupport.stream(
            who.api().get("/opportunities/shared").is(200).json().path("items").spliterator(),
            false)
        .map(one -> one.path("alone").asBoolean())
        .toList();
  }

  @Test
  void AUT_079_changingManyDeletingAndExportingStayWithTheOwners() {
    share(p, "modify", 1, "days");
    people.allow(p.id(), "opportunity", "export", "own");
    String name = "Mine " + mark;
    long mine = deal("owner", p.id(), "name", name);
    for (String operation : List.of("update", "delete")) {
      Map<String, Object> settings =
          operation.equals("update") ? Map.of("values", Map.of("description", "Many")) : Map.of();
      long job =
          p.api()
              .post(
                  "/opportunities/bulk-actions",
                  Map.of(
                      "operation",
                      operation,
                      "name",
                      mark,
                      "ids",
                      List.of(deal, mine),
                      "settings",
                      settings))
              .is(202)
              .id();
      await().until(() -> p.api().get("/bulk-actions/" + job).json().path("endedAt").isTextual());
      JsonNode done = p.api().get("/bulk-actions/" + job).is(200).json();
      assertThat(done.path("failed").asInt()).as(done.toString()).isOne();
      assertThat(done.path("succeeded").asInt()).as(done.toString()).isOne();
      assertThat(read(path).path("description").asText()).isNotEqualTo("Many");
      if (operation.equals("update")) {
        String file =
            p.api().get("/opportunities/export.csv?ids=" + deal + "," + mine).is(200).text();
        assertThat(file).contains(name).doesNotContain("Roof repair");
      }
    }
    assertThat(admin.get("/opportunities/trash").is(200).ids()).contains(mine).doesNotContain(deal);
  }

  @Test
  void AUT_079_theOpportunityStaysWithItsContactAccountAndLead() {
    share(p, "modify", 1, "hours");
    Map<String, Object> taken = new HashMap<>();
    taken.put("contact", p.api().make("contacts", Map.of("lastName", "Mine")));
    taken.put("account", p.api().make("accounts", Map.of("name", "Mine " + mark)));
    taken.put("lead", p.api().make("leads", Map.of("lastName", "Mine")));
    taken.forEach(
        (key, value) ->
            p.api()
                .patch(path, Map.of("values", Map.of(key, value)))
                .is(422)
                .says(key, "only shared with you"));
    p.api().patch(path, Map.of("values", Map.of("city", "Pune"))).is(200);
  }

  @Test
  void AUT_075_whoReachesItByHisOwnRightsIsNotHeldToTheLevelOfAShare() {
    Somebody manager = people.hire(null, Role.MANAGER);
    share(manager, "view", 1, "days");
    assertThat(lent(manager)).containsExactly(true);
    people.report(owner.id(), manager.id());
    assertThat(lent(manager)).containsExactly(false);
    assertThat(edits(manager)).isEqualTo(200);
  }

  @Test
  void AUT_079_whoReachesItByAShareAloneStartsNoAutomationForIt() {
    Bpmn bpmn =
        Bpmn.automation("starting-" + p.id())
            .trigger(
                "{\"type\":\"opportunity.created\",\"condition\":"
                    + Bpmn.criterion("opportunity", "city", "equals", "nowhere " + mark)
                    + "}")
            .card(
                "act",
                "opportunity.share",
                "{\"with\":\"user:%s\",\"access\":\"modify\",\"for\":{\"amount\":9,\"unit\":\"days\"}}"
                    .formatted(p.api().login()))
            .end("done")
            .path("start", "act", "done");
    long id = admin.post("/automations", Map.of("bpmn", bpmn.xml())).is(201).id();
    admin.post("/automations/" + id + "/publish", null).is(200);
    Map<String, Object> start = Map.of("ref", "opportunity/" + deal);
    String path = "/automations/" + id + "/start";
    p.api().post(path, start).is(404);
    share(p, "modify", 1, "hours");
    assertThat(p.api().post(path, start).is(403).text()).contains("by a share alone");
    owner.api().post(path, start).is(202);
    admin.post("/automations/" + id + "/unpublish", null).is(200);
  }
}
