package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.definition.Incidents;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.share.Share;
import io.leadloom.record.share.ShareAccess;
import io.leadloom.record.share.ShareBatch;
import io.leadloom.record.share.ShareTime;
import io.leadloom.record.share.Shares;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The cards that share opportunities for a time, and that stop it. */
@LeadloomTest
@Tag("database")
@Import(Workshop.class)
class OpportunitySharingTest extends WithOpportunities {

  private static final String[] TRIGGERS = {
    "created",
    "updated",
    "activity-posted",
    "activity-updated",
    "task-created",
    "task-completed",
    "task-reminder"
  };

  @Autowired Access access;
  @Autowired Shares shares;
  @Autowired Incidents incidents;

  @AfterEach
  void switchOn() {
    switched("sharing", true);
    switched("shareCard", true);
  }

  private void switched(String feature, boolean on) {
    int version = admin.get("/features").ok().json().path("version").asInt();
    admin
        .put("/settings/features", Map.of("version", version, "features", Map.of(feature, on)))
        .ok();
    workshop.clock.advance(Duration.ofSeconds(2));
  }

  private static String share(String login, String level, int amount, String unit) {
    return "{\"with\":\"user:%s\",\"access\":\"%s\",\"for\":{\"amount\":%d,\"unit\":\"%s\"}}"
        .formatted(login, level, amount, unit);
  }

  private boolean may(long user, RecordRef deal, Action action) {
    return workshop.records.as(access.of(user)).may(deal, action);
  }

  private List<JsonNode> rows(RecordRef deal) {
    List<JsonNode> rows = new java.util.ArrayList<>();
    admin
        .get("/opportunities/" + deal.id() + "/shares")
        .ok()
        .json()
        .path("items")
        .forEach(rows::add);
    return rows;
  }

  @Test
  void AUT_063_AUT_X21_AUT_X22_AUT_D05_AUT_D11_theCardGivesAccessFromNowOnForItsTime() {
    long p = workshop.person("share-p");
    long q = workshop.person("share-q");
    workshop.publish(
        Bpmn.automation(workshop.unique("shares"))
            .trigger(on("opportunity.created", ""))
            .hour("wait")
            .card("act", "opportunity.share", share("share-p", "view", 1, "hours"))
            .card("more", "opportunity.share", share("share-q", "modify", 1, "hours"))
            .end("done")
            .path("start", "wait", "act", "more", "done"));
    RecordRef deal = deal();
    workshop.settle();
    assertThat(may(p, deal, Action.VIEW)).isFalse();
    workshop.pass(Duration.ofHours(1));
    assertThat(workshop.status(deal)).isEqualTo(RunStatus.DONE);
    assertThat(act(deal).message()).isEqualTo("Shared with The share-p");
    workshop.clock.advance(Duration.ofMinutes(10));
    assertThat(may(p, deal, Action.VIEW)).isTrue();
    assertThat(may(p, deal, Action.EDIT)).isFalse();
    assertThat(may(q, deal, Action.EDIT)).isTrue();
    assertThat(may(q, deal, Action.DELETE)).isFalse();
    workshop.clock.advance(Duration.ofMinutes(51));
    assertThat(may(p, deal, Action.VIEW)).isFalse();
    assertThat(may(q, deal, Action.VIEW)).isFalse();
    JsonNode row = rows(deal).get(1);
    assertThat(row.path("source").asText()).isEqualTo("automation");
    assertThat(row.path("status").asText()).isEqualTo("completed");
    assertThat(row.path("by").path("automationName").asText()).isNotEmpty();
    assertThat(row.path("by").path("run").asLong()).isEqualTo(workshop.onlyRun(deal).id());
    assertThat(Instant.parse(row.path("expiresAt").asText()))
        .isEqualTo(Instant.parse(row.path("writtenAt").asText()).plus(Duration.ofHours(1)));
  }

  @Test
  void AUT_X23_AUT_064_AUT_086_AUT_087_anActivityOfTheRecipientEndsTheShare() {
    long p = workshop.person("share-p");
    admin.post("/schema/activity-types", Map.of("label", "Document Collection")).json();
    workshop.publish(
        does(
            on("opportunity.created", ""),
            "opportunity.share",
            share("share-p", "view", 7, "days")));
    workshop.publish(
        does(
            on("opportunity.activity-posted", "\"activityType\":\"document-collection\","),
            "opportunity.stop-sharing",
            "{\"users\":[\"share-p\"]}"));
    RecordRef deal = deal();
    workshop.settle();
    assertThat(may(p, deal, Action.VIEW)).isTrue();
    workshop
        .records
        .as(access.of(p))
        .write(
            List.of(
                new RecordCommand.Create(
                    EntityType.ACTIVITY,
                    "document-collection",
                    Values.of("opportunity", deal.id()))),
            io.leadloom.platform.Cause.user(p));
    workshop.settle();
    assertThat(may(p, deal, Action.VIEW)).isFalse();
    assertThat(rows(deal))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.path("status").asText()).isEqualTo("completed");
              assertThat(row.path("endCause").asText()).isEqualTo("stopped");
              assertThat(row.path("endedBy").path("automation").asLong()).isPositive();
            });
  }

  @Test
  void AUT_D07_AUT_D09_stoppingWithoutNamesEndsAllAlsoWhatTheSameRunHasShared() {
    long p = workshop.person("share-p");
    workshop.publish(
        Bpmn.automation(workshop.unique("stops"))
            .trigger(on("opportunity.created", ""))
            .card("one", "opportunity.share", share("share-p", "view", 7, "days"))
            .card("two", "opportunity.share", share("share-q", "modify", 1, "hours"))
            .card("act", "opportunity.stop-sharing", "{}")
            .card("again", "opportunity.stop-sharing", "{\"users\":[\"user:share-p\"]}")
            .end("done")
            .path("start", "one", "two", "act", "again", "done"));
    workshop.person("share-q");
    RecordRef deal = deal();
    workshop.settle();
    assertThat(act(deal).message()).isEqualTo("Stopped 2 shares");
    assertThat(
            workshop.history.steps(workshop.onlyRun(deal).id()).stream()
                .filter(step -> step.card().equals("again"))
                .findFirst()
                .orElseThrow()
                .message())
        .isEqualTo("Nothing to stop");
    assertThat(may(p, deal, Action.VIEW)).isFalse();
    assertThat(rows(deal))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.path("endCause").asText()).isEqualTo("stopped"));
  }

  @Test
  void AUT_D08_aShareWithTheOwnerIsKeptAsFailedAndTheRunGoesOn() {
    long p = workshop.person("share-p");
    workshop.publish(
        does(
            on("opportunity.created", ""),
            "opportunity.share",
            share("share-p", "modify", 1, "days")));
    RecordRef deal = deal("owner", p);
    workshop.settle();
    assertThat(workshop.status(deal)).isEqualTo(RunStatus.DONE);
    assertThat(act(deal).message()).isEqualTo("Not shared: The share-p owns the opportunity");
    assertThat(rows(deal).get(0).path("status").asText()).isEqualTo("failed");
    assertThat(rows(deal).get(0).path("reason").asText())
        .isEqualTo("The share-p owns the opportunity");
  }

  @Test
  void aVisitOfACardSharesOnceHoweverOftenItIsTried() {
    long p = workshop.person("share-p");
    RecordRef deal = deal();
    for (int i = 0; i < 2; i++) {
      workshop.transactions.executeWithoutResult(
          status -> {
            ShareBatch batch = shares.open(List::of);
            batch.share(
                workshop.get(deal),
                new ShareBatch.Wanted(
                    p, ShareAccess.VIEW, new ShareTime(1, ShareTime.Unit.DAYS), ZoneOffset.UTC),
                Share.Origin.card(7, 8_000_000_000L + deal.id(), "act", 1));
            batch.flush();
          });
    }
    assertThat(rows(deal)).hasSize(1);
  }

  @Test
  void AUT_X27_twoCardsGiveTwoSharesOfWhichTheWidestCounts() {
    long p = workshop.person("share-p");
    workshop.publish(
        Bpmn.automation(workshop.unique("two"))
            .trigger(on("opportunity.created", ""))
            .card("act", "opportunity.share", share("share-p", "view", 7, "days"))
            .card("more", "opportunity.share", share("share-p", "modify", 1, "hours"))
            .end("done")
            .path("start", "act", "more", "done"));
    RecordRef deal = deal();
    workshop.settle();
    workshop.clock.advance(Duration.ofMinutes(30));
    assertThat(may(p, deal, Action.EDIT)).isTrue();
    workshop.clock.advance(Duration.ofMinutes(90));
    assertThat(may(p, deal, Action.EDIT)).isFalse();
    assertThat(may(p, deal, Action.VIEW)).isTrue();
  }

  @Test
  void AUT_071_AUT_072_AUT_073_AUT_074_AUT_D04_publishingNamesWhatDoesNotFit() {
    workshop.person("share-p");
    assertThat(
            refused(
                does(
                    on("opportunity.created", ""),
                    "opportunity.share",
                    "{\"with\":\"user:nobody-at-all\",\"access\":\"own\",\"for\":{\"amount\":1,\"unit\":\"weeks\"}}")))
        .anySatisfy(
            violation -> {
              assertThat(violation.field()).isEqualTo("act.with");
              assertThat(violation.expectation()).contains("login of an existing user");
            })
        .anySatisfy(
            violation -> {
              assertThat(violation.field()).isEqualTo("act.access");
              assertThat(violation.expectation()).contains("view or modify");
            })
        .anySatisfy(
            violation -> {
              assertThat(violation.field()).isEqualTo("act.for");
              assertThat(violation.expectation()).contains("minutes, hours or days");
            });
    assertThat(refused(does(on("opportunity.created", ""), "opportunity.share", "{}")))
        .extracting(Violation::field)
        .contains("act.with", "act.access", "act.for");
    for (String zero : List.of("0", "1.5", "\"x\"")) {
      assertThat(
              refused(
                  does(
                      on("opportunity.created", ""),
                      "opportunity.share",
                      "{\"with\":\"share-p\",\"access\":\"view\",\"for\":{\"amount\":"
                          + zero
                          + ",\"unit\":\"days\"}}")))
          .extracting(Violation::field)
          .containsExactly("act.for");
    }
    for (String trigger : TRIGGERS) {
      workshop.publish(
          does(
              on("opportunity." + trigger, ""),
              "opportunity.share",
              share("share-p", "view", 1, "minutes")));
    }
    for (String trigger : List.of("lead.created", "called", "activity.posted")) {
      assertThat(
              refused(
                  does(
                      "{\"type\":\"" + trigger + "\"}",
                      "opportunity.share",
                      share("share-p", "view", 1, "minutes"))))
          .extracting(Violation::field)
          .containsExactly("act.trigger");
    }
    JsonNode card = card();
    assertThat(card.path("group").asText()).isEqualTo("Opportunity Actions");
    assertThat(card.path("triggers"))
        .hasSize(TRIGGERS.length)
        .allSatisfy(trigger -> assertThat(trigger.asText()).startsWith("opportunity."));
    assertThat(card.has("withheld")).isFalse();
  }

  private JsonNode card() {
    for (JsonNode card : admin.get("/cards").ok().json().path("items")) {
      if (card.path("type").asText().equals("opportunity.share")) {
        return card;
      }
    }
    throw new AssertionError("There is no such card");
  }

  @Test
  void AUT_070_whatIsPausedGoesOnWhileTheCardIsSwitchedOff() {
    long p = workshop.person("share-p");
    long id =
        admin
            .post(
                "/automations",
                Map.of(
                    "bpmn",
                    does(
                            on("opportunity.created", ""),
                            "opportunity.share",
                            share("share-p", "view", 1, "days"))
                        .xml()))
            .is(201)
            .id();
    admin.post("/automations/" + id + "/publish").ok();
    workshop.transactions.executeWithoutResult(status -> incidents.halt(id, "Something was gone"));
    switched("shareCard", false);
    assertThat(admin.post("/automations/" + id + "/resume").ok().json().path("state").asText())
        .isEqualTo("published");
    RecordRef deal = deal();
    workshop.settle();
    assertThat(act(deal).message()).isEqualTo("Not shared: the card is switched off");
    assertThat(may(p, deal, Action.VIEW)).isFalse();
  }

  @Test
  void AUT_070_theCardIsNotOfferedAndDoesNothingWhileItIsSwitchedOff() {
    long p = workshop.person("share-p");
    Bpmn flow =
        does(
            on("opportunity.created", ""),
            "opportunity.share",
            share("share-p", "view", 1, "days"));
    workshop.publish(flow);
    switched("shareCard", false);
    assertThat(card().path("withheld").asText()).contains("switched on");
    assertThat(refused(flow))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("act.card");
              assertThat(violation.expectation()).contains("Settings, Features");
            });
    RecordRef deal = deal();
    workshop.settle();
    assertThat(workshop.status(deal)).isEqualTo(RunStatus.DONE);
    assertThat(act(deal).message()).isEqualTo("Not shared: the card is switched off");
    assertThat(may(p, deal, Action.VIEW)).isFalse();
    assertThat(rows(deal)).isEmpty();
    switched("shareCard", true);
    switched("sharing", false);
    assertThat(refused(flow)).extracting(Violation::field).containsExactly("act.card");
    admin.get("/opportunities/" + deal.id() + "/shares").problem(404);
    admin.get("/opportunities/shared").problem(404);
  }
}
