package io.leadloom.record.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest(
    properties = {
      "leadloom.test.database=imports",
      "leadloom.imports.folder=target/imports",
      "leadloom.imports.chunk=100",
      "leadloom.imports.max-size=20MB"
    })
class PreparedImportsTest {

  private static final String FILE =
      """
      Mail;Where;Loan size;E-Mail
      ana@prepared.example;Pune;1200;-
      bo@prepared.example;Goa;900;-
      """;

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private ImportSettings settings;
  @Autowired private ImportRows rows;

  private final List<Long> made = new ArrayList<>();

  /** Other tests on this database look at what lies in the folder. */
  @AfterEach
  void leaveNoFile() throws IOException {
    for (long id : made) {
      admin().postForObject("/api/v1/imports/" + id + "/cancel", null, JsonNode.class);
      Files.deleteIfExists(settings.file(id));
    }
  }

  private JsonNode prepared() {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType("text/csv"));
    JsonNode job =
        admin()
            .postForObject(
                "/api/v1/imports?prepare=true&entity=lead&name=leads.csv",
                new HttpEntity<>(FILE, headers),
                JsonNode.class);
    made.add(job.path("id").asLong());
    return job;
  }

  private TestRestTemplate admin() {
    return http.withBasicAuth("admin", "leadloom");
  }

  private static Map<String, Object> field(String key) {
    return Map.of("field", key);
  }

  private ResponseEntity<JsonNode> start(long id, @Nullable String match, Object... columns) {
    Map<String, Object> choice = new HashMap<>();
    choice.put("match", match);
    choice.put("columns", Arrays.asList(columns));
    return admin().postForEntity("/api/v1/imports/" + id + "/start", choice, JsonNode.class);
  }

  private JsonNode get(long id) {
    return admin().getForObject("/api/v1/imports/" + id, JsonNode.class);
  }

  @Test
  void aPreparedFileShowsItsColumnsAndWritesNothing() {
    JsonNode job = prepared();
    assertThat(job.path("status").asText()).isEqualTo("prepared");
    assertThat(job.path("columns").findValuesAsText("header"))
        .containsExactly("Mail", "Where", "Loan size", "E-Mail");
    assertThat(job.path("columns").get(3).path("field").asText()).isEqualTo("email");
    assertThat(job.path("samples").get(1).path("values"))
        .extracting(JsonNode::asText)
        .containsExactly("Pune", "Goa");
    assertThat(job.path("samples").get(2).path("type").asText()).isEqualTo("WHOLE_NUMBER");
    assertThat(job.path("rows").asLong()).isZero();
    assertThat(Files.exists(settings.file(job.path("id").asLong()))).isTrue();
  }

  @Test
  void itIsStartedWithAFieldANewFieldOrNothingForEachColumn() {
    long id = prepared().path("id").asLong();
    ResponseEntity<JsonNode> started =
        start(id, "email", field("email"), field("city"), Map.of("create", true), Map.of());
    assertThat(started.getStatusCode()).as("%s", started.getBody()).isEqualTo(HttpStatus.OK);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !get(id).path("status").asText().equals("running"));
    JsonNode done = get(id);
    assertThat(done.path("status").asText()).as("%s", done).isEqualTo("done");
    assertThat(done.path("created").asLong()).isEqualTo(2);
    JsonNode lead =
        admin()
            .getForObject(
                "/api/v1/leads?filter={f}", JsonNode.class, "email = \"bo@prepared.example\"")
            .path("items")
            .get(0)
            .path("values");
    assertThat(lead.path("city").asText()).isEqualTo("Goa");
    String made = done.path("columns").get(2).path("field").asText();
    assertThat(lead.path(made).asLong()).isEqualTo(900);
    assertThat(start(id, null, field("email")).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(start(id, null, field("email"), field("city"), Map.of(), Map.of()).getStatusCode())
        .isEqualTo(HttpStatus.CONFLICT);
  }

  @Test
  void aChoiceThatDoesNotFitTheFileIsRefusedAndTheFileStays() {
    long id = prepared().path("id").asLong();
    List<Object[]> wrong =
        List.of(
            new Object[] {},
            new Object[] {field("email")},
            new Object[] {field("nope"), Map.of(), Map.of(), Map.of()},
            new Object[] {field("email"), Map.of(), Map.of(), field("EMAIL")},
            new Object[] {Map.of(), Map.of(), Map.of(), Map.of()});
    for (Object[] columns : wrong) {
      assertThat(start(id, null, columns).getStatusCode())
          .as("%s", Arrays.toString(columns))
          .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    }
    assertThat(start(id, "phone", field("email"), Map.of(), Map.of(), Map.of()).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(get(id).path("status").asText()).isEqualTo("prepared");
  }

  @Test
  void oneThatIsCancelledOrForgottenLeavesNoFile() {
    long cancelled = prepared().path("id").asLong();
    admin().postForObject("/api/v1/imports/" + cancelled + "/cancel", null, JsonNode.class);
    assertThat(get(cancelled).path("status").asText()).isEqualTo("cancelled");
    assertThat(Files.exists(settings.file(cancelled))).isFalse();

    long forgotten = prepared().path("id").asLong();
    transaction.executeWithoutResult(
        tx -> {
          jdbc.update(
              "update import_job set leased_until = '2020-01-01 00:00:00' where id = ?", forgotten);
          rows.failAbandoned();
        });
    assertThat(get(forgotten).path("status").asText()).isEqualTo("failed");
    assertThat(get(forgotten).path("problem").asText()).contains("not started");
  }
}
