package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Notices to users, over HTTP. */
@LeadloomTest
@Import(Workshop.class)
class NoticesTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api sales;
  private Api manager;

  @BeforeEach
  void readEverything() {
    sales = new Api(port, "sales");
    manager = new Api(port, "manager");
    sales.post("/notices/read", Map.of("all", true)).ok();
    manager.post("/notices/read", Map.of("all", true)).ok();
  }

  /** An automation that tells a user about new leads of a city. */
  private String tells(String login) {
    String city = workshop.unique("tells");
    workshop.publish(
        Bpmn.automation(city)
            .trigger(Bpmn.created(city))
            .card(
                "tell",
                "user.notify",
                "{\"to\":\"user:"
                    + login
                    + "\",\"subject\":\"New: {{lead.name}}\",\"text\":\"Call\"}")
            .end("done")
            .path("start", "tell", "done"));
    return city;
  }

  private RecordRef lead(String city, String name) {
    RecordRef lead =
        workshop.lead(Map.of("lastName", name, "city", city, "owner", workshop.person("sales")));
    workshop.settle();
    workshop.clock.advance(Duration.ofSeconds(1));
    return lead;
  }

  private static List<String> titles(JsonNode items) {
    List<String> titles = new ArrayList<>();
    items.forEach(item -> titles.add(item.path("title").asText()));
    return titles;
  }

  @Test
  void AUT_058_aNotifiedUserFindsTheNoticeAndTicksItOff() {
    String city = tells("sales");
    RecordRef lead = lead(city, "Asha");
    JsonNode page = sales.get("/notices").ok().json();
    assertThat(page.path("unread").asInt()).isOne();
    JsonNode notice = page.path("items").path(0);
    assertThat(notice.path("title").asText()).isEqualTo("New: Asha");
    assertThat(notice.path("text").asText()).isEqualTo("Call");
    assertThat(notice.path("ref").asText()).isEqualTo(lead.toString());
    assertThat(notice.path("recordName").asText()).isEqualTo("Asha");
    assertThat(notice.path("read").asBoolean()).isFalse();
    assertThat(workshop.mails("sales@example.com")).contains("New: Asha");

    JsonNode after =
        sales.post("/notices/read", Map.of("ids", List.of(notice.path("id").asLong()))).ok().json();
    assertThat(after.path("unread").asInt()).isZero();
    assertThat(sales.get("/notices").json().path("items").path(0).path("read").asBoolean())
        .isTrue();
  }

  @Test
  void everybodySeesAndTicksOffOnlyTheirOwn() {
    String city = tells("sales");
    lead(city, "Mine");
    long id = sales.get("/notices").json().path("items").path(0).path("id").asLong();
    assertThat(titles(manager.get("/notices").json().path("items"))).doesNotContain("New: Mine");
    manager.post("/notices/read", Map.of("ids", List.of(id))).ok();
    manager.post("/notices/read", Map.of("all", true)).ok();
    assertThat(sales.get("/notices").json().path("unread").asInt()).isOne();
  }

  @Test
  void unreadOnesComeFirstAndEachPartNewestFirstAcrossPages() {
    String city = tells("manager");
    for (String name : List.of("A", "B", "C", "D")) {
      lead(city, name);
    }
    JsonNode items = manager.get("/notices").json().path("items");
    manager.post("/notices/read", Map.of("ids", List.of(items.path(0).path("id").asLong()))).ok();
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (seen.size() < 4) {
      JsonNode page = manager.get("/notices?limit=1&cursor=" + cursor).ok().json();
      seen.addAll(titles(page.path("items")));
      cursor = page.path("next").asText();
    }
    assertThat(seen).containsExactly("New: C", "New: B", "New: A", "New: D");
  }

  @Test
  void whatWasReadMustBeClear() {
    sales.post("/notices/read", Map.of()).problem(422).says("ids", "\"all\": true");
    sales.post("/notices/read", Map.of("ids", List.of(), "all", true)).problem(422);
    sales.post("/notices/read", "{\"ids\":[null]}").problem(422);
    sales.post("/notices/read", "{\"ids\":\"x\"}").problem(422).says("ids", "list");
    sales.get("/notices?limit=0").problem(422).says("limit", "1 to 200");
    sales.get("/notices?cursor=abc").problem(422).says("cursor", "unchanged");
  }

  @Test
  void anOpenPageHearsOfANewNotice() {
    String city = tells("sales");
    try (Api.Listening page = sales.listen()) {
      lead(city, "Heard");
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(page.count("notice.created")).isPositive());
    }
  }
}
