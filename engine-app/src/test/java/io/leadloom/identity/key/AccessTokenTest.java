package io.leadloom.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.NoOpResponseErrorHandler;
import org.springframework.web.client.RestTemplate;

@LeadloomTest(
    properties = {
      "leadloom.test.database=access-tokens",
      "leadloom.api.rate-limit.requests-per-minute=30"
    })
class AccessTokenTest {

  @Autowired private TestRestTemplate server;
  @Autowired private ApiKeys keys;
  @Autowired private Staff staff;
  @Autowired private MutableClock clock;

  /** A client that repeats nothing by itself. */
  private RestTemplate http() {
    RestTemplate http = new RestTemplate(new JdkClientHttpRequestFactory());
    http.setErrorHandler(new NoOpResponseErrorHandler());
    return http;
  }

  private ApiKeys.Made key(Scope... scopes) {
    long user =
        staff
            .create(
                new Staff.NewAccount(
                    "t" + UUID.randomUUID(),
                    "Tokens",
                    null,
                    null,
                    "vier Pferde trinken Tee",
                    Set.of(Role.SALES),
                    null,
                    null,
                    null))
            .id();
    return keys.create(user, "Key", Set.of(scopes), null);
  }

  private ResponseEntity<JsonNode> ask(
      ApiKeys.@Nullable Made basic, MultiValueMap<String, String> form) {
    HttpHeaders headers = new HttpHeaders();
    if (basic != null) {
      headers.setBasicAuth(basic.key().accessKey(), basic.secret());
    }
    return http()
        .exchange(
            server.getRootUri() + "/api/v1/oauth/token",
            HttpMethod.POST,
            new HttpEntity<>(form, headers),
            JsonNode.class);
  }

  private static MultiValueMap<String, String> form(String... pairs) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      form.add(pairs[i], pairs[i + 1]);
    }
    return form;
  }

  private String token(ApiKeys.Made key) {
    return ask(key, form("grant_type", "client_credentials"))
        .getBody()
        .path("access_token")
        .asText();
  }

  private ResponseEntity<JsonNode> with(
      String token, HttpMethod method, String path, @Nullable Object body) {
    HttpHeaders headers = new HttpHeaders();
    headers.setBearerAuth(token);
    return http()
        .exchange(
            server.getRootUri() + "/api/v1" + path,
            method,
            new HttpEntity<>(body, headers),
            JsonNode.class);
  }

  private ResponseEntity<JsonNode> read(String token) {
    return with(token, HttpMethod.GET, "/session", null);
  }

  private void isRefused(String token) {
    ResponseEntity<JsonNode> refused = read(token);
    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
        .startsWith("Bearer ")
        .contains("error=\"invalid_token\"");
    assertThat(refused.getBody().path("type").asText()).endsWith("/unauthenticated");
  }

  @Test
  void aKeyIsSwappedForATokenByBasicOrInTheFormAndTheTokenActsForItsUser() {
    ApiKeys.Made key = key(Scope.READ, Scope.WRITE);
    ResponseEntity<JsonNode> basic = ask(key, form("grant_type", "client_credentials"));
    assertThat(basic.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(basic.getHeaders().getCacheControl()).isEqualTo("no-store");
    assertThat(basic.getHeaders()).doesNotContainKey(HttpHeaders.SET_COOKIE);
    assertThat(basic.getBody().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(basic.getBody().path("expires_in").asInt()).isEqualTo(900);
    assertThat(basic.getBody().path("scope").asText()).isEqualTo("read write");
    ResponseEntity<JsonNode> posted =
        ask(
            null,
            form(
                "grant_type",
                "client_credentials",
                "client_id",
                key.key().accessKey(),
                "client_secret",
                key.secret()));
    for (ResponseEntity<JsonNode> answer : List.of(basic, posted)) {
      String token = answer.getBody().path("access_token").asText();
      ResponseEntity<JsonNode> me = read(token);
      assertThat(me.getBody().path("user").path("id").asLong()).isEqualTo(key.key().userId());
      assertThat(me.getHeaders()).doesNotContainKey(HttpHeaders.SET_COOKIE);
      assertThat(
              with(
                      token,
                      HttpMethod.POST,
                      "/leads",
                      Map.of("values", Map.of("lastName", "By token", "phone", "+4930123456")))
                  .getStatusCode())
          .isEqualTo(HttpStatus.CREATED);
    }
  }

  @Test
  void aTokenHasTheScopesOfTheKeyOrFewerOfThem() {
    ApiKeys.Made key = key(Scope.READ, Scope.WRITE);
    ResponseEntity<JsonNode> narrow =
        ask(key, form("grant_type", "client_credentials", "scope", "read"));
    assertThat(narrow.getBody().path("scope").asText()).isEqualTo("read");
    String token = narrow.getBody().path("access_token").asText();
    assertThat(read(token).getStatusCode()).isEqualTo(HttpStatus.OK);
    ResponseEntity<JsonNode> refused =
        with(token, HttpMethod.POST, "/leads", Map.of("values", Map.of("lastName", "X")));
    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
        .contains("error=\"insufficient_scope\"")
        .contains("scope=\"write\"");
    ResponseEntity<JsonNode> more =
        ask(key, form("grant_type", "client_credentials", "scope", "read administration"));
    assertThat(more.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(more.getBody().path("error").asText()).isEqualTo("invalid_scope");
    assertThat(with(token, HttpMethod.GET, "/api-keys", null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @Test
  void whatIsWrongIsSaidInTheWordsOfTheStandard() {
    ApiKeys.Made key = key(Scope.READ);
    ApiKeys.Made wrong = new ApiKeys.Made(key.key(), "lls_wrong");
    ResponseEntity<JsonNode> client = ask(wrong, form("grant_type", "client_credentials"));
    assertThat(client.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(client.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE)).startsWith("Basic");
    assertThat(client.getBody().path("error").asText()).isEqualTo("invalid_client");
    List<String> errors = new ArrayList<>();
    for (ResponseEntity<JsonNode> answer :
        List.of(
            ask(null, form("grant_type", "client_credentials")),
            ask(key, form()),
            ask(key, form("grant_type", "password")),
            ask(key, form("grant_type", "client_credentials", "grant_type", "password")),
            ask(key, form("grant_type", "client_credentials", "client_secret", key.secret())))) {
      errors.add(answer.getStatusCode().value() + " " + answer.getBody().path("error").asText());
    }
    assertThat(errors)
        .containsExactly(
            "401 invalid_client",
            "400 invalid_request",
            "400 unsupported_grant_type",
            "400 invalid_request",
            "400 invalid_request");
    // A secret in an address would end in logs.
    ResponseEntity<JsonNode> address =
        http()
            .postForEntity(
                server.getRootUri()
                    + "/api/v1/oauth/token?grant_type=client_credentials&client_id="
                    + key.key().accessKey()
                    + "&client_secret="
                    + key.secret(),
                null,
                JsonNode.class);
    assertThat(address.getBody().path("error").asText()).isEqualTo("invalid_request");
  }

  @Test
  void aTokenEndsAfterFifteenMinutesAndAtOnceWithItsKeyOrItsUser() {
    ApiKeys.Made key = key(Scope.READ);
    String token = token(key);
    clock.advance(Duration.ofMinutes(14));
    assertThat(read(token).getStatusCode()).isEqualTo(HttpStatus.OK);
    clock.advance(Duration.ofMinutes(1));
    isRefused(token);
    String fresh = token(key);
    assertThat(read(fresh).getStatusCode()).isEqualTo(HttpStatus.OK);
    keys.revoke(key.key().id());
    isRefused(fresh);
    assertThat(ask(key, form("grant_type", "client_credentials")).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    ApiKeys.Made other = key(Scope.READ);
    String its = token(other);
    assertThat(read(its).getStatusCode()).isEqualTo(HttpStatus.OK);
    staff.change(
        other.key().userId(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    isRefused(its);
  }

  @Test
  void forgedTokensAreRefused() throws Exception {
    ApiKeys.Made key = key(Scope.READ);
    String good = token(key);
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder(SignedJWT.parse(good).getJWTClaimsSet())
            .claim("scope", "read write bulk administration")
            .expirationTime(Date.from(clock.instant().plus(Duration.ofDays(1))))
            .build();
    SignedJWT own = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    own.sign(new MACSigner(new byte[32]));
    String[] parts = good.split("\\.");
    for (String forged :
        List.of(
            own.serialize(),
            new PlainJWT(claims).serialize(),
            parts[0] + "." + own.serialize().split("\\.")[1] + "." + parts[2],
            good.substring(0, good.length() - 4) + "AAAA",
            "nonsense",
            "a".repeat(10_000))) {
      isRefused(forged);
    }
  }

  @Test
  void tokensShareTheRateOfTheirKeyAndSaySo() {
    clock.setTo(clock.instant());
    ApiKeys.Made key = key(Scope.READ);
    String first = token(key);
    String second = token(key);
    ResponseEntity<JsonNode> answer = read(first);
    assertThat(answer.getHeaders().getFirst("RateLimit-Limit")).isEqualTo("30");
    assertThat(answer.getHeaders().getFirst("RateLimit-Remaining")).isEqualTo("27");
    assertThat(read(second).getHeaders().getFirst("RateLimit-Remaining")).isEqualTo("26");
    for (int i = 0; i < 26; i++) {
      read(i % 2 == 0 ? first : second);
    }
    assertThat(read(first).getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    ResponseEntity<JsonNode> more = ask(key, form("grant_type", "client_credentials"));
    assertThat(more.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(more.getHeaders()).containsKey(HttpHeaders.RETRY_AFTER);
  }

  @Test
  void theDescriptionOfTheApiNamesTheGrant() {
    JsonNode api = server.getForObject("/api/openapi/all", JsonNode.class);
    assertThat(
            api.at("/components/securitySchemes/token/flows/clientCredentials/tokenUrl").asText())
        .isEqualTo("/api/v1/oauth/token");
    assertThat(
            api.path("paths")
                .path("/api/v1/oauth/token")
                .at("/post/requestBody/content")
                .fieldNames()
                .next())
        .isEqualTo("application/x-www-form-urlencoded");
  }
}
