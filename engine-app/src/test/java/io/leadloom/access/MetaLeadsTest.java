package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.simulators.meta.MetaSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leads of Facebook and Instagram (LEAD-128), against a stand-in of Meta. */
class MetaLeadsTest extends InCalendars {

  private static final String SETTINGS = "/settings/lead-integrations";

  private final String mark = "meta" + UUID.randomUUID().toString().substring(0, 8);
  private final String first =
      Long.toString(ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE - 10));
  private final String page =
      Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50));
  private Doors doors;
  private JsonNode facebook;

  @BeforeEach
  void anIntegration() {
    doors = new Doors(http);
    facebook = add("facebook");
  }

  @AfterEach
  void metaIsUpAndNothingWasWrong() {
    META.down(false);
    assertThat(META.offences()).isEmpty();
    for (JsonNode one : admin.get(SETTINGS).is(200).json().path("items")) {
      admin.delete(SETTINGS + "/" + one.path("id").asLong());
    }
  }

  private JsonNode add(String kind) {
    long source = admin.post("/schema/sources", Map.of("label", kind + " " + mark)).is(201).id();
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("name", kind + " " + mark);
    asked.put("kind", kind);
    asked.put("source", source);
    asked.put("page", page);
    asked.put("appSecret", MetaSimulator.APP_SECRET);
    asked.put("pageToken", MetaSimulator.PAGE_TOKEN);
    asked.put(
        "mapping",
        List.of(
            Map.of("outside", "full_name", "field", "lastName"),
            Map.of("outside", "email", "field", "email")));
    return admin.post(SETTINGS, asked).is(201).json();
  }

  private void fill(String lead, String platform) {
    META.fill(lead, platform, Map.of("full_name", mark, "email", lead + "@" + mark + ".example"));
  }

  private Caller.Answer deliver(String body, String secret) {
    return doors.post(
        facebook.path("path").asText(),
        Doors.JSON,
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("X-Hub-Signature-256", MetaSimulator.signature(body, secret)));
  }

  private JsonNode items() {
    return admin
        .get("/leads?filter=lastName%20=%20%22" + mark + "%22")
        .is(200)
        .json()
        .path("items");
  }

  private JsonNode one(JsonNode integration) {
    return admin.get(SETTINGS + "/" + integration.path("id").asLong()).is(200).json();
  }

  private static void soon(org.awaitility.core.ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(check);
  }

  @Test
  void LEAD_128_leadsOfFacebookAndInstagramEachCarryTheirOwnSourceOnce() {
    add("instagram");
    String second = Long.toString(Long.parseLong(first) + 1);
    fill(first, "fb");
    fill(second, "ig");
    String body = MetaSimulator.delivery(page, first, second);
    deliver(body, MetaSimulator.APP_SECRET).is(200);
    deliver(body, MetaSimulator.APP_SECRET).is(200);
    soon(() -> assertThat(items()).hasSize(2));
    assertThat(items().findValuesAsText("source"))
        .containsExactlyInAnyOrder("facebook " + mark, "instagram " + mark);
    assertThat(one(facebook).at("/counts/created").asInt()).isOne();
    assertThat(one(facebook).toString())
        .doesNotContain(MetaSimulator.APP_SECRET)
        .doesNotContain(MetaSimulator.PAGE_TOKEN);
  }

  @Test
  void LEAD_128_leadsFromBeforeAreFetchedPageByPageOnceAndCarryTheirOwnSource() {
    add("instagram");
    META.page(page, page + "1", page + "2", page + "3");
    Instant now = Instant.now();
    for (int i = 0; i < 5; i++) {
      before(i, i == 4 ? "ig" : "fb", page + "1", now.minus(Duration.ofDays(3)));
    }
    before(5, "fb", page + "3", now.minus(Duration.ofDays(1)));
    before(6, "fb", page + "3", now.minus(Duration.ofDays(40)));
    // One of them has come in already.
    deliver(MetaSimulator.delivery(page, id(0)), MetaSimulator.APP_SECRET).is(200);
    soon(() -> assertThat(items()).hasSize(1));
    String at = SETTINGS + "/" + facebook.path("id").asLong() + "/earlier-leads";
    Map<String, Object> since =
        Map.of("since", LocalDate.now(ZoneOffset.UTC).minusDays(10).toString());
    admin.post(at, since).is(202);
    soon(() -> assertThat(one(facebook).at("/earlier/state").asText()).isEqualTo("done"));
    JsonNode earlier = one(facebook).path("earlier");
    assertThat(earlier.path("forms").asInt()).isEqualTo(3);
    assertThat(earlier.path("form").asInt()).isEqualTo(3);
    assertThat(earlier.path("found").asInt()).isEqualTo(6);
    assertThat(earlier.path("taken").asInt()).isEqualTo(5);
    assertThat(items()).hasSize(6);
    assertThat(items().findValuesAsText("source")).contains("instagram " + mark);
    // Once more finds what was found, and takes nothing.
    admin.post(at, since).is(202);
    soon(() -> assertThat(one(facebook).at("/earlier/state").asText()).isEqualTo("done"));
    assertThat(one(facebook).at("/earlier/taken").asInt()).isZero();
    assertThat(items()).hasSize(6);
  }

  @Test
  void fetchingEarlierLeadsWaitsForMetaIsCancelledAndSaysWhatIsWrong() {
    String at = SETTINGS + "/" + facebook.path("id").asLong() + "/earlier-leads";
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    for (String wrong :
        List.of("2020-01-01", LocalDate.now(ZoneOffset.UTC).plusDays(3).toString())) {
      admin.post(at, Map.of("since", wrong)).is(422).says("since", "Meta keeps leads for 90 days");
    }
    admin.post(at, Map.of()).is(422).says("since", "90 days");
    META.down(true);
    admin.post(at, Map.of("since", today)).is(202);
    soon(() -> assertThat(one(facebook).at("/earlier/problem").asText()).contains("503"));
    admin.post(at, Map.of("since", today)).is(409).says("since", "done or cancelled");
    assertThat(admin.post(at + "/cancel").is(200).json().at("/earlier/state").asText())
        .isEqualTo("cancelled");
    META.down(false);
    // The page is not known there.
    admin.post(at, Map.of("since", today)).is(202);
    soon(() -> assertThat(one(facebook).at("/earlier/state").asText()).isEqualTo("failed"));
    assertThat(one(facebook).at("/earlier/problem").asText()).contains("does not exist");
    long source = admin.post("/schema/sources", Map.of("label", "Form " + mark)).is(201).id();
    long form =
        admin
            .post(SETTINGS, Map.of("name", "form " + mark, "kind", "form", "source", source))
            .is(201)
            .id();
    admin
        .post(SETTINGS + "/" + form + "/earlier-leads", Map.of("since", today))
        .is(422)
        .says("kind", "facebook or instagram");
    admin.post(SETTINGS + "/999999/earlier-leads", Map.of("since", today)).is(404);
    admin.post(SETTINGS + "/999999/earlier-leads/cancel").is(404);
  }

  private String id(int number) {
    return Long.toString(Long.parseLong(first) - number);
  }

  private void before(int number, String platform, String form, Instant at) {
    META.fill(
        id(number),
        platform,
        form,
        at,
        Map.of("full_name", mark, "email", id(number) + "@" + mark + ".example"));
  }

  @Test
  void metaAsksForTheAddressWithTheVerifyToken() {
    String asks = facebook.path("path").asText() + "?hub.mode=subscribe&hub.challenge=4711";
    String key = facebook.path("key").asText();
    assertThat(doors.get(asks + "&hub.verify_token=" + key).is(200).text()).isEqualTo("4711");
    doors.get(asks + "&hub.verify_token=other").is(403);
  }

  @Test
  void whatMetaHasNotSignedIsRefusedAndOtherPagesAreLeftOut() {
    fill(first, "fb");
    deliver(MetaSimulator.delivery(page, first), "another secret")
        .is(403)
        .says("X-Hub-Signature-256", "HMAC-SHA256");
    doors.json(facebook.path("path").asText(), MetaSimulator.delivery(page, first)).is(403);
    deliver(MetaSimulator.delivery("1", first), MetaSimulator.APP_SECRET).is(200);
    deliver("{\"object\":\"page\",\"entry\":[]}", MetaSimulator.APP_SECRET).is(200);
    assertThat(one(facebook).at("/counts/received").asInt()).isZero();
    assertThat(one(facebook).at("/counts/lastProblem").asText()).contains("page 1");
  }

  @Test
  void aLeadIsFetchedWhenMetaIsUpAgainAndWhatItDoesNotGiveOutIsShown() {
    META.down(true);
    fill(first, "fb");
    deliver(MetaSimulator.delivery(page, first), MetaSimulator.APP_SECRET).is(200);
    soon(() -> assertThat(one(facebook).at("/counts/lastProblem").asText()).contains("503"));
    assertThat(one(facebook).at("/counts/waiting").asInt()).isOne();
    META.down(false);
    soon(() -> assertThat(items()).hasSize(1));
    String gone = Long.toString(Long.parseLong(first) + 2);
    deliver(MetaSimulator.delivery(page, gone), MetaSimulator.APP_SECRET).is(200);
    soon(() -> assertThat(one(facebook).at("/counts/refused").asInt()).isOne());
    fill(gone, "fb");
    String log = SETTINGS + "/" + facebook.path("id").asLong() + "/deliveries";
    JsonNode refused = admin.get(log + "?state=refused").is(200).json().path("items").get(0);
    assertThat(refused.toString()).contains("does not exist");
    admin.post(log + "/" + refused.path("id").asLong() + "/again").is(200);
    soon(() -> assertThat(items()).hasSize(2));
  }
}
