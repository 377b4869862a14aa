package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.automation.Bpmn;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Utc;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who may share opportunities, and what is known of shares afterwards (AUT-078 to AUT-085). */
@LeadloomTest
@Tag("database")
class ShareHistoryTest extends WithShares {

  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;

  private void insert(Somebody user, int status, int n) {
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            done ->
                jdbc.update(
                    "insert into opportunity_share (id, opportunity_id, user_id, may_modify, status, reason,"
                        + " amount, unit, requested_at, stopped) values (?, ?, ?, false, ?, ?, 1, 'hours', ?, false)",
                    5_000_000_000L + deal * 10 + n,
                    deal,
                    user.id(),
                    status,
                    status == 3 ? "Something" : null,
                    Utc.column(Instant.now())));
  }

  @Test
  void AUT_X24_AUT_080_AUT_083_AUT_084_AUT_085_theHistoryIsFilteredByUserAndStatus() {
    Somebody q = people.hire(null, Role.SALES);
    int n = 0;
    for (Somebody user : List.of(p, q)) {
      for (int status = 1; status <= 3; status++) {
        insert(user, status, n++);
      }
    }
    assertThat(rows("")).hasSize(6);
    assertThat(rows("?user=" + p.id() + "&status=failed"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.path("user").asLong()).isEqualTo(p.id());
              assertThat(row.path("status").asText()).isEqualTo("failed");
              assertThat(row.path("reason").asText()).isEqualTo("Something");
            });
    assertThat(rows("?status=processing")).hasSize(2);
    JsonNode first = admin.get(path + "/shares?limit=4").is(200).json();
    assertThat(first.path("items")).hasSize(4);
    assertThat(rows("?limit=4&cursor=" + first.path("next").asText())).hasSize(2);
    admin.get(path + "/shares?status=late").is(422).says("status", "processing");
    admin.get(path + "/shares?cursor=xx").is(422).says("cursor", "next");
    deal("owner", owner.id());
    String foreign = admin.get("/opportunities?limit=1").is(200).json().path("next").asText();
    for (String list : List.of(path + "/shares", "/opportunities/shared")) {
      admin.get(list + "?cursor=" + encoded(foreign)).is(422).says("cursor", "the same list");
    }
    admin.get(path + "/shares?limit=500").is(422);
  }

  @Test
  void AUT_081_AUT_082_AUT_D06_aRowTellsWhoSharedForHowLongAndUntilWhen() {
    JsonNode row = share(p, "modify", 90, "minutes");
    assertThat(row.path("source").asText()).isEqualTo("api");
    assertThat(row.path("duration").path("amount").asInt()).isEqualTo(90);
    assertThat(row.path("duration").path("unit").asText()).isEqualTo("minutes");
    assertThat(row.path("by").path("user").asLong()).isPositive();
    Instant written = Instant.parse(row.path("writtenAt").asText());
    assertThat(Instant.parse(row.path("expiresAt").asText()))
        .isEqualTo(written.plus(Duration.ofMinutes(90)));
    assertThat(row.hasNonNull("endedAt")).isFalse();
  }

  @Test
  void AUT_D04_aDurationIsAWholeNumberOfMinutesHoursOrDays() {
    for (Object wrong :
        List.of(
            Map.of("amount", 0, "unit", "hours"),
            Map.of("amount", 1, "unit", "weeks"),
            Map.of("amount", 3_651, "unit", "days"),
            Map.of("unit", "days"))) {
      admin
          .post(path + "/shares", Map.of("user", p.id(), "access", "view", "duration", wrong))
          .is(422)
          .says("duration", "minutes, hours or days");
    }
    admin
        .post(
            path + "/shares",
            Map.of(
                "user",
                p.id(),
                "access",
                "view",
                "duration",
                Map.of("amount", 1.5, "unit", "days")))
        .is(422);
    admin.post(path + "/shares", wanted(p, "own", 1, "hours")).is(422).says("access", "modify");
    assertThat(rows("")).isEmpty();
  }

  @Test
  void AUT_078_whoSharesHasTheRecordAndTheRightToGiveIt() {
    Somebody manager = people.hire(null, Role.MANAGER);
    people.report(owner.id(), manager.id());
    Somebody below = people.hire(manager, Role.SALES);
    Map<String, Object> wanted = wanted(below, "view", 1, "hours");
    owner.api().post(path + "/shares", wanted).is(403);
    people.hire(null, Role.MANAGER).api().post(path + "/shares", wanted).is(404);
    manager
        .api()
        .post(path + "/shares", wanted(p, "view", 1, "hours"))
        .is(422)
        .says("user", "give");
    manager.api().post(path + "/shares", wanted).is(201);
    assertThat(opens(below)).isEqualTo(200);
    Somebody lent = people.hire(null, Role.MANAGER);
    share(lent, "modify", 1, "hours");
    assertThat(edits(lent)).isEqualTo(200);
    JsonNode seen = lent.api().get(path + "/shares").is(200).json();
    assertThat(seen.path("mayShare").asBoolean()).isFalse();
    lent.api().post(path + "/shares", wanted(lent, "view", 9, "days")).is(403);
    lent.api().post(path + "/shares/stop", Map.of()).is(403);
    assertThat(manager.api().get(path + "/shares").json().path("mayShare").asBoolean()).isTrue();
    admin.post("/opportunities/999999999/shares", wanted).is(404);
    admin.post(path + "/shares", Map.of("user", 999_999_999L)).is(422);
  }

  @Test
  void AUT_006_onlyAdministratorsPublishAutomationsThatShare() {
    Somebody author = people.hire(null, Role.MANAGER);
    Map<String, Object> all = Map.of("view", "all", "edit", "all");
    admin
        .put(
            "/users/" + author.id() + "/permissions",
            Map.of("exceptions", Map.of("sections", Map.of("automations", all))))
        .is(200);
    Bpmn bpmn =
        Bpmn.automation("lending-" + author.id())
            .trigger(
                "{\"type\":\"opportunity.created\",\"condition\":"
                    + Bpmn.criterion("opportunity", "city", "equals", "nowhere")
                    + "}")
            .card(
                "act",
                "opportunity.share",
                "{\"with\":\"user:%s\",\"access\":\"view\",\"for\":{\"amount\":1,\"unit\":\"hours\"}}"
                    .formatted(p.api().login()))
            .end("done")
            .path("start", "act", "done");
    long id = author.api().post("/automations", Map.of("bpmn", bpmn.xml())).is(201).id();
    author
        .api()
        .post("/automations/" + id + "/publish", null)
        .is(422)
        .says("act.card", "only administrators share opportunities");
    admin.post("/automations/" + id + "/publish", null).is(200);
    author.api().post("/automations/" + id + "/versions/1/publish", null).is(422);
    admin.post("/automations/" + id + "/unpublish", null).is(200);
  }

  @Test
  void AUT_D08_theOwnerTheInactiveAndWhoMaySeeNoOpportunitiesGetARowAndNoAccess() {
    Somebody gone = people.hire(null, Role.SALES);
    staff.change(
        gone.id(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    Somebody agent = people.hire(null, Role.AGENT);
    assertThat(share(owner, "view", 1, "hours").path("reason").asText())
        .endsWith("owns the opportunity");
    assertThat(share(gone, "view", 1, "hours").path("reason").asText()).endsWith("is not active");
    JsonNode refused = share(agent, "view", 1, "hours");
    assertThat(refused.path("reason").asText()).endsWith("has no permission to view opportunities");
    assertThat(refused.path("status").asText()).isEqualTo("failed");
    assertThat(refused.hasNonNull("expiresAt")).isFalse();
    agent.api().get(path).is(403);
    assertThat(rows("?status=failed")).hasSize(3);
    assertThat(rows("?living=true")).isEmpty();
  }
}
