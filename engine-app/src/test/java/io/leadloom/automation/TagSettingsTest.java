package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Tags as they are kept in Settings (SET-125 to SET-134). */
@LeadloomTest
@Import(Workshop.class)
class TagSettingsTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api admin = new Api(0, "admin");

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
  }

  private long tag(String name) {
    return admin.post("/tags", Map.of("name", name)).is(201).id();
  }

  private void rename(long id, String name) {
    admin.call("PATCH", "/tags/" + id, Map.of("name", name)).ok();
  }

  private JsonNode listed(String query, long id) {
    JsonNode items = admin.get("/tags?limit=1000&" + query).ok().json().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(each -> each.path("id").asLong() == id)
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private List<String> tagsOf(RecordRef lead) {
    return StreamSupport.stream(
            admin.get("/leads/" + lead.id()).ok().json().path("tags").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private long found(String filter) {
    String text = URLEncoder.encode(filter, StandardCharsets.UTF_8);
    return admin.get("/leads?count=true&filter=" + text).ok().json().path("total").asLong();
  }

  private AutomationVersion starring(String tag) {
    return workshop.publish(
        Bpmn.automation(workshop.unique("tagged"))
            .trigger("{\"type\":\"tag.added\",\"tag\":\"" + tag + "\"}")
            .choice("has")
            .card("act", "lead.star", "{}")
            .card("again", "tag.add", "{\"tags\":[\"" + tag + "\"]}")
            .end("done")
            .path("start", "has")
            .when("has", "act", Bpmn.lead("", "hasTag", tag))
            .otherwise("has", "done")
            .path("act", "again", "done"));
  }

  @Test
  void SET_E16_aTakenNameIsRefusedAndAnotherNameShowsEverywhere() {
    String name = workshop.unique("New Lead");
    long id = tag(name);
    admin
        .post("/tags", Map.of("name", name.toLowerCase(Locale.ROOT) + " "))
        .problem(422)
        .says("name", "no other tag");
    admin.post("/tags", Map.of("name", "  ")).problem(422).says("name", "1 to 100");
    RecordRef lead = workshop.lead(Map.of("lastName", "Tagged"));
    workshop.tag(lead, name);
    JsonNode before = listed("search=" + encoded(name), id);

    String fresh = workshop.unique("Fresh");
    rename(id, fresh);

    assertThat(tagsOf(lead)).containsExactly(fresh);
    JsonNode after = listed("search=" + encoded(fresh), id);
    assertThat(after.path("createdAt")).isEqualTo(before.path("createdAt"));
    assertThat(Instant.parse(after.path("updatedAt").asText()))
        .isAfter(Instant.parse(before.path("updatedAt").asText()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void SET_131_filtersAndPublishedAutomationsGoOnWithATagThatIsCalledOtherwise() {
    String name = workshop.unique("Old name");
    String fresh = workshop.unique("New name");
    long id = tag(name);
    starring(name);
    rename(id, fresh);
    RecordRef lead = workshop.lead(Map.of("lastName", "Tagged"));
    workshop.tag(lead, fresh);
    workshop.settle();
    assertThat(workshop.get(lead).values().get("starred")).isEqualTo(true);
    assertThat(tagsOf(lead)).containsExactly(fresh);
    assertThat(found("has tag \"" + name + "\"")).isEqualTo(1);
    assertThat(found("has tag \"" + fresh + "\"")).isEqualTo(1);
    assertThat(admin.get("/tags/" + id + "/usage").ok().json().path("uses")).hasSize(1);
  }

  @Test
  void aNameThatAnotherTagGetsMeansThatOne() {
    String name = workshop.unique("Shared");
    long id = tag(name);
    RecordRef lead = workshop.lead(Map.of("lastName", "Tagged"));
    workshop.tag(lead, name);
    rename(id, workshop.unique("Away"));
    assertThat(found("has tag \"" + name + "\"")).isEqualTo(1);
    tag(name);
    assertThat(found("has tag \"" + name + "\"")).isZero();
  }

  @Test
  void SET_131_noTagGetsANameByWhichAnAutomationMeansAnother() {
    String name = workshop.unique("Meant");
    long id = tag(name);
    starring(name);
    String fresh = workshop.unique("Away");
    rename(id, fresh);
    admin
        .post("/tags", Map.of("name", name.toUpperCase(Locale.ROOT)))
        .problem(422)
        .says("name", "'" + fresh + "'");
    long other = tag(workshop.unique("Other"));
    admin.call("PATCH", "/tags/" + other, Map.of("name", name)).problem(422).says("name", fresh);
    rename(id, name);
    assertThat(listed("search=" + encoded(name), id).path("name").asText()).isEqualTo(name);
  }

  @Test
  void SET_133_SET_134_aDeletedTagLeavesItsRecordsAndComesBackToThem() {
    String name = workshop.unique("Gone");
    long id = tag(name);
    long automation = starring(name).automationId();
    RecordRef lead = workshop.lead(Map.of("lastName", "Tagged"));
    workshop.tag(lead, name);
    workshop.settle();
    JsonNode usage = admin.get("/tags/" + id + "/usage").ok().json();
    assertThat(usage.path("records").path("leads").asLong()).isEqualTo(1);
    assertThat(usage.path("uses").path(0).path("id").asLong()).isEqualTo(automation);

    admin.delete("/tags/" + id).is(204);

    assertThat(tagsOf(lead)).isEmpty();
    assertThat(found("has tag \"" + name + "\"")).isZero();
    JsonNode stopped = admin.get("/automations/" + automation).ok().json();
    assertThat(stopped.path("state").asText()).isEqualTo("paused");
    assertThat(stopped.toString()).contains("The tag '" + name + "'");
    assertThat(listed("search=" + encoded(name), id).isMissingNode()).isTrue();
    JsonNode gone = listed("deleted=true&sort=-deletedAt&search=" + encoded(name), id);
    assertThat(gone.path("deletedAt").asText()).isNotEmpty();
    assertThat(gone.path("deletedBy").asText()).isNotEmpty();

    admin.post("/tags/" + id + "/restore").ok();
    assertThat(tagsOf(lead)).containsExactly(name);
    assertThat(found("has tag \"" + name + "\"")).isEqualTo(1);
  }

  @Test
  void aListOfTagsIsSortedAndComesInPages() {
    String mark = workshop.unique("paged");
    for (String each : List.of("b", "c", "a")) {
      tag(mark + each);
    }
    JsonNode first = admin.get("/tags?limit=2&count=true&sort=-name&search=" + mark).ok().json();
    assertThat(first.path("total").asLong()).isEqualTo(3);
    assertThat(first.path("items").findValuesAsText("name"))
        .containsExactly(mark + "c", mark + "b");
    JsonNode second =
        admin
            .get(
                "/tags?limit=2&sort=-name&search="
                    + mark
                    + "&cursor="
                    + first.path("next").asText())
            .ok()
            .json();
    assertThat(second.path("items").findValuesAsText("name")).containsExactly(mark + "a");
    assertThat(second.path("next").isNull()).isTrue();
    admin.get("/tags?sort=colour").problem(422).says("sort", "createdAt");
  }
}
