package io.leadloom.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.vault.Vault;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest(properties = "leadloom.test.database=audit")
class AuditTrailTest {

  @Autowired private AuditTrail trail;
  @Autowired private EntityManager entityManager;
  @Autowired private AuditLog log;
  @Autowired private AuditVerification verification;
  @Autowired private AuditRetention retention;
  @Autowired private AuditRows rows;
  @Autowired private Vault vault;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private TransactionTemplate transaction;
  @Autowired private MutableClock clock;
  @Autowired private TestRestTemplate http;

  private static String name() {
    return "thing " + UUID.randomUUID();
  }

  private static AuditEvent event(String name) {
    return AuditEvent.of("setting.changed", "setting", "test", name).change("a", "1", "2");
  }

  private List<AuditEntry> named(String name) {
    return log.before(new AuditLog.Filter(null, null, null, null, null, null, name), null, 50)
        .entries();
  }

  private ResponseEntity<JsonNode> call(String login, HttpMethod method, String path, Object body) {
    return http.withBasicAuth(login, "leadloom")
        .exchange("/api/v1" + path, method, new HttpEntity<>(body), JsonNode.class);
  }

  private List<JsonNode> list(String query, Object... values) {
    JsonNode page =
        http.withBasicAuth("admin", "leadloom")
            .getForObject("/api/v1/audit?" + query, JsonNode.class, values);
    return StreamSupport.stream(page.path("items").spliterator(), false).toList();
  }

  private AuditTrail otherNode() {
    return new ChainedAuditTrail(
        rows,
        new AuditKeys(rows, jdbc, vault, clock, transactions),
        clock,
        entityManager,
        transactions);
  }

  @Test
  void whatIsRolledBackLeavesNoEntryAndWhatIsWrittenApartStays() {
    String name = name();
    String apart = name();
    transaction.executeWithoutResult(
        status -> {
          trail.record(event(name));
          trail.recordApart(event(apart));
          status.setRollbackOnly();
        });
    assertThat(named(name)).isEmpty();
    assertThat(named(apart)).hasSize(1);
    assertThat(verification.verify().intact()).isTrue();
  }

  @Test
  void twoNodesThatWriteAtTheSameTimeMakeOneChain() throws Exception {
    String name = name();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (AuditTrail node : List.of(trail, otherNode())) {
        for (int thread = 0; thread < 4; thread++) {
          work.add(
              threads.submit(
                  () -> {
                    for (int i = 0; i < 10; i++) {
                      transaction.executeWithoutResult(
                          status -> {
                            node.record(event(name));
                            node.record(event(name));
                          });
                    }
                  }));
        }
      }
      for (Future<?> each : work) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    Long written =
        jdbc.queryForObject(
            "select count(*) from audit_entry where subject_name = ?", Long.class, name);
    assertThat(written).isEqualTo(160);
    assertThat(verification.verify()).matches(AuditVerification.Result::intact);
  }

  @Test
  void retentionRemovesTheOldestAndTheRestStaysVerifiable() {
    String old = name();
    String young = name();
    trail.record(event(old));
    clock.advance(Duration.ofDays(1_094));
    trail.record(event(young));
    clock.advance(Duration.ofDays(2));
    trail.record(event(name()));
    retention.sweep();
    assertThat(named(old)).isEmpty();
    assertThat(named(young)).hasSize(1);
    assertThat(verification.verify()).matches(AuditVerification.Result::intact);
  }

  @Test
  void SET_004_aChangeOfASettingIsWrittenWithUserTimeOldAndNewValue() {
    String secret = "very-secret-" + UUID.randomUUID();
    call("admin", HttpMethod.PUT, "/settings/webhook-secrets/audited", Map.of("value", secret));
    List<JsonNode> made = list("action=webhook-secret.created&subject=audited");
    assertThat(made).hasSize(1);
    JsonNode entry = made.get(0);
    assertThat(entry.path("actor").path("name").asText()).isEqualTo("admin");
    assertThat(entry.path("actor").path("kind").asText()).isEqualTo("user");
    assertThat(entry.path("actor").path("address").asText()).isNotBlank();
    assertThat(entry.path("at").asText()).isNotBlank();
    assertThat(entry.toString()).doesNotContain(secret).contains(AuditEvent.MASK);

    String type = "type-" + UUID.randomUUID();
    call("admin", HttpMethod.POST, "/schema/activity-types", Map.of("key", type, "label", "One"));
    call("admin", HttpMethod.PATCH, "/schema/activity-types/" + type, Map.of("label", "Two"));
    JsonNode changed = list("action=activity-type.changed&subject=" + type).get(0);
    assertThat(changed.path("changes").get(0).path("before").asText()).isEqualTo("One");
    assertThat(changed.path("changes").get(0).path("after").asText()).isEqualTo("Two");
    assertThat(
            call("admin", HttpMethod.GET, "/audit/" + changed.path("id").asLong(), null)
                .getBody()
                .path("action")
                .asText())
        .isEqualTo("activity-type.changed");
  }

  @Test
  void signInsTheirFailuresAndSignOutsAreEntries() {
    Map<String, String> right = Map.of("login", "manager", "password", "leadloom");
    ResponseEntity<JsonNode> in = http.postForEntity("/api/v1/session", right, JsonNode.class);
    assertThat(in.getStatusCode()).isEqualTo(HttpStatus.OK);
    List<String> cookies =
        in.getHeaders().get("Set-Cookie").stream().map(each -> each.split(";")[0]).toList();
    String token =
        cookies.stream()
            .filter(each -> each.startsWith("XSRF-TOKEN="))
            .map(each -> each.substring("XSRF-TOKEN=".length()))
            .findFirst()
            .orElseThrow();
    org.springframework.http.HttpHeaders headers = new org.springframework.http.HttpHeaders();
    headers.set("Cookie", String.join("; ", cookies));
    headers.set("X-XSRF-TOKEN", token);
    http.exchange("/api/v1/session", HttpMethod.DELETE, new HttpEntity<>(headers), Void.class);
    String typed = "my-password-in-the-wrong-field";
    for (String login : List.of("manager", typed)) {
      http.postForEntity(
          "/api/v1/session", Map.of("login", login, "password", "wrong"), JsonNode.class);
    }
    List<JsonNode> entries = list("action=session");
    assertThat(entries)
        .extracting(entry -> entry.path("action").asText())
        .contains("session.opened", "session.closed", "session.refused");
    assertThat(entries.toString()).contains("(unknown login)").doesNotContain(typed);
    assertThat(list("action=session.opened").get(0).path("actor").path("name").asText())
        .isEqualTo("manager");
  }

  @Test
  void pagesFollowEachOtherAndFiltersNarrowThem() {
    String name = name();
    for (int i = 0; i < 5; i++) {
      trail.record(event(name));
    }
    JsonNode first = call("admin", HttpMethod.GET, "/audit?limit=3&text=" + name, null).getBody();
    assertThat(first.path("items")).hasSize(3);
    String next = first.path("next").asText();
    JsonNode second =
        call("admin", HttpMethod.GET, "/audit?limit=3&text=" + name + "&cursor=" + next, null)
            .getBody();
    assertThat(second.path("items")).hasSize(2);
    assertThat(list("subjectKind=nothing")).isEmpty();
    assertThat(list("text={text}", "100%_")).isEmpty();
    assertThat(list("to=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(list("action=setting&limit=1")).hasSize(1);
    assertThat(call("admin", HttpMethod.GET, "/audit?from=yesterday", null).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(call("admin", HttpMethod.GET, "/audit?limit=100000", null).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(call("admin", HttpMethod.GET, "/audit?cursor=made-up", null).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
  }

  @Test
  void onlyAdministratorsSeeDownloadAndVerifyIt() {
    for (String path : List.of("/audit", "/audit/1", "/audit/download.csv")) {
      for (String login : List.of("manager", "sales")) {
        assertThat(call(login, HttpMethod.GET, path, null).getStatusCode())
            .isEqualTo(HttpStatus.FORBIDDEN);
      }
    }
    assertThat(call("sales", HttpMethod.POST, "/audit/verify", null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(http.getForEntity("/api/v1/audit", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    JsonNode verified = call("admin", HttpMethod.POST, "/audit/verify", null).getBody();
    assertThat(verified.path("intact").asBoolean()).isTrue();
  }

  @Test
  void theDownloadHoldsNoFormulasAndIsAnEntryItself() {
    String name = "=HYPERLINK(\"http://evil\") " + UUID.randomUUID();
    trail.record(AuditEvent.of("setting.changed", "setting", "x", name).fact("note", "@SUM(1)"));
    String csv =
        http.withBasicAuth("admin", "leadloom")
            .getForObject(
                "/api/v1/audit/download.csv?text={text}",
                String.class,
                name.substring(name.length() - 36));
    String quoted = name.replace("\"", "\"\"");
    assertThat(csv)
        .startsWith("entry,time,actor kind,actor,api key,address,action")
        .contains(",\"'" + quoted + "\",note,,'@SUM(1)\r\n");
    assertThat(list("action=export.audit&limit=1")).hasSize(1);
  }
}
