package io.leadloom.platform.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RefusedException;
import io.leadloom.testing.ApiCalls;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
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
import org.springframework.transaction.support.TransactionTemplate;

/** Business info: what is taken, who may change it, and that all of Leadloom goes by it. */
@LeadloomTest(properties = "leadloom.test.database=company")
class CompanyTest {

  private static final String LOGO =
      "<svg xmlns='http://www.w3.org/2000/svg'><script>window.x=1</script><rect width='9' height='9'/></svg>";

  @Autowired private TestRestTemplate http;
  @Autowired private AccountSettings account;
  @Autowired private Company company;
  @Autowired private MutableClock clock;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transactions;

  private ApiCalls api;

  @BeforeEach
  void callTheApi() {
    api = new ApiCalls(http);
  }

  private JsonNode settings() {
    return api.as("admin", HttpMethod.GET, "/settings/company", null).getBody();
  }

  private Map<String, Object> wanted(Map<String, Object> changes) {
    Map<String, Object> wanted =
        new HashMap<>(Map.of("version", settings().path("version").asInt(), "name", "Acme Loans"));
    wanted.putAll(changes);
    return wanted;
  }

  private ResponseEntity<JsonNode> save(Map<String, Object> changes) {
    return api.as("admin", HttpMethod.PUT, "/settings/company", wanted(changes));
  }

  @Test
  void SET_007_nameEmailPhoneAndWebsiteAreKeptInTheirForm() {
    JsonNode saved =
        save(Map.of(
                "email",
                " office@acme.example ",
                "phone",
                "(650) 253-0000",
                "website",
                "https://acme.example",
                "address",
                Map.of("street", "1 Main Street", "city", "Springfield")))
            .getBody();
    assertThat(saved.path("name").asText()).isEqualTo("Acme Loans");
    assertThat(saved.path("email").asText()).isEqualTo("office@acme.example");
    assertThat(saved.path("phone").asText()).isEqualTo("+16502530000");
    assertThat(saved.path("address").path("city").asText()).isEqualTo("Springfield");
    assertThat(saved.path("changedBy").asText()).isEqualTo("admin");
    assertThat(settings()).isEqualTo(saved);
    JsonNode emptied = save(Map.of()).getBody();
    assertThat(emptied.path("email").isNull()).isTrue();
    assertThat(emptied.path("address").path("city").isNull()).isTrue();
  }

  @Test
  void SET_007_whatHasNoFormIsRefusedFieldByField() {
    ResponseEntity<JsonNode> answer =
        save(
            Map.of(
                "name",
                " ",
                "email",
                "nobody",
                "phone",
                "call me",
                "website",
                "javascript:alert(1)",
                "timeZone",
                "Mars/Olympus"));
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(answer.getBody().path("violations").findValuesAsText("field"))
        .containsExactly("name", "email", "phone", "website", "timeZone");
  }

  @Test
  void whoSawAnOlderStateDoesNotOverwriteANewerOne() {
    Map<String, Object> old = wanted(Map.of("email", "old@acme.example"));
    save(Map.of("email", "new@acme.example"));
    ResponseEntity<JsonNode> answer = api.as("admin", HttpMethod.PUT, "/settings/company", old);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
    assertThat(settings().path("email").asText()).isEqualTo("new@acme.example");
  }

  @Test
  void SET_001_othersSeeNameZoneAndLogoOnly() {
    assertThat(api.as("sales", HttpMethod.GET, "/settings/company", null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(api.as("manager", HttpMethod.PUT, "/settings/company", Map.of()).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(api.as("manager", HttpMethod.DELETE, "/settings/company/logo", null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    JsonNode shown = api.as("sales", HttpMethod.GET, "/company", null).getBody();
    assertThat(shown.fieldNames()).toIterable().containsExactly("name", "timeZone", "logo");
  }

  @Test
  void SET_004_theAuditTrailHasOldAndNewValues() {
    save(Map.of("email", "before@acme.example"));
    save(Map.of("email", "after@acme.example"));
    JsonNode trail =
        api.as("admin", HttpMethod.GET, "/audit?subjectKind=company&limit=1", null)
            .getBody()
            .path("items");
    assertThat(trail.findValuesAsText("action")).containsExactly("company.changed");
    assertThat(trail.toString()).contains("before@acme.example").contains("after@acme.example");
  }

  @Test
  void SET_011_aNewTimeZoneCountsAtOnceAndAlsoWhenAnotherNodeSetsIt() {
    // The clock stands: however slow the machine, nobody looks again before it is moved.
    clock.setTo(clock.instant());
    save(Map.of("timeZone", "Asia/Kolkata"));
    assertThat(account.timeZone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
    assertThat(
            api.as("sales", HttpMethod.GET, "/session", null).getBody().path("timeZone").asText())
        .isEqualTo("Asia/Kolkata");
    // Who only saves the form again does not change it.
    save(Map.of());
    assertThat(account.timeZone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
    // Another node writes to the same row; this one looks again after a second.
    transactions.executeWithoutResult(
        status ->
            jdbc.update(
                "update company set time_zone = 'Europe/Berlin', version = version + 1 where id = 1"));
    assertThat(account.timeZone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
    clock.advance(Duration.ofSeconds(2));
    assertThat(account.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void SET_135_theLanguageOfTheAccountIsThatOfWhoeverHasChosenNoneAlsoInLetters() {
    assertThat(
            save(Map.of("language", "tlh")).getBody().path("violations").findValuesAsText("field"))
        .containsExactly("language");
    JsonNode before = api.as("sales", HttpMethod.GET, "/session", null).getBody();
    assertThat(before.path("locale").isNull()).isTrue();
    assertThat(save(Map.of("language", "de")).getBody().path("language").asText()).isEqualTo("de");
    assertThat(api.as("sales", HttpMethod.GET, "/session", null).getBody().path("locale").asText())
        .isEqualTo("de");
    JsonNode profile = api.as("sales", HttpMethod.GET, "/profile", null).getBody();
    assertThat(profile.path("locale").isNull()).isTrue();
    assertThat(profile.path("accountLocale").asText()).isEqualTo("de");
    // Who only saves the form of an earlier version does not change it.
    assertThat(save(Map.of()).getBody().path("language").asText()).isEqualTo("de");
    assertThat(letterTo(null)).isEqualTo("Ihr Zugang zu Leadloom");
    assertThat(letterTo("en")).isEqualTo("Your access to Leadloom");
    assertThat(save(Map.of("language", "")).getBody().path("language").isNull()).isTrue();
    assertThat(letterTo(null)).isEqualTo("Your access to Leadloom");
    assertThat(letterTo("de")).isEqualTo("Ihr Zugang zu Leadloom");
  }

  /** The subject of the invitation of a new user with this language. */
  private String letterTo(@Nullable String language) {
    String address = "l" + UUID.randomUUID() + "@acme.example";
    Map<String, Object> user = new HashMap<>();
    user.put("login", address);
    user.put("name", "Letter");
    user.put("email", address);
    user.put("roles", List.of("crm_sales"));
    user.put("locale", language);
    user.put("invite", true);
    assertThat(api.as("admin", HttpMethod.POST, "/users", user).getStatusCode())
        .isEqualTo(HttpStatus.CREATED);
    String mailbox = "/mailbox?search=" + address;
    await()
        .until(
            () ->
                !api.as("admin", HttpMethod.GET, mailbox, null).getBody().path("items").isEmpty());
    return api.as("admin", HttpMethod.GET, mailbox, null)
        .getBody()
        .path("items")
        .path(0)
        .path("subject")
        .asText();
  }

  @Test
  void theSignInPageShowsNameAndLogoToEverybodyAndNothingElse() {
    save(Map.of("email", "secret@acme.example", "phone", "+4930901820"));
    ResponseEntity<JsonNode> shown = http.getForEntity("/api/v1/session/brand", JsonNode.class);
    assertThat(shown.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(shown.getBody().fieldNames())
        .toIterable()
        .containsExactly("name", "logo", "language");
    assertThat(shown.getBody().path("name").asText()).isEqualTo("Acme Loans");
    assertThat(shown.getBody().path("logo").isNull()).isTrue();
    assertThat(shown.getHeaders().getCacheControl()).contains("max-age=60").contains("private");
    assertThat(http.getForEntity("/api/v1/session/brand/logo", String.class).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
    putLogo();
    String address =
        http.getForObject("/api/v1/session/brand", JsonNode.class).path("logo").asText();
    ResponseEntity<String> logo = http.getForEntity(address, String.class);
    assertThat(logo.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(logo.getBody()).contains("<rect").doesNotContain("script");
    assertThat(logo.getHeaders().getFirst("Content-Security-Policy")).contains("sandbox");
    assertThat(logo.getHeaders().getCacheControl()).contains("immutable");
    assertThat(http.getForEntity("/api/v1/company", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(http.getForEntity("/api/v1/company/logo", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    api.as("admin", HttpMethod.DELETE, "/settings/company/logo", null);
  }

  private ResponseEntity<JsonNode> putLogo() {
    HttpHeaders headers = new HttpHeaders();
    // What a file is called does not count: it is looked at.
    headers.setContentType(MediaType.IMAGE_PNG);
    return http.withBasicAuth("admin", "leadloom")
        .exchange(
            "/api/v1/settings/company/logo",
            HttpMethod.PUT,
            new HttpEntity<>(LOGO.getBytes(StandardCharsets.UTF_8), headers),
            JsonNode.class);
  }

  @Test
  void SET_006_aLogoIsPutCleanedShownWithItsTagAndRemoved() {
    ResponseEntity<JsonNode> put = putLogo();
    assertThat(put.getStatusCode()).isEqualTo(HttpStatus.OK);
    String address = put.getBody().path("logo").asText();
    assertThat(address).startsWith("/api/v1/company/logo?v=");
    ResponseEntity<String> shown =
        http.withBasicAuth("sales", "leadloom").getForEntity(address, String.class);
    assertThat(shown.getHeaders().getContentType()).hasToString("image/svg+xml");
    assertThat(shown.getHeaders().getFirst("Content-Security-Policy")).contains("sandbox");
    assertThat(shown.getHeaders().getFirst("Content-Disposition")).startsWith("attachment");
    assertThat(shown.getBody()).contains("<rect").doesNotContain("script");
    HttpHeaders again = new HttpHeaders();
    again.setIfNoneMatch(shown.getHeaders().getETag());
    assertThat(
            http.withBasicAuth("sales", "leadloom")
                .exchange(address, HttpMethod.GET, new HttpEntity<>(again), String.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.NOT_MODIFIED);
    assertThat(company.info().logo()).isNotNull();
    assertThat(
            api.as("admin", HttpMethod.DELETE, "/settings/company/logo", null)
                .getBody()
                .path("logo")
                .isNull())
        .isTrue();
    assertThat(api.as("sales", HttpMethod.GET, "/company/logo", null).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void SET_006_otherFilesAndTooLargeOnesAreRefused() {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.IMAGE_PNG);
    for (byte[] file :
        new byte[][] {
          "%PDF-1.7".getBytes(StandardCharsets.UTF_8),
          "<html/>".getBytes(StandardCharsets.UTF_8),
          {}
        }) {
      assertThat(
              http.withBasicAuth("admin", "leadloom")
                  .exchange(
                      "/api/v1/settings/company/logo",
                      HttpMethod.PUT,
                      new HttpEntity<>(file, headers),
                      JsonNode.class)
                  .getStatusCode())
          .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    }
    assertThat(
            http.withBasicAuth("admin", "leadloom")
                .exchange(
                    "/api/v1/settings/company/logo",
                    HttpMethod.PUT,
                    new HttpEntity<>(new byte[2 * 1024 * 1024 + 1], headers),
                    JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.PAYLOAD_TOO_LARGE);
  }

  @Test
  void theLogoIsDrawnBeforeTheTransactionBegins() {
    // What is refused while it is drawn has not touched a transaction around it.
    transactions.executeWithoutResult(
        status -> {
          assertThatThrownBy(() -> company.changeLogo(new byte[] {1}))
              .isInstanceOf(RefusedException.class);
          assertThat(status.isRollbackOnly()).isFalse();
        });
  }
}
