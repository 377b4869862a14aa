package io.leadloom.connection.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.jayway.jsonpath.JsonPath;
import io.leadloom.connection.Deliveries;
import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.simulators.webhook.Behaviour;
import io.leadloom.simulators.webhook.Received;
import io.leadloom.simulators.webhook.WebhookReceiver;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest(
    properties = {
      "leadloom.test.database=connection-api",
      "leadloom.webhooks.protection=false",
      "leadloom.deliveries.first-retry=100ms",
      "leadloom.deliveries.poll=20ms",
      "leadloom.secret-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    })
class ConnectionApiTest {

  private static final String PASSWORD = "mail-password-that-must-not-show";

  @Autowired MockMvc http;
  @Autowired Deliveries deliveries;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcTemplate jdbc;

  private String login = "admin";
  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    write("delete from connector_setting");
  }

  @Test
  void the_mail_server_is_set_up_tested_and_used_and_its_password_never_comes_back()
      throws Exception {
    server.setUser("crm@leadloom.example", "crm", PASSWORD);
    call(get("/api/v1/settings/mail"), null).andExpect(jsonPath("$.configured").value(false));
    call(post("/api/v1/settings/mail/test"), "{\"to\":\"asha@example.com\"}")
        .andExpect(jsonPath("$.way").value("mailbox"));

    call(put("/api/v1/settings/mail"), settings("127.0.0.1", PASSWORD))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.passwordSet").value(true))
        .andExpect(jsonPath("$.host").value("127.0.0.1"))
        .andExpect(content().string(not(containsString(PASSWORD))));
    call(get("/api/v1/settings/mail"), null)
        .andExpect(content().string(not(containsString(PASSWORD))));
    byte[] sealed = jdbc.queryForObject("select sealed from connector_setting", byte[].class);
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(PASSWORD);

    call(post("/api/v1/settings/mail/test"), "{\"to\":\"asha@example.com\"}")
        .andExpect(jsonPath("$.delivered").value(true));
    assertThat(server.getReceivedMessages()).hasSize(1);

    // Without a password the stored one stays, and goes to no other server.
    call(put("/api/v1/settings/mail"), settings("127.0.0.1", null)).andExpect(status().isOk());
    assertThat(refusal(put("/api/v1/settings/mail"), settings("evil.example", null)))
        .contains("password");
    // Nor is it sent less well protected than when it was entered.
    String otherwise = settings("127.0.0.1", null).replace("\"none\"", "\"tls\"");
    assertThat(refusal(put("/api/v1/settings/mail"), otherwise)).contains("password");

    String key = enqueue(Channel.EMAIL, "ravi@example.com", "{\"subject\":\"S\",\"text\":\"T\"}");
    until(() -> server.getReceivedMessages().length == 2);
    until(() -> "delivered".equals(find(key, "status")));

    call(delete("/api/v1/settings/mail"), null).andExpect(status().isNoContent());
    call(get("/api/v1/settings/mail"), null).andExpect(jsonPath("$.configured").value(false));
  }

  @Test
  void mail_settings_that_cannot_be_right_are_refused() throws Exception {
    assertThat(refusal(put("/api/v1/settings/mail"), "{\"host\":\"\",\"port\":99999}"))
        .isNotEmpty();
    assertThat(refusal(put("/api/v1/settings/mail"), "{\"hots\":\"x\"}")).contains("hots");
    assertThat(refusal(put("/api/v1/settings/mail"), "[1]")).isNotEmpty();
  }

  @Test
  void secrets_are_written_and_listed_but_never_read() throws Exception {
    String value = "a-value-of-some-length";
    call(put("/api/v1/settings/webhook-secrets/crm"), "{\"value\":\"" + value + "\"}")
        .andExpect(status().isNoContent());
    call(get("/api/v1/settings/webhook-secrets"), null)
        .andExpect(jsonPath("$[0].name").value("crm"))
        .andExpect(content().string(not(containsString(value))));
    assertThat(refusal(put("/api/v1/settings/webhook-secrets/short"), "{\"value\":\"x\"}"))
        .contains("16");
    call(delete("/api/v1/settings/webhook-secrets/crm"), null).andExpect(status().isNoContent());
    assertThat(refusal(delete("/api/v1/settings/webhook-secrets/crm"), null)).contains("crm");
  }

  @Test
  void only_administrators_change_settings_and_deliveries() throws Exception {
    login = "sales";
    for (MockHttpServletRequestBuilder request :
        List.of(
            get("/api/v1/settings/mail"),
            get("/api/v1/settings/webhook-secrets"),
            get("/api/v1/connectors"),
            get("/api/v1/deliveries"),
            get("/api/v1/mailbox"),
            post("/api/v1/deliveries/1/replay"),
            post("/api/v1/deliveries/1/cancel"),
            delete("/api/v1/settings/webhook-secrets/crm"))) {
      assertThat(refusal(request, null)).contains("administrators");
    }
  }

  @Test
  void a_dead_letter_is_found_and_replayed_and_a_waiting_delivery_is_cancelled() throws Exception {
    String dead = enqueue(Channel.SMS, "12", "{\"text\":\"T\"}");
    until(() -> "failed".equals(find(dead, "status")));
    call(
            get("/api/v1/deliveries")
                .param("status", "failed")
                .param("channel", "sms")
                .param("root", "lead/42"),
            null)
        .andExpect(jsonPath("$.items[0].key").value(dead))
        .andExpect(jsonPath("$.items[0].error").value(containsString("phone number")));
    write("update delivery set recipient = '+919876543210' where recipient = '12'");
    call(post("/api/v1/deliveries/" + find(dead, "id") + "/replay"), null)
        .andExpect(status().isOk());
    until(() -> "delivered".equals(find(dead, "status")));
    assertThat(refusal(post("/api/v1/deliveries/" + find(dead, "id") + "/replay"), null))
        .contains("delivered");

    String later = "later:" + UUID.randomUUID();
    transaction.executeWithoutResult(
        status ->
            deliveries.enqueue(
                List.of(
                    new Deliveries.Request(
                        later,
                        Channel.SMS,
                        RecordRef.lead(42),
                        "+919876543210",
                        "{\"text\":\"T\"}",
                        3,
                        java.time.Instant.now().plusSeconds(3_600),
                        true,
                        Cause.user(1)))));
    call(post("/api/v1/deliveries/" + find(later, "id") + "/cancel"), null)
        .andExpect(jsonPath("$.status").value("cancelled"));
    assertThat(refusal(post("/api/v1/deliveries/" + find(later, "id") + "/cancel"), null))
        .contains("cancelled");
    call(get("/api/v1/deliveries/queue"), null).andExpect(jsonPath("$.pending").isNumber());
  }

  @Test
  void a_webhook_that_failed_for_good_is_delivered_once_by_its_replay() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      receiver.next("/", Behaviour.answer(500, "{}"), Behaviour.answer(500, "{}"));
      String key = enqueue(Channel.WEBHOOK, receiver.url("/"), "{\"lead\":42}");
      until(() -> "failed".equals(find(key, "status")));
      assertThat(receiver.received()).hasSize(2);

      call(post("/api/v1/deliveries/" + find(key, "id") + "/replay"), null)
          .andExpect(status().isOk());
      until(() -> "delivered".equals(find(key, "status")));
      assertThat(refusal(post("/api/v1/deliveries/" + find(key, "id") + "/replay"), null))
          .contains("delivered");
      assertThat(receiver.received()).hasSize(3).allMatch(request -> request.key().equals(key));
      assertThat(receiver.received().stream().map(Received::body).distinct()).hasSize(1);
      assertThat(receiver.offences()).isEmpty();
    }
  }

  @Test
  void lists_are_paged_and_bad_parameters_named() throws Exception {
    for (int i = 0; i < 5; i++) {
      enqueue(Channel.SMS, "+919876543210", "{\"text\":\"T\"}");
    }
    String first =
        call(get("/api/v1/deliveries").param("limit", "2"), null)
            .andReturn()
            .getResponse()
            .getContentAsString();
    assertThat(JsonPath.<List<Object>>read(first, "$.items")).hasSize(2);
    String next = JsonPath.read(first, "$.next");
    call(get("/api/v1/deliveries").param("limit", "2").param("cursor", next), null)
        .andExpect(jsonPath("$.items.length()").value(2));
    assertThat(refusal(get("/api/v1/deliveries").param("limit", "0"), null)).contains("limit");
    assertThat(refusal(get("/api/v1/deliveries").param("status", "lost"), null)).contains("lost");
    assertThat(refusal(get("/api/v1/deliveries").param("root", "lead"), null)).contains("lead/42");
    assertThat(refusal(get("/api/v1/deliveries").param("cursor", "x"), null)).contains("cursor");
    assertThat(refusal(get("/api/v1/deliveries/999999999"), null)).contains("999999999");
  }

  @Test
  void the_mailbox_is_searched_and_its_html_is_harmless() throws Exception {
    String word = "w" + UUID.randomUUID().toString().replace("-", "");
    String html =
        "<p onclick='x()'>Hello <b>Asha</b><script>alert(1)</script><iframe src='http://x'></iframe>"
            + "<a href='javascript:alert(1)'>bad</a> <a href='https://leadloom.example'>good</a></p>";
    String key =
        enqueue(
            Channel.EMAIL,
            "asha@example.com",
            "{\"subject\":\"" + word + "\",\"html\":\"" + html + "\"}");
    until(() -> "delivered".equals(find(key, "status")));
    String found =
        call(
                get("/api/v1/mailbox")
                    .param("search", word.substring(3).toUpperCase(java.util.Locale.ROOT)),
                null)
            .andExpect(jsonPath("$.items.length()").value(1))
            .andReturn()
            .getResponse()
            .getContentAsString();
    Number id = JsonPath.read(found, "$.items[0].id");
    call(get("/api/v1/mailbox/" + id), null)
        .andExpect(jsonPath("$.html").value(containsString("<b>Asha</b>")))
        .andExpect(jsonPath("$.html").value(containsString("https://leadloom.example")))
        .andExpect(jsonPath("$.html").value(not(containsString("script"))))
        .andExpect(jsonPath("$.html").value(not(containsString("onclick"))))
        .andExpect(jsonPath("$.html").value(not(containsString("iframe"))));
    call(get("/api/v1/mailbox").param("search", "100%"), null)
        .andExpect(jsonPath("$.items.length()").value(0));
  }

  @Test
  void every_connector_describes_its_settings_form() throws Exception {
    call(get("/api/v1/connectors"), null)
        .andExpect(jsonPath("$.length()").value(3))
        .andExpect(jsonPath("$[?(@.id=='mail')].fields[?(@.key=='password')].secret").value(true));
  }

  private void write(String sql) {
    transaction.executeWithoutResult(status -> jdbc.update(sql));
  }

  private String settings(String host, String password) {
    return "{\"host\":\""
        + host
        + "\",\"port\":"
        + server.getSmtp().getPort()
        + ",\"security\":\"none\",\"username\":\"crm\",\"from\":\"crm@leadloom.example\""
        + (password == null ? "" : ",\"password\":\"" + password + "\"")
        + "}";
  }

  private String enqueue(Channel channel, String to, String body) {
    String key = "api:" + UUID.randomUUID();
    transaction.executeWithoutResult(
        status ->
            deliveries.enqueue(
                List.of(
                    new Deliveries.Request(
                        key,
                        channel,
                        RecordRef.lead(42),
                        to,
                        body,
                        2,
                        null,
                        false,
                        Cause.user(1)))));
    return key;
  }

  private String find(String key, String field) throws Exception {
    String page =
        call(get("/api/v1/deliveries").param("limit", "200"), null)
            .andReturn()
            .getResponse()
            .getContentAsString();
    return JsonPath.<List<Object>>read(page, "$.items[?(@.key=='" + key + "')]." + field)
        .get(0)
        .toString();
  }

  private org.springframework.test.web.servlet.ResultActions call(
      MockHttpServletRequestBuilder request, String body) throws Exception {
    if (body != null) {
      request.contentType(MediaType.APPLICATION_JSON).content(body);
    }
    return http.perform(request.with(httpBasic(login, "leadloom")));
  }

  /** The words of a refusal, wherever the problem document stands. */
  private String refusal(MockHttpServletRequestBuilder request, String body) {
    try {
      org.springframework.test.web.servlet.MvcResult result = call(request, body).andReturn();
      assertThat(result.getResponse().getStatus()).isBetween(400, 499);
      return result.getResponse().getContentAsString();
    } catch (Exception e) {
      Throwable cause = e.getCause();
      assertThat(cause).isInstanceOf(io.leadloom.platform.RefusedException.class);
      return cause.getMessage() + ((io.leadloom.platform.RefusedException) cause).violations();
    }
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(condition);
  }
}
