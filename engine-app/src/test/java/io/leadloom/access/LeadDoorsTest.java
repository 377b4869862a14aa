package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * Who may bring leads and how often, one person through several integrations at once, and what came in about somebody who is
 * erased (LEAD-128, LEAD-112, ENG-222).
 */
@LeadloomTest
@Tag("database")
class LeadDoorsTest {

  private static final String SETTINGS = "/settings/lead-integrations";
  private static final String SITE = "https://www.example.com";

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private final String mark = "door" + UUID.randomUUID().toString().substring(0, 8);
  private final String mail = mark + "@doors.example";
  private Caller admin;
  private Doors doors;
  private long source;

  @BeforeEach
  void callers() {
    admin = new People(http, staff).admin();
    doors = new Doors(http);
    source = admin.post("/schema/sources", Map.of("label", "Fair " + mark)).is(201).id();
  }

  private Map<String, Object> asked(String name, String kind, Object... more) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("name", name + " " + mark);
    asked.put("kind", kind);
    asked.put("source", source);
    asked.put(
        "mapping",
        List.of(
            Map.of("outside", "surname", "field", "lastName"),
            Map.of("outside", "mail", "field", "email"),
            Map.of("outside", "tel", "field", "phone")));
    for (int i = 0; i < more.length; i += 2) {
      asked.put(more[i].toString(), more[i + 1]);
    }
    return asked;
  }

  private JsonNode add(String name, String kind, Object... more) {
    return admin.post(SETTINGS, asked(name, kind, more)).is(201).json();
  }

  private static String path(JsonNode integration) {
    return integration.path("path").asText();
  }

  private long found(String surname) {
    return admin
        .get("/leads?count=true&filter=lastName%20=%20%22" + surname + "%22")
        .is(200)
        .json()
        .path("total")
        .asLong();
  }

  private int deliveries(JsonNode integration) {
    return admin
        .get(SETTINGS + "/" + integration.path("id").asLong() + "/deliveries")
        .is(200)
        .json()
        .path("items")
        .size();
  }

  private MockHttpServletResponse send(
      HttpMethod method, String path, String body, String from, Map<String, String> headers)
      throws Exception {
    var request =
        MockMvcRequestBuilders.request(method, URI.create(path))
            .content(body)
            .with(
                raw -> {
                  raw.setRemoteAddr(from);
                  return raw;
                });
    headers.forEach(request::header);
    return http.perform(request).andReturn().getResponse();
  }

  @Test
  void LEAD_128_onePersonThroughTwoIntegrationsAtTheSameMomentBecomesOneLead() throws Exception {
    JsonNode api = add("api", "api");
    JsonNode chatbot = add("chatbot", "chatbot");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        String surname = mark + round;
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<?>> sent = new ArrayList<>();
        for (int one = 0; one < 4; one++) {
          // By the e-mail address in other letters, or with the number written otherwise.
          Map<String, Object> body =
              Map.of(
                  "surname",
                  surname,
                  "mail",
                  one < 2 ? round + mail : (round + mail).toUpperCase(java.util.Locale.ROOT),
                  "tel",
                  one % 2 == 0 ? "+49 30 55000" + round : "0049 (30) 55 000-" + round);
          String to = path(one % 2 == 0 ? api : chatbot);
          sent.add(
              threads.submit(
                  () -> {
                    start.await(20, TimeUnit.SECONDS);
                    return doors.json(to, body);
                  }));
        }
        for (Future<?> one : sent) {
          assertThat(((Caller.Answer) one.get(60, TimeUnit.SECONDS)).status()).isBetween(200, 202);
        }
        await().untilAsserted(() -> assertThat(found(surname)).isOne());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void LEAD_128_scriptsPostJsonFromTheWebsitesThatAreNamedAndFromNoOther() throws Exception {
    JsonNode form =
        add("form", "form", "origins", List.of(SITE + ":443/", "HTTP://Shop.example:8080"));
    assertThat(form.path("origins").toString())
        .isEqualTo("[\"" + SITE + "\",\"http://shop.example:8080\"]");
    JsonNode closed = add("chatbot", "chatbot");
    Map<String, String> asks =
        Map.of(
            "Origin",
            SITE,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "content-type");
    MockHttpServletResponse may = send(HttpMethod.OPTIONS, path(form), "", "10.1.0.1", asks);
    assertThat(may.getStatus()).isEqualTo(204);
    assertThat(may.getHeader("Access-Control-Allow-Origin")).isEqualTo(SITE);
    assertThat(may.getHeader("Access-Control-Allow-Methods")).isEqualTo("POST");
    assertThat(may.getHeader("Access-Control-Allow-Headers")).contains("Content-Type");
    assertThat(may.getHeader("Access-Control-Allow-Credentials")).isNull();
    assertThat(may.getHeaders("Vary")).contains("Origin");
    Map<String, String> other = new LinkedHashMap<>(asks);
    other.put("Origin", "https://evil.example");
    Map<String, String> put = new LinkedHashMap<>(asks);
    put.put("Access-Control-Request-Method", "PUT");
    for (MockHttpServletResponse not :
        List.of(
            send(HttpMethod.OPTIONS, path(form), "", "10.1.0.1", other),
            send(HttpMethod.OPTIONS, path(form), "", "10.1.0.1", put),
            send(HttpMethod.OPTIONS, path(closed), "", "10.1.0.1", asks),
            send(HttpMethod.OPTIONS, "/hooks/leads/" + "y".repeat(43), "", "10.1.0.1", asks),
            send(HttpMethod.OPTIONS, "/api/v1/leads", "", "10.1.0.1", asks))) {
      assertThat(not.getStatus()).isBetween(400, 403);
      assertThat(not.getHeader("Access-Control-Allow-Origin")).isNull();
    }
    Map<String, String> posts = Map.of("Origin", SITE, "Content-Type", Doors.JSON);
    String body = Doors.text(Map.of("surname", mark, "mail", mail));
    MockHttpServletResponse posted = send(HttpMethod.POST, path(form), body, "10.1.0.1", posts);
    assertThat(posted.getStatus()).isEqualTo(201);
    assertThat(posted.getHeader("Access-Control-Allow-Origin")).isEqualTo(SITE);
    // A script may read why it is refused, too.
    MockHttpServletResponse refused = send(HttpMethod.POST, path(form), "{}", "10.1.0.1", posts);
    assertThat(refused.getStatus()).isEqualTo(422);
    assertThat(refused.getHeader("Access-Control-Allow-Origin")).isEqualTo(SITE);
    assertThat(
            send(HttpMethod.POST, path(closed), body, "10.1.0.1", posts)
                .getHeader("Access-Control-Allow-Origin"))
        .isNull();
  }

  @Test
  void websitesAreNamedOneByOneAndOnlyWhereBrowsersPost() {
    for (String wrong :
        List.of(
            "*",
            "https://*.example.com",
            "null",
            "example.com",
            SITE + "/path",
            "ftp://a.example",
            "https://u:p@a.example",
            "https://a.example:99999")) {
      admin
          .post(SETTINGS, asked("form", "form", "origins", List.of(SITE, wrong)))
          .is(422)
          .says("origins[1]", "without a path and without *");
    }
    admin
        .post(SETTINGS, asked("api", "api", "origins", List.of(SITE)))
        .is(422)
        .says("origins", "nothing: only scripts of websites");
    JsonNode form = add("form", "form", "origins", List.of("https://bücher.example"));
    assertThat(form.path("origins").get(0).asText()).isEqualTo("https://xn--bcher-kva.example");
    Map<String, Object> again = asked("form", "form", "version", form.path("version").asInt());
    JsonNode after = admin.put(SETTINGS + "/" + form.path("id").asLong(), again).is(200).json();
    assertThat(after.path("origins")).isEmpty();
  }

  @Test
  void oneVisitorDoesNotUseUpWhatAnIntegrationTakes() throws Exception {
    JsonNode form = add("form", "form");
    Map<String, String> html = Map.of("Content-Type", "text/html");
    int tooMany = 0;
    for (int i = 0; i < 130; i++) {
      int status = send(HttpMethod.POST, path(form), "", "10.2.0.1", html).getStatus();
      assertThat(status).isIn(415, 429);
      tooMany += status == 429 ? 1 : 0;
    }
    assertThat(tooMany).isBetween(1, 10);
    assertThat(send(HttpMethod.POST, path(form), "", "10.2.0.2", html).getStatus()).isEqualTo(415);
    // What somebody passes on comes from many.
    assertThat(
            send(
                    HttpMethod.POST,
                    path(form),
                    "",
                    "10.2.0.1",
                    Map.of("Content-Type", "text/html", "X-Forwarded-For", "10.9.9.9"))
                .getStatus())
        .isEqualTo(415);
  }

  @Test
  void LEAD_112_whatCameInAboutSomebodyGoesWithHimAlsoWhereNoLeadWasMadeOfIt() {
    JsonNode api = add("api", "api");
    JsonNode paused = add("paused", "chatbot", "active", false);
    long lead =
        admin.make("leads", Map.of("lastName", mark, "email", mail, "phone", "+49 30 7654321"));
    // Refused: no such owner is meant here; held; and unreadable, with the number in other words.
    doors
        .json(path(api), Map.of("note", "call " + mail.toUpperCase(java.util.Locale.ROOT)))
        .is(422);
    doors.json(path(paused), Map.of("tel", "0049 (30) 765 43 21")).is(202);
    doors
        .post(
            path(api),
            Doors.JSON,
            ("{\"tel\": \"+49 30 7654321\"").getBytes(StandardCharsets.UTF_8),
            Map.of())
        .is(400);
    doors.json(path(api), Map.of("note", "other" + mail)).is(422);
    assertThat(deliveries(api)).isEqualTo(3);
    assertThat(deliveries(paused)).isOne();
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
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(deliveries(api)).as("that of somebody else stays").isOne();
              assertThat(deliveries(paused)).isZero();
            });
  }
}
