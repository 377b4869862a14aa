package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Messages that people send to single leads and contacts. */
@LeadloomTest
class MessagesTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private final String mark = UUID.randomUUID().toString();
  private Caller admin;
  private Somebody ravi;
  private Somebody mia;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    ravi = people.hire(null, Role.SALES);
    mia = people.hire(null, Role.SALES);
  }

  private Map<String, Object> person() {
    return Map.of(
        "firstName", "Ann", "lastName", mark, "email", mark + "@x.test", "phone", phone());
  }

  private String phone() {
    return "+4930" + Math.abs(mark.hashCode() % 90_000_000 + 10_000_000);
  }

  private JsonNode sent(Caller by, String of) {
    return by.get(of + "/messages").is(200).json().path("items");
  }

  @Test
  void LEAD_102_LEAD_103_aMessageOfEachChannelIsSentAndStandsAmongThoseOfTheLead() {
    long lead = ravi.api().make("leads", person());
    String of = "/leads/" + lead;
    ravi.api()
        .post(
            of + "/messages",
            Map.of(
                "channel",
                "email",
                "subject",
                "For {{lead.firstName}}",
                "text",
                "Dear {{lead.firstName}}"))
        .is(202);
    ravi.api()
        .post(of + "/messages", Map.of("channel", "sms", "text", "Hi {{lead.firstName}}"))
        .is(202);
    ravi.api().post(of + "/messages", Map.of("channel", "whatsapp", "text", "Hi")).is(202);
    await()
        .untilAsserted(
            () ->
                assertThat(sent(ravi.api(), of).findValuesAsText("status"))
                    .containsExactly("delivered", "delivered", "delivered"));
    JsonNode listed = sent(ravi.api(), of);
    assertThat(listed.findValuesAsText("channel")).containsExactly("whatsapp", "sms", "email");
    assertThat(listed.get(2).path("subject").asText()).isEqualTo("For Ann");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ravi.api()
                            .get(of + "/timeline?kinds=messages")
                            .is(200)
                            .json()
                            .path("items"))
                    .hasSize(3));
  }

  @Test
  void ENG_092_aContactGetsThemTooWithTheSignatureOfWhoeverSends() {
    long contact = ravi.api().make("contacts", person());
    String of = "/contacts/" + contact;
    ravi.api().put("/profile/signature", Map.of("html", "<p>Kind regards, Ravi</p>"));
    JsonNode shown =
        ravi.api()
            .post(
                of + "/messages/preview",
                Map.of(
                    "channel", "email", "subject", "Hello {{contact.firstName}}", "text", "Words"))
            .is(200)
            .json();
    assertThat(shown.path("to").asText()).isEqualTo(mark + "@x.test");
    assertThat(shown.path("subject").asText()).isEqualTo("Hello Ann");
    assertThat(shown.path("text").asText()).startsWith("Words");
    assertThat(sent(ravi.api(), of)).as("nothing is sent by looking").isEmpty();
    ravi.api().post(of + "/messages", Map.of("channel", "sms", "text", "Hi")).is(202);
    await()
        .untilAsserted(
            () ->
                assertThat(sent(ravi.api(), of).findValuesAsText("status"))
                    .containsExactly("delivered"));
    assertThat(sent(ravi.api(), of).get(0).path("to").asText()).isEqualTo(phone());
  }

  @Test
  void LEAD_102_whoWantsNoMessagesGetsNoneAndTheSenderReadsWhy() {
    long lead = ravi.api().make("leads", person());
    String of = "/leads/" + lead;
    ravi.api().patch(of, Map.of("values", Map.of("doNotEmail", true, "doNotText", true))).is(200);
    Map<String, Object> mail = Map.of("channel", "email", "subject", "S", "text", "T");
    assertThat(ravi.api().post(of + "/messages", mail).is(422).says("to", "wants to be").text())
        .contains("asked not to be mailed");
    for (String channel : List.of("sms", "whatsapp")) {
      assertThat(
              ravi.api()
                  .post(of + "/messages", Map.of("channel", channel, "text", "T"))
                  .is(422)
                  .text())
          .contains("asked not to be texted");
    }
    assertThat(
            ravi.api().post(of + "/messages/preview", mail).is(200).json().path("refusal").asText())
        .contains("asked not to be mailed");
    long known = ravi.api().make("contacts", Map.of("lastName", mark));
    long nowhere = ravi.api().make("leads", Map.of("lastName", mark, "contact", known));
    assertThat(ravi.api().post("/leads/" + nowhere + "/messages", mail).is(422).text())
        .contains("no e-mail address");
    assertThat(sent(ravi.api(), of)).isEmpty();
  }

  @Test
  void LEAD_102_theContactOfALeadRefusesForTheLeadAlsoOutOfTheSendersReach() {
    long contact = admin.make("contacts", Map.of("lastName", mark, "doNotText", true));
    long lead =
        admin.make(
            "leads",
            Map.of("lastName", mark, "phone", phone(), "contact", contact, "owner", ravi.id()));
    assertThat(
            ravi.api()
                .post("/leads/" + lead + "/messages", Map.of("channel", "sms", "text", "T"))
                .is(422)
                .text())
        .contains("asked not to be texted");
  }

  @Test
  void LEAD_102_whatIsMissingOrOutOfReachIsRefused() {
    long lead = ravi.api().make("leads", person());
    String of = "/leads/" + lead;
    ravi.api()
        .post(of + "/messages", Map.of("channel", "pigeon", "text", "T"))
        .is(422)
        .says("channel", "sms");
    ravi.api()
        .post(of + "/messages", Map.of("channel", "email", "text", "T"))
        .is(422)
        .says("subject", "");
    ravi.api()
        .post(of + "/messages", Map.of("channel", "sms", "text", "{{lead.secret}}"))
        .is(422)
        .says("text", "merge field");
    mia.api().post(of + "/messages", Map.of("channel", "sms", "text", "T")).is(404);
    mia.api().post(of + "/messages/preview", Map.of("channel", "sms", "text", "T")).is(404);
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("sections", Map.of("lead", Map.of("edit", "none")))))
        .is(200);
    ravi.api().post(of + "/messages", Map.of("channel", "sms", "text", "T")).is(403);
    admin
        .put(
            "/users/" + ravi.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", Map.of("phone", "hidden")))))
        .is(200);
    assertThat(
            ravi.api()
                .post(of + "/messages/preview", Map.of("channel", "sms", "text", "T"))
                .is(200)
                .text())
        .as("no hidden number in what is shown")
        .doesNotContain(phone().substring(5));
  }

  @Test
  void LEAD_102_aDoubleClickAndAReplaySendOnce() throws Exception {
    long lead = ravi.api().make("leads", person());
    String key = UUID.randomUUID().toString();
    String body =
        new ObjectMapper().writeValueAsString(Map.of("channel", "sms", "text", "Only once"));
    for (int i = 0; i < 2; i++) {
      int status =
          http.perform(
                  MockMvcRequestBuilders.post("/api/v1/leads/" + lead + "/messages")
                      .with(httpBasic(ravi.api().login(), ravi.api().password()))
                      .header("Idempotency-Key", key)
                      .contentType(MediaType.APPLICATION_JSON)
                      .content(body))
              .andReturn()
              .getResponse()
              .getStatus();
      assertThat(status).isEqualTo(202);
    }
    assertThat(sent(ravi.api(), "/leads/" + lead)).hasSize(1);
  }

  @Test
  void LEAD_102_eachChannelSaysWhetherItCanBeUsed() {
    JsonNode channels = ravi.api().get("/message-channels").is(200).json();
    assertThat(channels.findValuesAsText("channel")).containsExactly("email", "sms", "whatsapp");
    assertThat(channels.findValuesAsText("ready")).containsExactly("true", "true", "true");
  }
}
