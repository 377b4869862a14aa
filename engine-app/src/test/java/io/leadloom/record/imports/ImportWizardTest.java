package io.leadloom.record.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

@LeadloomTest(
    properties = {
      "leadloom.test.database=imports",
      "leadloom.imports.folder=target/imports",
      "leadloom.imports.chunk=100",
      "leadloom.imports.max-rows=5000",
      "leadloom.imports.max-size=20MB"
    })
class ImportWizardTest {

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private ImportSettings settings;

  private final List<Long> made = new ArrayList<>();

  /** Other tests on this database look at what lies in the folder. */
  @AfterEach
  void leaveNoFile() throws IOException {
    for (long id : made) {
      admin().postForObject("/api/v1/imports/" + id + "/cancel", null, JsonNode.class);
      Files.deleteIfExists(settings.file(id));
    }
  }

  private TestRestTemplate admin() {
    return http.withBasicAuth("admin", "leadloom");
  }

  private long prepared(String csv) {
    return prepared(csv, StandardCharsets.UTF_8);
  }

  private long prepared(String csv, Charset encoding) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType("text/csv"));
    ResponseEntity<JsonNode> job =
        admin()
            .postForEntity(
                "/api/v1/imports?prepare=true&entity=lead&name=leads.csv",
                new HttpEntity<>(csv.getBytes(encoding), headers),
                JsonNode.class);
    assertThat(job.getStatusCode()).as("%s", job.getBody()).isEqualTo(HttpStatus.ACCEPTED);
    long id = job.getBody().path("id").asLong();
    made.add(id);
    return id;
  }

  private ResponseEntity<JsonNode> step(long id, String step, Object body) {
    return admin().postForEntity("/api/v1/imports/" + id + "/" + step, body, JsonNode.class);
  }

  private static Map<String, Object> choice(
      @Nullable String match, String duplicates, String... fields) {
    Map<String, Object> choice = new HashMap<>();
    choice.put("match", match);
    choice.put("duplicates", duplicates);
    List<Map<String, Object>> columns = new ArrayList<>();
    for (String field : fields) {
      columns.add(field.isEmpty() ? Map.of() : Map.of("field", field));
    }
    choice.put("columns", columns);
    return choice;
  }

  private JsonNode get(long id) {
    return admin().getForObject("/api/v1/imports/" + id, JsonNode.class);
  }

  private JsonNode after(long id, String status) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !List.of("checking", "running").contains(get(id).path("status").asText()));
    JsonNode job = get(id);
    assertThat(job.path("status").asText()).as("%s", job).isEqualTo(status);
    return job;
  }

  private JsonNode checked(long id, Map<String, Object> choice) {
    ResponseEntity<JsonNode> answer = step(id, "check", choice);
    assertThat(answer.getStatusCode()).as("%s", answer.getBody()).isEqualTo(HttpStatus.OK);
    return after(id, "checked");
  }

  private JsonNode imported(long id) {
    assertThat(step(id, "start", Map.of()).getStatusCode()).isEqualTo(HttpStatus.OK);
    return after(id, "done");
  }

  private static List<Long> counts(JsonNode job) {
    List<Long> counts = new ArrayList<>();
    for (String figure : List.of("rows", "created", "updated", "unchanged", "skipped", "refused")) {
      counts.add(job.path(figure).asLong());
    }
    return counts;
  }

  private String errors(long id) {
    return admin().getForObject("/api/v1/imports/" + id + "/errors.csv", String.class);
  }

  private List<JsonNode> leads(String filter) {
    return admin()
        .getForObject("/api/v1/leads?filter={f}", JsonNode.class, filter)
        .path("items")
        .findValues("values");
  }

  private long leadsIn(String city) {
    return jdbc.queryForObject("select count(*) from leads where city = ?", Long.class, city);
  }

  private static String rows(String mark, int from, int to) {
    StringBuilder csv = new StringBuilder();
    for (int i = from; i < to; i++) {
      csv.append(mark).append(i).append("@wizard.example,").append(mark).append(",,\n");
    }
    return csv.toString();
  }

  @Test
  void theSampleFileHasAColumnForEachFieldAndLoadsWhenItIsFilledIn() {
    String sample = admin().getForObject("/api/v1/imports/sample.csv", String.class);
    String header = sample.replace("\uFEFF", "").strip();
    assertThat(header.split(",")).contains("E-mail", "Last name", "City", "Stage", "Source");
    int email = List.of(header.split(",")).indexOf("E-mail");
    int width = header.split(",", -1).length;
    long id =
        prepared(
            header
                + "\n"
                + ",".repeat(email)
                + "sample@wizard.example"
                + ",".repeat(width - 1 - email)
                + "\n");
    JsonNode columns = get(id).path("columns");
    assertThat(columns).hasSize(width);
    assertThat(columns.findValues("field")).noneMatch(JsonNode::isNull);
    List<String> fields = columns.findValuesAsText("field");
    JsonNode job = checked(id, choice("email", "update", fields.toArray(String[]::new)));
    assertThat(counts(job)).as(errors(id)).containsExactly(1L, 1L, 0L, 0L, 0L, 0L);
    assertThat(imported(id).path("created").asLong()).isOne();
  }

  @Test
  void theWayAFileIsReadIsShownAndCanBeChanged() {
    long id =
        prepared(
            "email;city|x;country\nread@wizard.example;Köln|y;DE\n", Charset.forName("cp1252"));
    JsonNode job = get(id);
    assertThat(job.path("encoding").asText()).isEqualTo("windows-1252");
    assertThat(job.path("delimiter").asText()).isEqualTo(";");
    JsonNode other = step(id, "read", Map.of("encoding", "ISO-8859-1", "delimiter", "|")).getBody();
    assertThat(other.path("columns").findValuesAsText("header"))
        .containsExactly("email;city", "x;country");
    assertThat(other.path("encoding").asText()).isEqualTo("ISO-8859-1");
    assertThat(step(id, "read", Map.of("encoding", "klingon")).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(get(id).path("delimiter").asText()).isEqualTo("|");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> get(id).path("allCounted").asBoolean() && get(id).path("counted").asInt() == 1);
  }

  @Test
  void headersAreGuessedByOtherNamesAndRememberedOnceSomebodyHasDecided() {
    String csv = "Mailadresse,Vorname,Ort,Remember me\nrem@wizard.example,Ann,Pune,x\n";
    long first = prepared(csv);
    assertThat(get(first).path("remembered").asBoolean()).isFalse();
    assertThat(get(first).path("columns").findValuesAsText("field"))
        .containsExactly("email", "firstName", "city", "null");
    checked(first, choice("email", "skip", "email", "lastName", "", "country"));
    JsonNode second = get(prepared(csv));
    assertThat(second.path("remembered").asBoolean()).isTrue();
    assertThat(second.path("columns").findValuesAsText("field"))
        .containsExactly("email", "lastName", "null", "country");
    assertThat(second.path("match").asText()).isEqualTo("email");
    assertThat(second.path("duplicates").asText()).isEqualTo("skip");
  }

  @Test
  void aCheckWritesNothingAndSaysWhatTheImportThenDoes() {
    imported(
        choose(prepared("email,city,website,stage\nold1@wizard.example,before,,\n"), "update"));
    // More rows than a check looks at together, so that rows repeat what stands far before them.
    String csv =
        "email,city,website,stage\n"
            + rows("chk", 0, 1200)
            + "old1@wizard.example,chk,,\n"
            + "no address,chk,,\n"
            + "chkbad@wizard.example,chk,no page,\n"
            + "chkstage@wizard.example,chk,,Prospekt\n"
            + "chk3@wizard.example,chk2,,\n"
            + "chk1199@wizard.example,chk2,,\n";
    long id = prepared(csv);
    JsonNode job = checked(id, choice("email", "update", "email", "city", "website", "stage"));
    assertThat(counts(job)).as(errors(id)).containsExactly(1206L, 1200L, 3L, 0L, 0L, 3L);
    assertThat(errors(id))
        .contains("1203,email,no address,")
        .contains("1204,website,no page,")
        .contains("1205,stage,Prospekt,")
        .contains("Prospect");
    assertThat(leadsIn("chk")).isZero();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForObject(
                            "select count(*) from import_seen where import_id = ?", Long.class, id))
                    .isZero());
    JsonNode done = imported(id);
    assertThat(counts(done)).isEqualTo(counts(job));
    assertThat(leadsIn("chk")).isEqualTo(1199);
    assertThat(errors(id).lines()).hasSize(4);
  }

  /** Checks a file with four columns as they stand. */
  private long choose(long id, String duplicates) {
    checked(id, choice("email", duplicates, "email", "city", "website", "stage"));
    return id;
  }

  @Test
  void thePreviewShowsTheFirstRowsAsTheyWouldBeStored() {
    imported(choose(prepared("email,city,website,stage\nseen@wizard.example,Pune,,\n"), "update"));
    long id =
        prepared(
            "email,city,website,stage\n"
                + "SEEN@wizard.example,,https://w.example,\n"
                + "\n"
                + "new@wizard.example,Goa,,customer\n"
                + "new@wizard.example,Delhi,,\n"
                + "bad,Goa,,\n");
    choose(id, "update");
    JsonNode rows =
        admin().getForObject("/api/v1/imports/" + id + "/preview", JsonNode.class).path("items");
    assertThat(rows.findValuesAsText("outcome"))
        .containsExactly("updated", "created", "updated", "refused");
    assertThat(rows.findValuesAsText("row")).containsExactly("2", "4", "5", "6");
    assertThat(rows.get(0).path("values").path("city").asText()).isEqualTo("Pune");
    assertThat(rows.get(0).path("ref").asText()).startsWith("lead/");
    assertThat(rows.get(1).path("values").path("stage").asText()).isEqualTo("Customer");
    assertThat(rows.get(3).path("problems").get(0).path("field").asText()).isEqualTo("email");
    assertThat(rows.get(3).path("values").path("email").asText()).isEqualTo("bad");
    assertThat(leads("email = \"new@wizard.example\"")).isEmpty();
    step(id, "revise", Map.of());
    assertThat(get(id).path("status").asText()).isEqualTo("prepared");
    assertThat(get(id).path("samples")).isNotEmpty();
  }

  @Test
  void rowsWhoseRecordIsThereAreSkippedOrUpdateItWithTheirCellsThatAreNotBlank() {
    String before = "email,city,website,stage\ndup@wizard.example,Pune,https://a.example,\n";
    imported(choose(prepared(before), "update"));
    String csv =
        "email,city,website,stage\n"
            + "dup@wizard.example,Goa,,\n"
            + "dup2@wizard.example,Goa,,\n"
            + "DUP2@wizard.example,Delhi,,\n";
    long skipping = choose(prepared(csv), "skip");
    JsonNode job = imported(skipping);
    assertThat(counts(job)).containsExactly(3L, 1L, 0L, 0L, 2L, 0L);
    assertThat(errors(skipping)).contains("2,email,dup@wizard.example,").contains("skipped");
    JsonNode kept = leads("email = \"dup@wizard.example\"").get(0);
    assertThat(kept.path("city").asText()).isEqualTo("Pune");
    assertThat(leads("email = \"dup2@wizard.example\"").get(0).path("city").asText())
        .isEqualTo("Goa");
    assertThat(counts(imported(choose(prepared(csv), "update"))))
        .containsExactly(3L, 0L, 2L, 1L, 0L, 0L);
    JsonNode updated = leads("email = \"dup@wizard.example\"").get(0);
    assertThat(updated.path("city").asText()).isEqualTo("Goa");
    assertThat(updated.path("website").asText()).isEqualTo("https://a.example");
  }

  @Test
  void LEAD_E29_aFileWithTooManyRowsStoresNothing() {
    long id = prepared("email,city,website,stage\n" + rows("many", 0, 5001));
    await().atMost(Duration.ofSeconds(30)).until(() -> get(id).path("allCounted").asBoolean());
    assertThat(get(id).path("counted").asLong()).isEqualTo(5001);
    step(id, "start", choice("email", "update", "email", "city", "", ""));
    JsonNode job = after(id, "failed");
    assertThat(job.path("problem").asText()).contains("more than 5000 rows");
    assertThat(leadsIn("many")).isZero();
  }
}
