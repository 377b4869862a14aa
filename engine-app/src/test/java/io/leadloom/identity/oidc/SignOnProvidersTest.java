package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

@LeadloomTest(properties = "leadloom.outgoing.allowed-networks=127.0.0.0/8,::1/128")
class SignOnProvidersTest {

  private static final String SETTINGS = "/api/v1/settings/single-sign-on";
  private static final String ISSUER = "http://127.0.0.1:9";
  private static final String SECRET = "a-secret-of-the-provider-4711";

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;
  private long id;

  @BeforeEach
  void anAdministratorSetsOneUp() {
    ResponseEntity<JsonNode> made = add(ISSUER);
    assertThat(made.getStatusCode()).isEqualTo(HttpStatus.CREATED);
    assertThat(String.valueOf(made.getBody())).doesNotContain(SECRET);
    id = made.getBody().path("id").asLong();
  }

  @AfterEach
  void itIsRemoved() {
    admin(HttpMethod.DELETE, SETTINGS + "/" + id, null);
  }

  private ResponseEntity<JsonNode> add(String issuer) {
    return admin(
        HttpMethod.POST,
        SETTINGS,
        Map.of(
            "name",
            "Provider " + UUID.randomUUID(),
            "issuer",
            issuer,
            "clientId",
            "leadloom",
            "clientSecret",
            SECRET));
  }

  private ResponseEntity<JsonNode> admin(HttpMethod method, String path, @Nullable Object body) {
    return http.withBasicAuth("admin", "leadloom")
        .exchange(path, method, new HttpEntity<>(body), JsonNode.class);
  }

  private void change(Map<String, Object> change) {
    assertThat(admin(HttpMethod.PATCH, SETTINGS + "/" + id, change).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  private JsonNode audit() {
    return admin(HttpMethod.GET, "/api/v1/audit?limit=50&text=" + id, null).getBody();
  }

  @Test
  void theSecretIsInNoAnswerAndGoesToNoOtherIssuer() {
    assertThat(String.valueOf(admin(HttpMethod.GET, SETTINGS, null).getBody()))
        .contains(ISSUER)
        .doesNotContain(SECRET);
    byte[] sealed =
        jdbc.queryForObject("select sealed from sign_on_provider where id = ?", byte[].class, id);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
    ResponseEntity<JsonNode> moved =
        admin(HttpMethod.PATCH, SETTINGS + "/" + id, Map.of("issuer", "https://login.example.com"));
    assertThat(moved.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(String.valueOf(moved.getBody())).contains("clientSecret");
    change(Map.of("clientSecret", SECRET + "2", "name", "Renamed " + id));
    assertThat(audit().toString())
        .contains("sign-on-provider.created")
        .contains("••••••••")
        .doesNotContain(SECRET);
  }

  @Test
  void anIssuerInAPrivateNetworkOrWithoutTlsIsRefused() {
    for (String issuer :
        List.of(
            "http://10.0.0.1",
            "https://10.0.0.1",
            "https://169.254.169.254/latest",
            "https://0177.0.0.1",
            "http://login.example.com",
            "https://user:x@login.example.com",
            "https://login.example.com/?a=b",
            "ftp://login.example.com",
            "login.example.com")) {
      ResponseEntity<JsonNode> refused = add(issuer);
      assertThat(refused.getStatusCode()).as(issuer).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
      assertThat(refused.getBody().path("violations").path(0).path("field").asText())
          .isEqualTo("issuer");
    }
  }

  @Test
  void theSignInPageOffersTheActiveOnesToEverybody() {
    String name = "Renamed " + id;
    change(Map.of("name", name));
    assertThat(http.getForObject("/api/v1/session/providers", String.class))
        .contains(name)
        .doesNotContain(ISSUER);
    change(Map.of("active", false));
    assertThat(http.getForObject("/api/v1/session/providers", String.class)).doesNotContain(name);
  }
}
