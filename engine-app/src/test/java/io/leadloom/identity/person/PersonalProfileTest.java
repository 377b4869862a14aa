package io.leadloom.identity.person;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.ApiCalls;
import io.leadloom.testing.LeadloomTest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** The own profile: what can be said in it, and that nobody changes another's. */
@LeadloomTest
class PersonalProfileTest {

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;

  private String login = "";

  @BeforeEach
  void hireSomebody() {
    login = "profile-" + UUID.randomUUID().toString().substring(0, 8);
    staff.enroll(
        List.of(
            new Staff.NewAccount(
                login, "Pat", null, null, "leadloom", Set.of(Role.SALES), null, null, null)));
  }

  private ResponseEntity<JsonNode> call(HttpMethod method, String path, @Nullable Object body) {
    return new ApiCalls(http).as(login, method, path, body);
  }

  private JsonNode profile() {
    return call(HttpMethod.GET, "/profile", null).getBody();
  }

  private ResponseEntity<JsonNode> save(Map<String, Object> changes) {
    Map<String, Object> wanted = new HashMap<>(changes);
    wanted.putIfAbsent("version", profile().path("version").asInt());
    wanted.putIfAbsent("name", "Pat");
    return call(HttpMethod.PUT, "/profile", wanted);
  }

  @Test
  void SET_039_SET_041_personalDataAreKeptInTheirForm() {
    JsonNode saved =
        save(Map.of(
                "name",
                "Pat Doe",
                "mobile",
                "(650) 253-0000",
                "jobTitle",
                "Account manager",
                "meetingLocation",
                "Room 3, 1 Main Street",
                "availability",
                Map.of("monday", List.of(Map.of("from", "09:00", "to", "12:00")))))
            .getBody();
    assertThat(saved.path("name").asText()).isEqualTo("Pat Doe");
    assertThat(saved.path("mobile").asText()).isEqualTo("+16502530000");
    assertThat(saved.path("availability").path("monday").path(0).path("to").asText())
        .isEqualTo("12:00");
    assertThat(profile()).isEqualTo(saved);
    assertThat(save(Map.of("mobile", "none")).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(save(Map.of("version", 0)).getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
  }

  @Test
  void anotherMailAddressNeedsThePresentPassword() {
    Map<String, Object> change = new HashMap<>(Map.of("email", login + "@example.com"));
    assertThat(save(change).getBody().path("violations").path(0).path("field").asText())
        .isEqualTo("current");
    change.put("password", "wrong");
    assertThat(save(change).getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    change.put("password", "leadloom");
    assertThat(save(change).getBody().path("email").asText()).isEqualTo(login + "@example.com");
    assertThat(save(Map.of("email", "")).getBody().at("/violations/0/field").asText())
        .isEqualTo("current");
    assertThat(
            save(Map.of("email", "", "password", "leadloom")).getBody().path("email").isTextual())
        .isFalse();
  }

  @Test
  void theMailAddressOfAnotherUserCannotBeOnesOwn() {
    String taken = "taken-" + login + "@example.com";
    staff.enroll(
        List.of(
            new Staff.NewAccount(
                "other-" + login,
                "Sam",
                taken,
                null,
                "leadloom",
                Set.of(Role.SALES),
                null,
                null,
                null)));
    assertThat(
            save(Map.of("email", "T" + taken.substring(1), "password", "leadloom"))
                .getBody()
                .at("/violations/0/field")
                .asText())
        .isEqualTo("email");
  }

  @Test
  void SET_043_aSignatureIsCleanedOfWhatActs() {
    String signature =
        save(Map.of(
                "signature",
                "<p><b>Pat</b> <a href=\"https://acme.example\" onclick=\"steal()\">Acme</a>"
                    + "<img src=x onerror=\"steal()\"><script>steal()</script>"
                    + "<a href=\"javascript:steal()\">x</a></p>"))
            .getBody()
            .path("signature")
            .asText();
    assertThat(signature)
        .contains("<b>Pat</b>", "https://acme.example")
        .doesNotContain("steal", "script", "onclick");
  }

  @Test
  void SET_135_theOwnZoneAndLanguageCountForTheSession() {
    save(Map.of("timeZone", "Asia/Tokyo"));
    assertThat(call(HttpMethod.PUT, "/profile/language", Map.of("locale", "de")).getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    JsonNode session = call(HttpMethod.GET, "/session", null).getBody();
    assertThat(session.path("timeZone").asText()).isEqualTo("Asia/Tokyo");
    assertThat(session.path("locale").asText()).isEqualTo("de");
    assertThat(save(Map.of("timeZone", "Nowhere")).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    JsonNode emptied = save(Map.of()).getBody();
    assertThat(emptied.path("timeZone").isNull()).isTrue();
    assertThat(call(HttpMethod.GET, "/session", null).getBody().path("timeZone").asText())
        .isEqualTo(emptied.path("accountTimeZone").asText());
  }

  @Test
  void SET_039_aPhotoIsShownToColleagues() {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.IMAGE_PNG);
    byte[] svg =
        "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'><circle r='4'/></svg>"
            .getBytes(StandardCharsets.UTF_8);
    JsonNode saved =
        http.withBasicAuth(login, "leadloom")
            .exchange(
                "/api/v1/profile/photo",
                HttpMethod.PUT,
                new HttpEntity<>(svg, headers),
                JsonNode.class)
            .getBody();
    ResponseEntity<String> shown =
        http.withBasicAuth("sales", "leadloom")
            .getForEntity(saved.path("photo").asText(), String.class);
    assertThat(shown.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(shown.getBody()).contains("<circle").doesNotContain("onload");
    assertThat(shown.getHeaders().getCacheControl()).contains("immutable");
    assertThat(call(HttpMethod.DELETE, "/profile/photo", null).getBody().path("photo").isNull())
        .isTrue();
  }

  @Test
  void aKeyDoesNotChangeAProfile() {
    JsonNode pair =
        call(
                HttpMethod.POST,
                "/api-keys",
                Map.of("name", "Key", "scopes", List.of("read", "write", "administration")))
            .getBody();
    HttpHeaders headers =
        ApiCalls.pair(pair.path("accessKey").asText(), pair.path("secret").asText());
    assertThat(
            new ApiCalls(http).with(headers, HttpMethod.PUT, "/profile", Map.of()).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
  }
}
