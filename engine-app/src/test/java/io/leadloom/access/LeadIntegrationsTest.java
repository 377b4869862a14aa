package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Leads that come in through integrations of lead sources: forms, chatbots, programs and Google Ads (LEAD-128). */
@LeadloomTest
@Tag("database")
class LeadIntegrationsTest {

  private static final String SETTINGS = "/settings/lead-integrations";
  private static final List<Map<String, String>> MAPPING =
      List.of(
          Map.of("outside", "surname", "field", "lastName"),
          Map.of("outside", "contact.mail", "field", "email"),
          Map.of("outside", "tel", "field", "phone"),
          Map.of("outside", "town", "field", "city"));

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private final String mark = "int" + UUID.randomUUID().toString().substring(0, 8);
  private People people;
  private Caller admin;
  private Doors doors;
  private long source;

  @BeforeEach
  void callers() {
    people = new People(http, staff);
    admin = people.admin();
    doors = new Doors(http);
    source = admin.post("/schema/sources", Map.of("label", "Fair " + mark)).is(201).id();
  }

  private JsonNode add(String kind, Object... more) {
    return admin.post(SETTINGS, asked(kind, more)).is(201).json();
  }

  private Map<String, Object> asked(String kind, Object... more) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("name", kind + " " + mark);
    asked.put("kind", kind);
    asked.put("source", source);
    asked.put("mapping", MAPPING);
    for (int i = 0; i < more.length; i += 2) {
      asked.put(more[i].toString(), more[i + 1]);
    }
    return asked;
  }

  private JsonNode now(JsonNode integration) {
    return admin.get(SETTINGS + "/" + integration.path("id").asLong()).is(200).json();
  }

  private JsonNode log(JsonNode integration) {
    return admin
        .get(SETTINGS + "/" + integration.path("id").asLong() + "/deliveries")
        .is(200)
        .json()
        .path("items");
  }

  private Caller.Answer again(JsonNode integration, long delivery) {
    return admin.post(
        SETTINGS + "/" + integration.path("id").asLong() + "/deliveries/" + delivery + "/again");
  }

  private JsonNode values(long lead) {
    return admin.get("/leads/" + lead).is(200).json().path("values");
  }

  private long found() {
    return admin
        .get("/leads?count=true&filter=lastName%20=%20%22" + mark + "%22")
        .is(200)
        .json()
        .path("total")
        .asLong();
  }

  private static String path(JsonNode integration) {
    return integration.path("path").asText();
  }

  private Map<String, Object> ann(Object... more) {
    Map<String, Object> ann = new LinkedHashMap<>();
    ann.put("surname", mark);
    ann.put("contact", Map.of("mail", mark + "@source.example"));
    for (int i = 0; i < more.length; i += 2) {
      ann.put(more[i].toString(), more[i + 1]);
    }
    return ann;
  }

  @Test
  void LEAD_128_aLeadCarriesTheSourceOfItsIntegrationAlsoAfterTheSourceIsRenamed() {
    Somebody owner = people.hire(null, Role.SALES);
    JsonNode api = add("api", "owner", owner.id());
    long lead =
        doors
            .json(path(api), ann("tel", "+49 30 9876543", "unknown", 7))
            .is(201)
            .json()
            .path("lead")
            .asLong();
    assertThat(values(lead).path("source").asText()).isEqualTo("Fair " + mark);
    assertThat(values(lead).path("phone").asText()).isEqualTo("+49309876543");
    assertThat(values(lead).path("owner").asLong()).isEqualTo(owner.id());
    assertThat(values(lead).path("incomplete").asBoolean()).isTrue();
    admin.patch("/schema/sources/" + source, Map.of("label", "Expo " + mark)).is(200);
    assertThat(now(api).at("/source/name").asText()).isEqualTo("Expo " + mark);
    long next =
        doors
            .json(path(api), Map.of("surname", mark, "tel", "+49301111111"))
            .is(201)
            .json()
            .path("lead")
            .asLong();
    assertThat(values(next).path("source").asText()).isEqualTo("Expo " + mark);
    JsonNode counts = now(api).path("counts");
    assertThat(counts.path("received").asInt()).isEqualTo(2);
    assertThat(counts.path("created").asInt()).isEqualTo(2);
    assertThat(admin.get("/leads/" + lead + "/timeline").is(200).text()).contains("api " + mark);
  }

  @Test
  void LEAD_141_aSourceThatAnIntegrationNamesNeedsAnotherInItsPlace() {
    JsonNode api = add("api");
    admin.delete("/schema/sources/" + source).is(409).says("replacement", "the id of the source");
    long other = admin.post("/schema/sources", Map.of("label", "Other " + mark)).is(201).id();
    admin.delete("/schema/sources/" + source + "?replacement=" + other).is(204);
    assertThat(now(api).at("/source/id").asLong()).isEqualTo(other);
    long lead = doors.json(path(api), ann()).is(201).json().path("lead").asLong();
    assertThat(values(lead).path("source").asText()).isEqualTo("Other " + mark);
  }

  @Test
  void theSameDeliveryTwiceMakesOneLead() {
    JsonNode api = add("api", "known", "create", "deliveryField", "nr");
    doors.json(path(api), ann(), "k-" + mark).is(201);
    JsonNode replay = doors.json(path(api), ann(), "k-" + mark).is(200).json();
    assertThat(replay.path("replayed").asBoolean()).isTrue();
    doors.json(path(api), ann("nr", "n-" + mark)).is(201);
    doors.json(path(api), ann("nr", "n-" + mark)).is(200);
    assertThat(found()).isEqualTo(2);
    // What was refused is taken when it comes again, mended.
    doors.json(path(api), Map.of("surname", mark), "m-" + mark).is(422);
    doors.json(path(api), ann(), "m-" + mark).is(201);
    assertThat(found()).isEqualTo(3);
    assertThat(log(api)).hasSize(3);
  }

  @Test
  void somebodyWithAnOpenLeadUpdatesItLeavesItOrGetsAnother() {
    JsonNode api = add("api");
    long lead = doors.json(path(api), ann("town", "Pune")).is(201).json().path("lead").asLong();
    JsonNode form = add("form", "known", "keep");
    JsonNode updated = doors.json(path(api), ann("town", "Delhi")).is(200).json();
    assertThat(updated.path("status").asText()).isEqualTo("updated");
    assertThat(updated.path("lead").asLong()).isEqualTo(lead);
    doors.json(path(form), ann("town", "Goa")).is(200);
    assertThat(values(lead).path("city").asText()).isEqualTo("Delhi");
    assertThat(now(form).at("/counts/unchanged").asInt()).isOne();
    assertThat(found()).isOne();
    // What visitors type fills what is empty, and replaces nothing.
    JsonNode site = add("chatbot");
    doors.json(path(site), ann("town", "Goa", "tel", "+49302222222")).is(200);
    assertThat(values(lead).path("city").asText()).isEqualTo("Delhi");
    assertThat(values(lead).path("phone").asText()).isEqualTo("+49302222222");
    admin.delete("/leads/" + lead).is(204);
    assertThat(doors.json(path(api), ann()).is(201).json().path("lead").asLong())
        .as("a lead in the trash is not open")
        .isNotEqualTo(lead);
  }

  @Test
  void whatIsRefusedIsKeptWithTheReasonAndTriedAgainWhenTheMappingIsMended() {
    JsonNode chatbot =
        add("chatbot", "mapping", List.of(Map.of("outside", "size", "field", "owner")));
    doors.json(path(chatbot), ann()).is(422).says("mapping", "a value under a name");
    doors.json(path(chatbot), ann("size", "nobody-here")).is(422).says("size", "login or id");
    assertThat(log(chatbot)).hasSize(2);
    assertThat(now(chatbot).at("/counts/refused").asInt()).isEqualTo(2);
    assertThat(now(chatbot).at("/counts/lastProblem").asText()).contains("nobody-here");
    long delivery = log(chatbot).get(1).path("id").asLong();
    assertThat(again(chatbot, delivery).is(200).json().path("state").asText()).isEqualTo("refused");
    JsonNode seen =
        admin
            .get(SETTINGS + "/suggestions?kind=chatbot&integration=" + chatbot.path("id").asLong())
            .is(200)
            .json()
            .path("items");
    assertThat(seen.findValuesAsText("outside")).contains("surname", "contact.mail");
    assertThat(seen.toString()).contains("\"outside\":\"surname\",\"field\":\"lastName\"");
    change(chatbot, 1, "mapping", MAPPING).is(200);
    JsonNode made = again(chatbot, delivery).is(200).json();
    assertThat(made.path("state").asText()).as(made.toString()).isEqualTo("created");
    again(chatbot, delivery).is(409);
    admin
        .post(SETTINGS + "/" + chatbot.path("id").asLong() + "/deliveries/again?state=refused")
        .is(202);
    await().untilAsserted(() -> assertThat(now(chatbot).at("/counts/refused").asInt()).isZero());
    assertThat(found()).isOne();
  }

  private Caller.Answer change(JsonNode integration, int version, Object... more) {
    Map<String, Object> asked = asked(integration.path("kind").asText(), more);
    asked.put("version", version);
    return admin.put(SETTINGS + "/" + integration.path("id").asLong(), asked);
  }

  @Test
  void whatComesWhileItIsPausedIsHeldAndNotLost() {
    JsonNode form = add("form", "active", false);
    doors.form(path(form), "surname=" + mark + "&contact.mail=" + mark + "%40held.example").is(202);
    assertThat(found()).isZero();
    long delivery = log(form).get(0).path("id").asLong();
    again(form, delivery).is(409).says("active", "active");
    change(form, 1, "active", true).is(200);
    change(form, 1, "active", true).is(409);
    assertThat(again(form, delivery).is(200).json().path("state").asText()).isEqualTo("created");
    assertThat(found()).isOne();
  }

  @Test
  void formsOfBrowsersSeeThanksOrAreSentOn() {
    JsonNode form = add("form");
    String body = "surname=" + mark + "&contact.mail=" + mark + "%40web.example&town=K%C3%B6ln";
    Map<String, String> browser = Map.of("Accept", "text/html,*/*;q=0.8");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(doors.post(path(form), Doors.FORM, bytes, browser).is(200).text())
        .contains("Thank you");
    change(form, 1, "thanks", "https://www.example.com/thanks").is(200);
    doors.post(path(form), Doors.FORM, bytes, browser).is(303);
    doors.post(path(form), Doors.FORM, "x=1".getBytes(StandardCharsets.UTF_8), browser).is(422);
    assertThat(admin.get("/leads?filter=lastName%20=%20%22" + mark + "%22").is(200).text())
        .contains("Köln");
    assertThat(doors.form(path(form), body).is(200).text()).doesNotContain("\"lead\"");
  }

  @Test
  void whatCannotBeReadIsRefusedByNameAndWhatIsTooLargeIsNotTaken() {
    JsonNode api = add("api");
    String path = path(api);
    doors.json(path, "{\"surname\": ").is(400).says("body", "JSON");
    doors.json(path, "[1, 2]").is(400).says("body", "a JSON object");
    byte[] latin = "{\"surname\": \"Kölner\"}".getBytes(StandardCharsets.ISO_8859_1);
    doors.post(path, Doors.JSON, latin, Map.of()).is(400).says("body", "UTF-8");
    doors.form(path, "surname=%zz").is(400).says("body", "hexadecimal");
    doors.form(path, "surname=%F6").is(400).says("body", "UTF-8");
    assertThat(log(api)).hasSize(5);
    assertThat(log(api).get(0).path("raw").asText()).isEqualTo("surname=%F6");
    again(api, log(api).get(0).path("id").asLong()).is(409);
    byte[] latinForm =
        ("surname=" + mark + "&tel=%2B493022222&town=K%F6ln").getBytes(StandardCharsets.US_ASCII);
    doors.post(path, Doors.FORM + "; charset=ISO-8859-1", latinForm, Map.of()).is(201);
    doors.post(path, "text/plain", latin, Map.of()).is(415).says("Content-Type", "json");
    doors.post(path, null, latin, Map.of()).is(415);
    doors.json(path, Map.of("surname", "x".repeat(300_000))).is(413).says("body", "262144");
    assertThat(log(api)).as("neither is kept").hasSize(6);
    assertThat(now(api).at("/counts/lastProblem").asText()).contains("262144");
    doors.json("/hooks/leads/" + "x".repeat(43), ann()).is(404);
    doors.get(path + "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x").is(404);
  }

  @Test
  void LEAD_128_googleAdsSendsItsKeyAndItsTestsMakeNoLead() {
    JsonNode google =
        add(
            "google-ads",
            "mapping",
            List.of(
                Map.of("outside", "FULL_NAME", "field", "lastName"),
                Map.of("outside", "EMAIL", "field", "email"),
                Map.of("outside", "campaign_id", "field", "city")));
    String key = google.path("key").asText();
    assertThat(key).hasSizeGreaterThan(20);
    Map<String, Object> sent = new LinkedHashMap<>();
    sent.put("lead_id", "TeSter-123-" + mark);
    sent.put("api_version", "1.0");
    sent.put("form_id", 40000000000L);
    sent.put("campaign_id", 123456789012L);
    sent.put("google_key", key);
    sent.put("is_test", true);
    sent.put(
        "user_column_data",
        List.of(
            Map.of("column_id", "FULL_NAME", "column_name", "Full name", "string_value", mark),
            Map.of("column_id", "EMAIL", "string_value", mark + "@ads.example")));
    assertThat(doors.json(path(google), sent).is(200).json().path("status").asText())
        .isEqualTo("test");
    assertThat(found()).isZero();
    sent.put("is_test", false);
    doors.json(path(google), sent).is(200);
    doors.json(path(google), sent).is(200);
    assertThat(found()).isOne();
    sent.put("google_key", key + "x");
    doors.json(path(google), sent).is(403).says("google_key", "the key");
    JsonNode after = now(google);
    assertThat(after.at("/counts/tests").asInt()).isOne();
    assertThat(after.at("/counts/created").asInt()).isOne();
    assertThat(after.at("/counts/lastProblem").asText()).contains("google_key");
    assertThat(log(google).toString()).doesNotContain(key);
    assertThat(log(google).get(0).at("/values/campaign_id").asText()).isEqualTo("123456789012");
  }

  @Test
  void anAddressIsRenewedWithConfirmationOfItsVersionAndTheOldOneLetsNobodyIn() {
    JsonNode api = add("api");
    String renew = SETTINGS + "/" + api.path("id").asLong() + "/address";
    admin.post(renew, Map.of("version", 9)).is(409);
    JsonNode after = admin.post(renew, Map.of("version", 1)).is(200).json();
    doors.json(path(api), ann()).is(404);
    doors.json(path(after), ann()).is(201);
    Somebody sales = people.hire(null, Role.SALES);
    sales.api().get(SETTINGS).is(403);
    admin.delete(SETTINGS + "/" + api.path("id").asLong()).is(204);
    doors.json(path(after), ann()).is(404);
    assertThat(found()).as("the leads stay").isOne();
  }

  @Test
  void whatAnIntegrationCannotBeIsRefusedByField() {
    admin.post(SETTINGS, asked("carrier-pigeon")).is(422).says("kind", "google-ads");
    admin.post(SETTINGS, asked("api", "source", 1)).is(422).says("source", "a source of leads");
    admin.post(SETTINGS, asked("api", "owner", 999_999)).is(422).says("owner", "active user");
    admin.post(SETTINGS, asked("api", "thanks", "https://a.example")).is(422).says("thanks", "");
    admin.post(SETTINGS, asked("form", "thanks", "javascript:1")).is(422).says("thanks", "https");
    admin.post(SETTINGS, asked("api", "appSecret", "x")).is(422).says("appSecret", "Facebook");
    admin
        .post(
            SETTINGS,
            asked(
                "api",
                "mapping",
                List.of(
                    Map.of("outside", "a", "field", "source"),
                    Map.of("outside", "a", "field", "score"))))
        .is(422)
        .says("mapping[0].field", "leads carry the source")
        .says("mapping[1].outside", "once")
        .says("mapping[1].field", "can be written");
    add("api");
    admin.post(SETTINGS, asked("api")).is(409).says("name", "no other");
    admin.post(SETTINGS + "/999999/address", Map.of("version", 1)).is(404);
  }

  @Test
  void LEAD_112_whatALeadWasMadeOfGoesWithIt() {
    JsonNode api = add("api");
    long lead = doors.json(path(api), ann()).is(201).json().path("lead").asLong();
    admin.delete("/leads/" + lead).is(204);
    admin
        .post(
            "/leads/bulk-actions",
            Map.of(
                "operation",
                "erase",
                "name",
                "Erase for good",
                "ids",
                List.of(lead),
                "settings",
                Map.of("confirm", "DELETE")))
        .is(202);
    await().untilAsserted(() -> assertThat(log(api)).isEmpty());
  }
}
