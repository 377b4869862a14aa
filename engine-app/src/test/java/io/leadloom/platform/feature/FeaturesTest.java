package io.leadloom.platform.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.ApiCalls;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A feature that is off answers nothing, on any node, and is as it was when it is on again. */
@LeadloomTest(properties = "leadloom.test.database=features")
class FeaturesTest {

  @Autowired private TestRestTemplate http;
  @Autowired private Features features;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transactions;
  @Autowired private MutableClock clock;

  private ApiCalls api;

  @BeforeEach
  void callTheApi() {
    api = new ApiCalls(http);
  }

  private ResponseEntity<JsonNode> set(String feature, boolean on) {
    return api.as(
        "admin",
        HttpMethod.PUT,
        "/settings/features",
        Map.of("version", features.state().version(), "features", Map.of(feature, on)));
  }

  @Test
  void SET_030_aFeatureThatIsOffAnswersNothingAndIsBackAsItWas() {
    assertThat(set("mailbox", false).getBody().path("features").path("mailbox").asBoolean(true))
        .isFalse();
    ResponseEntity<JsonNode> off = api.as("admin", HttpMethod.GET, "/mailbox", null);
    assertThat(off.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(off.getBody().path("detail").asText()).contains("switched off");
    assertThat(api.as("admin", HttpMethod.GET, "/imports", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    assertThat(
            api.as("sales", HttpMethod.GET, "/features", null)
                .getBody()
                .path("features")
                .path("mailbox")
                .asBoolean(true))
        .isFalse();
    set("mailbox", true);
    assertThat(api.as("admin", HttpMethod.GET, "/mailbox", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    JsonNode trail =
        api.as("admin", HttpMethod.GET, "/audit?subjectKind=feature&limit=2", null)
            .getBody()
            .path("items");
    assertThat(trail.findValuesAsText("action"))
        .containsExactly("feature.switched", "feature.switched");
    assertThat(trail.at("/0/changes")).hasSize(1);
    assertThat(trail.at("/0/changes/0/field").asText()).isEqualTo("mailbox");
  }

  @Test
  void onlyAdministratorsSwitchAndOldStatesAndUnknownFeaturesAreRefused() {
    assertThat(api.as("manager", HttpMethod.PUT, "/settings/features", Map.of()).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(
            api.as("admin", HttpMethod.PUT, "/settings/features", Map.of("version", 999))
                .getStatusCode())
        .isEqualTo(HttpStatus.CONFLICT);
    assertThat(set("teleporting", false).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
  }

  @Test
  void theStartOfAutomationsIsOffForPeopleAndPrograms() {
    set("starts", false);
    assertThat(
            api.as("admin", HttpMethod.POST, "/automations/999/start", Map.of("ref", "lead/1"))
                .getBody()
                .path("detail")
                .asText())
        .contains("switched off");
    assertThat(api.as("admin", HttpMethod.GET, "/automations", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    set("starts", true);
  }

  @Test
  void anotherNodesSwitchCountsWithinTwoSeconds() {
    assertThat(features.on(Feature.IMPORTS)).isTrue();
    transactions.executeWithoutResult(
        status ->
            jdbc.update(
                "update feature_switches set switched_off = 'imports', version = version + 1"));
    clock.advance(Duration.ofSeconds(2));
    assertThat(features.on(Feature.IMPORTS)).isFalse();
    set("imports", true);
    assertThat(features.on(Feature.IMPORTS)).isTrue();
  }

  @Test
  void aSwitchKeepsWhatAnotherNodeHasSwitchedBefore() {
    int version = features.state().version();
    transactions.executeWithoutResult(
        status ->
            jdbc.update(
                "update feature_switches set switched_off = 'imports', version = version + 1"));
    // This node still knows the version before; the client has read the other node's.
    JsonNode after =
        api.as(
                "admin",
                HttpMethod.PUT,
                "/settings/features",
                Map.of("version", version + 1, "features", Map.of("mailbox", false)))
            .getBody();
    assertThat(after.path("features").path("imports").asBoolean(true)).isFalse();
    assertThat(after.path("features").path("mailbox").asBoolean(true)).isFalse();
    set("imports", true);
    set("mailbox", true);
  }
}
