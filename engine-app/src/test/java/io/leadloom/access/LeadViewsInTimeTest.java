package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of details views and own tabs when fields, activity types and views change or go. */
@LeadloomTest
@Tag("database")
class LeadViewsInTimeTest extends WithLeadViews {

  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate writing;

  private static Map<String, Object> page(String name, String url) {
    return Map.of("key", "tab-page", "kind", "custom", "name", name, "url", url);
  }

  private long team() {
    return staff.createTeam("Team " + mark, List.of(ravi.id())).id();
  }

  private Caller.Answer apply(long team, long view) {
    return admin.put("/lead-views/teams/" + team, Map.of("view", view, "replace", false));
  }

  private JsonNode layout(long id) {
    for (JsonNode view : admin.get("/lead-views").is(200).json().path("items")) {
      if (view.path("id").asLong() == id) {
        return view.path("layout");
      }
    }
    throw new AssertionError("No view " + id);
  }

  private String shown(long lead, String tab) throws Exception {
    return http.perform(
            get("/api/v1/leads/" + lead + "/tab-page?tab=" + tab)
                .with(httpBasic(ravi.api().login(), ravi.api().password())))
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  @Test
  void aHostThatCannotBeThereIsRefusedByTheNameOfItsTab() {
    for (String host :
        List.of(
            "a..b",
            "1.2.3",
            "10.0.0.256",
            "x-.example.com",
            "intranet.2024",
            "example.com:99999")) {
      Caller.Answer answer =
          create(Map.of("tabs", List.of(HISTORY, page("Prices", "https://" + host + "/x"))));
      answer.is(422).says("url", "host");
      assertThat(answer.text()).contains("'Prices'");
    }
  }

  @Test
  void PLT_D09_mergeFieldsAreFoundInAnyLetterCaseAndTheIdIsOne() throws Exception {
    long view =
        create(
                Map.of(
                    "tabs",
                    List.of(
                        HISTORY, page("P", "https://x.test/?m={{lead.EMAIL}}&i={{ lead.ID }}"))))
            .is(201)
            .id();
    assertThat(layout(view).at("/tabs/1/url").asText())
        .isEqualTo("https://x.test/?m={{lead.email}}&i={{lead.id}}");
    apply(team(), view).is(200);
    long lead = ravi.api().make("leads", Map.of("lastName", "Case", "email", mark + "@case.test"));
    assertThat(shown(lead, "tab-page")).contains("m=" + mark + "%40case.test&amp;i=" + lead + "\"");
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", Map.of("email", "hidden")))))
        .is(200);
    assertThat(shown(lead, "tab-page")).contains("?m=&amp;i=" + lead + "\"");
  }

  @Test
  void anotherFieldWithTheKeyOfADeletedOneIsNotSentToAnybody() throws Exception {
    String key = "code" + mark;
    Map<String, String> field = Map.of("key", key, "label", key, "type", "text");
    admin.post("/schema/lead/fields", field).is(201);
    String url = "https://x.test/?c={{lead." + key + "}}&n={{lead.lastName}}";
    long view = create(Map.of("tabs", List.of(HISTORY, page("Codes", url)))).is(201).id();
    apply(team(), view).is(200);
    long own =
        ravi.api()
            .post("/lead-view/tabs", Map.of("kind", "custom", "name", "Mine", "url", url))
            .is(201)
            .id();
    String path = "/schema/lead/fields/" + key;
    Caller.Answer kept = admin.delete(path).is(409);
    assertThat(kept.text())
        .contains("lead-view/" + view)
        .contains("users made for themselves: 1")
        .doesNotContain("Mine");
    admin.delete(path + "?force=true").is(204);
    JsonNode tabs = layout(view).path("tabs");
    assertThat(tabs.at("/1/url").asText()).isEqualTo("https://x.test/?c=&n={{lead.lastName}}");
    admin.patch("/lead-views/" + view, Map.of("version", 1, "name", "Late " + mark)).is(409);
    admin
        .patch(
            "/lead-views/" + view,
            Map.of("version", 2, "name", "Renamed " + mark, "layout", Map.of("tabs", tabs)))
        .is(200);
    ravi.api().patch("/lead-view/tabs/" + own, Map.of("version", 2, "name", "Codes")).is(200);
    admin.post("/schema/lead/fields", field).is(201);
    long lead = ravi.api().make("leads", Map.of("lastName", "Secret", key, "s3cret"));
    for (String tab : List.of("tab-page", "own-" + own)) {
      assertThat(shown(lead, tab)).contains("?c=&amp;n=Secret").doesNotContain("s3cret");
    }
    admin.delete(path + "?confirm=1").is(204);
  }

  @Test
  void anOwnTabIsRenamedThoughAFieldInItsAddressIsHiddenNow() {
    String url = "https://x.test/?m={{lead.email}}";
    long own =
        ravi.api()
            .post("/lead-view/tabs", Map.of("kind", "custom", "name", "Mine", "url", url))
            .is(201)
            .id();
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", Map.of("email", "hidden")))))
        .is(200);
    String path = "/lead-view/tabs/" + own;
    ravi.api().patch(path, Map.of("version", 1, "name", "Other", "url", url)).is(200);
    ravi.api()
        .patch(path, Map.of("version", 2, "url", url + "&x=1"))
        .is(422)
        .says("url", "merge fields of leads");
  }

  @Test
  void anOwnTabThatHasNothingToShowAnyMoreIsStillThereToBeRemoved() {
    long own =
        ravi.api()
            .post(
                "/lead-view/tabs",
                Map.of("kind", "activity", "name", "Mail", "activityTypes", List.of("email-sent")))
            .is(201)
            .id();
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("sections", Map.of("activity", Map.of("view", "none")))))
        .is(200);
    JsonNode tabs = ravi.api().get("/lead-view").is(200).json().path("tabs");
    JsonNode last = tabs.get(tabs.size() - 1);
    assertThat(last.path("id").asLong()).isEqualTo(own);
    assertThat(last.path("activityTypes")).isEmpty();
    ravi.api().delete("/lead-view/tabs/" + own).is(204);
  }

  @Test
  void whatAChangeOfALayoutLeavesOutStaysAsItWas() {
    Map<String, Object> layout =
        Map.of(
            "metrics", List.of("score"),
            "properties", List.of("city"),
            "tabs", List.of(page("P", "https://x.test/"), HISTORY),
            "defaultTab", "history",
            "buttons", List.of("call"),
            "dropdown", List.of("note"));
    long view = create(layout).is(201).id();
    JsonNode before = layout(view);
    change(view, Map.of("buttons", List.of("email")));
    JsonNode after = layout(view);
    assertThat(after.path("buttons").toString()).isEqualTo("[\"email\"]");
    for (String part : List.of("metrics", "properties", "tabs", "defaultTab", "dropdown")) {
      assertThat(after.path(part)).as(part).isEqualTo(before.path(part));
    }
    change(view, Map.of("defaultTab", "tab-page"));
    assertThat(layout(view).path("defaultTab").asText()).isEqualTo("tab-page");
    change(view, Map.of("tabs", List.of(HISTORY)));
    assertThat(layout(view).path("defaultTab").asText()).as("the first").isEqualTo("history");
  }

  private void change(long view, Map<String, ?> layout) {
    admin.patch("/lead-views/" + view, Map.of("layout", layout)).is(200);
  }

  @Test
  void aCopyIsRefusedWhereThereAreTooManyViews() {
    Integer present = jdbc.queryForObject("select count(*) from lead_view", Integer.class);
    try {
      writing.executeWithoutResult(
          status -> {
            for (long i = present == null ? 0 : present; i < 200; i++) {
              jdbc.update(
                  "insert into lead_view (id, name, layout, version)"
                      + " select ?, ?, layout, 1 from lead_view where id = 1",
                  7_000_000_000L + i,
                  "Many " + mark + i);
            }
          });
      admin
          .post("/lead-views/1/copy", Map.of("name", "One more " + mark))
          .is(422)
          .says("name", "at most 200");
    } finally {
      writing.executeWithoutResult(
          status -> jdbc.update("delete from lead_view where id >= 7000000000"));
    }
  }

  @Test
  void aViewThatGoesWhileItIsAppliedIsNotFound() throws Exception {
    long view = create(Map.of()).is(201).id();
    long team = team();
    CompletableFuture<Caller.Answer> applied = new CompletableFuture<>();
    writing.executeWithoutResult(
        status -> {
          jdbc.update("delete from lead_view where id = ?", view);
          CompletableFuture.supplyAsync(() -> apply(team, view)).thenAccept(applied::complete);
          assertThatThrownBy(() -> applied.get(300, TimeUnit.MILLISECONDS))
              .as("it waits for the deletion")
              .isInstanceOf(TimeoutException.class);
        });
    applied.get(30, TimeUnit.SECONDS).is(404);
  }
}
