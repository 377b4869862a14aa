package io.leadloom.record.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.testing.LeadloomTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest(
    properties = {
      "leadloom.test.database=imports",
      "leadloom.imports.folder=target/imports",
      "leadloom.imports.chunk=100",
      "leadloom.imports.max-rows=5000",
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
  @Autowired private Staff staff;
  @Autowired private Users users;

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
    return prepared(FILE);
  }

  private JsonNode prepared(String file) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType("text/csv"));
    JsonNode job =
        admin()
            .postForObject(
                "/api/v1/imports?prepare=true&entity=lead&name=leads.csv",
                new HttpEntity<>(file, headers),
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
    // A header that nobody has mapped before.
    JsonNode job = prepared(FILE.replace("E-Mail", "e-mail"));
    assertThat(job.path("status").asText()).isEqualTo("prepared");
    assertThat(job.path("columns").findValuesAsText("header"))
        .containsExactly("Mail", "Where", "Loan size", "e-mail");
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

  private ResponseEntity<JsonNode> upload(String login, String query, String file) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType("text/csv"));
    ResponseEntity<JsonNode> answer =
        http.withBasicAuth(login, "leadloom")
            .postForEntity(
                "/api/v1/imports?" + query, new HttpEntity<>(file, headers), JsonNode.class);
    made.add(answer.getBody().path("id").asLong());
    return answer;
  }

  private String hired(@Nullable Long superior, Role... roles) {
    String login = "importer-" + UUID.randomUUID();
    staff.enroll(
        List.of(
            new Staff.NewAccount(
                login, login, null, null, "leadloom", Set.of(roles), null, null, null)));
    staff.change(
        id(login),
        new Staff.AccountChange(
            null, null, null, null, null, null, null, null, null, superior == null ? 0 : superior));
    return login;
  }

  private long id(String login) {
    return users.byLogin(login).orElseThrow().id();
  }

  private HttpStatusCode startAs(String login, long id) {
    return http.withBasicAuth(login, "leadloom")
        .postForEntity(
            "/api/v1/imports/" + id + "/start",
            Map.of("columns", List.of(field("email"), Map.of(), Map.of(), Map.of())),
            JsonNode.class)
        .getStatusCode();
  }

  @Test
  void whatSomebodyPreparedRunsWithHisRightsAndIsStartedByHimOrAnAdministrator() {
    String boss = hired(null, Role.MANAGER);
    String below = hired(id(boss), Role.MANAGER);
    long id = upload(below, "prepare=true&entity=lead", FILE).getBody().path("id").asLong();
    assertThat(startAs("sales", id)).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(startAs(boss, id)).isEqualTo(HttpStatus.FORBIDDEN);
    admin()
        .put(
            "/api/v1/users/" + id(below) + "/permissions",
            Map.of("exceptions", Map.of("sections", Map.of("lead", Map.of("import", "none")))));
    assertThat(startAs(below, id)).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(get(id).path("status").asText()).isEqualTo("prepared");
    admin().put("/api/v1/users/" + id(below) + "/permissions", Map.of("exceptions", Map.of()));
    assertThat(startAs(below, id)).isEqualTo(HttpStatus.OK);
  }

  @Test
  void anImportMakesAndChangesOnlyWhatItsUserMay() {
    String manager = hired(null, Role.MANAGER);
    String sales = hired(id(manager), Role.SALES);
    String foreign = "foreign@" + manager + ".example";
    admin()
        .postForObject(
            "/api/v1/leads",
            Map.of("values", Map.of("lastName", "Foreign", "email", foreign, "city", "Before")),
            JsonNode.class);
    String file =
        "Email,City,Owner\n"
            + ("mine@" + manager + ".example,Pune," + sales + "\n")
            + ("given@" + manager + ".example,Pune,admin\n")
            + (foreign + ",Beside it,\n");
    long id = upload(manager, "entity=lead&match=email", file).getBody().path("id").asLong();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !get(id).path("status").asText().equals("running"));
    JsonNode done = get(id);
    // What he does not reach is as if it were not there: a lead of his own is made beside it.
    assertThat(done.path("created").asLong()).as("%s", done).isEqualTo(2);
    assertThat(done.path("refused").asLong()).as("%s", done).isOne();
    assertThat(lead("given@" + manager + ".example")).isEmpty();
    assertThat(lead("mine@" + manager + ".example").get(0).path("owner").asLong())
        .isEqualTo(id(sales));
    assertThat(lead(foreign))
        .extracting(values -> values.path("city").asText())
        .containsExactlyInAnyOrder("Before", "Beside it");
  }

  private List<JsonNode> lead(String email) {
    return admin()
        .getForObject("/api/v1/leads?filter={f}", JsonNode.class, "email = \"" + email + "\"")
        .path("items")
        .findValues("values");
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
