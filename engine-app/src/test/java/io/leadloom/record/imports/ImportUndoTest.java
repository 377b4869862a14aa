package io.leadloom.record.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
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
class ImportUndoTest {

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Staff staff;
  @Autowired private ImportRows rows;
  @Autowired private ImportUndo undo;
  @Autowired private ImportWork work;
  @Autowired private MutableClock clock;

  /** Own addresses for each test. */
  private final String mark = "u" + UUID.randomUUID().toString().substring(0, 8);

  private TestRestTemplate admin() {
    return http.withBasicAuth("admin", "leadloom");
  }

  private JsonNode get(String path) {
    return admin().getForObject("/api/v1" + path, JsonNode.class);
  }

  private long imported(TestRestTemplate by, String csv) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType("text/csv"));
    long id =
        by.postForObject(
                "/api/v1/imports?entity=lead&match=email&name=undo.csv",
                new HttpEntity<>(csv.replace("*", mark), headers),
                JsonNode.class)
            .path("id")
            .asLong();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !get("/imports/" + id).path("status").asText().equals("running"));
    assertThat(get("/imports/" + id).path("status").asText()).isEqualTo("done");
    return id;
  }

  private ResponseEntity<JsonNode> ask(TestRestTemplate by, long id, String changed) {
    return by.postForEntity(
        "/api/v1/imports/" + id + "/undo", Map.of("changed", changed), JsonNode.class);
  }

  private JsonNode undone(long id, String changed) {
    ResponseEntity<JsonNode> answer = ask(admin(), id, changed);
    assertThat(answer.getStatusCode()).as("%s", answer.getBody()).isEqualTo(HttpStatus.ACCEPTED);
    return ended(answer.getBody().path("id").asLong());
  }

  private JsonNode ended(long job) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get("/bulk-actions/" + job).hasNonNull("endedAt"));
    return get("/bulk-actions/" + job);
  }

  /** The values of the lead with this address, with its id; missing when it is not there. */
  private JsonNode lead(String name) {
    return admin()
        .getForObject(
            "/api/v1/leads?filter={f}",
            JsonNode.class,
            "email = \"" + name + mark + "@undo.example\"")
        .path("items")
        .path(0);
  }

  private void change(String name, String field, Object value) {
    JsonNode lead = lead(name);
    Map<String, Object> values = new HashMap<>();
    values.put(field, value);
    ResponseEntity<JsonNode> answer =
        admin()
            .exchange(
                "/api/v1/leads/" + lead.path("id").asLong(),
                HttpMethod.PATCH,
                new HttpEntity<>(Map.of("version", lead.path("version").asInt(), "values", values)),
                JsonNode.class);
    assertThat(answer.getStatusCode()).as("%s", answer.getBody()).isEqualTo(HttpStatus.OK);
  }

  private static List<Long> counts(JsonNode job) {
    assertThat(job.path("status").asText()).as("%s", job).isEqualTo("complete");
    return List.of(
        job.path("total").asLong(), job.path("succeeded").asLong(), job.path("failed").asLong());
  }

  private String errors(JsonNode job) {
    return admin()
        .getForObject(
            "/api/v1/bulk-actions/" + job.path("id").asLong() + "/errors.csv", String.class);
  }

  @Test
  void whatAnImportCreatedGoesToTheTrashAndWhatItChangedIsAsItWas() {
    imported(
        admin(),
        "email,city,country,website\n"
            + "a*@undo.example,Pune,IN,https://a.example\n"
            + "b*@undo.example,Goa,IN,\n"
            + "c*@undo.example,Goa,IN,\n");
    StringBuilder csv = new StringBuilder("email,city,country,website\n");
    csv.append("a*@undo.example,Delhi,,https://b.example\n")
        .append("b*@undo.example,Delhi,,https://b.example\n");
    for (int i = 0; i < 450; i++) {
      csv.append("new").append(i).append("*@undo.example,Delhi,DE,\n");
    }
    // Once more, several chunks after the first time.
    csv.append("a*@undo.example,Agra,US,\n").append("new3*@undo.example,Agra,,\n");
    long id = imported(admin(), csv.toString());
    assertThat(get("/imports/" + id).path("undoable").asBoolean()).isTrue();
    assertThat(lead("a").path("values").path("city").asText()).isEqualTo("Agra");
    // Somebody goes on with one of the records, in one of the fields.
    change("b", "city", "Kochi");
    long contact = lead("new7").path("values").path("contact").asLong();
    assertThat(contact).isPositive();

    JsonNode job = undone(id, "keep");
    assertThat(counts(job)).as(errors(job)).containsExactly(452L, 451L, 1L);
    JsonNode a = lead("a").path("values");
    assertThat(a.path("city").asText()).isEqualTo("Pune");
    assertThat(a.path("country").asText()).isEqualTo("IN");
    assertThat(a.path("website").asText()).isEqualTo("https://a.example");
    JsonNode b = lead("b").path("values");
    assertThat(b.path("city").asText()).isEqualTo("Kochi");
    assertThat(b.path("website").isMissingNode() || b.path("website").isNull()).isTrue();
    assertThat(errors(job)).contains("City was changed since; the other fields were put back");
    assertThat(lead("c").path("values").path("city").asText()).isEqualTo("Goa");
    assertThat(lead("new3").isMissingNode()).isTrue();
    assertThat(lead("new449").isMissingNode()).isTrue();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from contacts where trashed_at is null and email like ?",
                Long.class,
                "new%" + mark + "@undo.example"))
        .isZero();
    assertThat(get("/imports/" + id).path("undoable").asBoolean()).isFalse();
    assertThat(get("/imports/" + id).path("undoId").asLong()).isEqualTo(job.path("id").asLong());
    assertThat(ask(admin(), id, "keep").getBody().path("id").asLong())
        .isEqualTo(job.path("id").asLong());
  }

  @Test
  void aNewRecordThatWasChangedSinceStaysUnlessItIsToGoAsWell() {
    String csv = "email,city\nx*@undo.example,Pune\ny*@undo.example,Pune\n";
    long id = imported(admin(), csv);
    change("x", "city", "Goa");
    JsonNode job = undone(id, "keep");
    assertThat(counts(job)).containsExactly(2L, 1L, 1L);
    assertThat(errors(job)).contains("changed since the import");
    assertThat(lead("x").path("values").path("city").asText()).isEqualTo("Goa");

    long second = imported(admin(), csv.replace("x*", "v*").replace("y*", "w*"));
    change("v", "city", "Goa");
    assertThat(counts(undone(second, "trash"))).containsExactly(2L, 2L, 0L);
    assertThat(lead("v").isMissingNode()).isTrue();
  }

  @Test
  void aContactThatAnotherLeadHasStays() {
    long id = imported(admin(), "email,city\nshared*@undo.example,Pune\n");
    long contact = lead("shared").path("values").path("contact").asLong();
    admin()
        .postForObject(
            "/api/v1/leads",
            Map.of("values", Map.of("lastName", mark + " beside", "contact", contact)),
            JsonNode.class);
    assertThat(counts(undone(id, "keep"))).containsExactly(1L, 1L, 0L);
    assertThat(
            get("/contacts/" + contact).path("trashedAt").isMissingNode()
                || get("/contacts/" + contact).path("trashedAt").isNull())
        .isTrue();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from contacts where trashed_at is null and id = ?",
                Long.class,
                contact))
        .isOne();
  }

  @Test
  void onlyWhoeverMadeAnImportAndAdministratorsTakeItBack() {
    String maker = hired();
    long id = imported(http.withBasicAuth(maker, "leadloom"), "email,city\nm*@undo.example,Pune\n");
    assertThat(ask(http.withBasicAuth(hired(), "leadloom"), id, "keep").getStatusCode())
        .isIn(HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND);
    assertThat(ask(admin(), id, "all").getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(lead("m").isMissingNode()).isFalse();
    ResponseEntity<JsonNode> answer = ask(http.withBasicAuth(maker, "leadloom"), id, "keep");
    assertThat(answer.getStatusCode()).as("%s", answer.getBody()).isEqualTo(HttpStatus.ACCEPTED);
    assertThat(counts(ended(answer.getBody().path("id").asLong()))).containsExactly(1L, 1L, 0L);
    assertThat(lead("m").isMissingNode()).isTrue();
  }

  private String hired() {
    String login = "undoer-" + UUID.randomUUID();
    staff.enroll(
        List.of(
            new Staff.NewAccount(
                login, login, null, null, "leadloom", Set.of(Role.MANAGER), null, null, null)));
    return login;
  }

  @Test
  void nobodyOrdersAnUndoAsAnyOtherBulkActionAndNoneOfWhatDidNothing() {
    long id = imported(admin(), "email,city\nz*@undo.example,Pune\n");
    assertThat(
            admin()
                .postForEntity(
                    "/api/v1/leads/bulk-actions",
                    Map.of(
                        "operation",
                        "undo-import",
                        "name",
                        "x",
                        "filter",
                        "",
                        "settings",
                        Map.of("import", id)),
                    JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    long nothing = imported(admin(), "email,city\nz*@undo.example,Pune\n");
    assertThat(get("/imports/" + nothing).path("undoable").asBoolean()).isFalse();
    assertThat(ask(admin(), nothing, "keep").getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
  }

  @Test
  void after30DaysWhatAnUndoNeedsIsForgotten() {
    long id = imported(admin(), "email,city\nold*@undo.example,Pune\n");
    clock.advance(Duration.ofDays(30).plusMinutes(1));
    assertThat(undo.possible(rows.find(id).orElseThrow())).isFalse();
    work.forgetOld();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from import_trace where import_id = ?", Long.class, id))
        .isZero();
    assertThat(ask(admin(), id, "keep").getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
    assertThat(lead("old").isMissingNode()).isFalse();
  }
}
