package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Staff;
import io.leadloom.platform.html.CleanHtml;
import io.leadloom.record.LeadLinks;
import io.leadloom.scoring.site.VisitorRetention;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Visits of websites with a tracking code, and whose they are (LEAD-147, LEAD-148, LEAD-153 to LEAD-156). */
@LeadloomTest
@Tag("database")
class WebsiteVisitsTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired VisitorRetention retention;
  @Autowired LeadLinks links;
  @Autowired MutableClock clock;

  private Caller admin;
  private String mark;
  private String domain;
  private String code;
  private long site;

  @BeforeEach
  void website() {
    admin = new People(http, staff).admin();
    mark = UUID.randomUUID().toString().replace("-", "");
    domain = mark + ".example.com";
    JsonNode made =
        admin
            .post("/settings/websites", Map.of("domain", "https://www." + domain + "/shop"))
            .is(201)
            .json();
    assertThat(made.path("domain").asText()).isEqualTo(domain);
    code = made.path("code").asText();
    site = made.path("id").asLong();
  }

  private MockHttpServletResponse tell(
      String visitor, String host, @Nullable String origin, @Nullable String lead)
      throws Exception {
    String body =
        "{\"visitor\": \""
            + visitor
            + "\", \"url\": \"https://"
            + host
            + "/pricing\", \"title\": \"Prices\""
            + (lead == null ? "" : ", \"mark\": \"" + lead + "\"")
            + "}";
    var request =
        MockMvcRequestBuilders.post("/track/" + code)
            .contentType(MediaType.TEXT_PLAIN)
            .with(
                raw -> {
                  raw.setRemoteAddr(mark);
                  return raw;
                })
            .content(body);
    if (origin != null) {
      request.header("Origin", origin);
    }
    return http.perform(request).andReturn().getResponse();
  }

  private void view(String visitor) throws Exception {
    MockHttpServletResponse answer = tell(visitor, "www." + domain, "https://www." + domain, null);
    assertThat(answer.getStatus()).isEqualTo(204);
    assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("https://www." + domain);
    assertThat(answer.getCookies()).isEmpty();
  }

  private long views() {
    for (JsonNode one : admin.get("/settings/websites").is(200).json().path("items")) {
      if (one.path("id").asLong() == site) {
        return one.path("views").asLong();
      }
    }
    throw new AssertionError("The website is gone");
  }

  private long score(long lead) {
    return admin.get("/leads/" + lead).is(200).json().path("values").path("score").asLong();
  }

  private long lead() {
    return admin.make("leads", Map.of("lastName", mark));
  }

  @Test
  void theScriptIsThereForItsWebsiteAndSetsNoCookie() throws Exception {
    MockHttpServletResponse script =
        http.perform(MockMvcRequestBuilders.get("/track/" + code + ".js"))
            .andReturn()
            .getResponse();
    assertThat(script.getStatus()).isEqualTo(200);
    assertThat(script.getContentType()).startsWith("text/javascript");
    assertThat(script.getContentAsString()).contains("leadloom_visitor");
    assertThat(script.getCookies()).isEmpty();
    assertThat(
            http.perform(MockMvcRequestBuilders.get("/track/" + "0".repeat(24) + ".js"))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(404);
    admin.post("/settings/websites", Map.of("domain", domain)).is(409);
    admin
        .post("/settings/websites", Map.of("domain", "no domain"))
        .is(422)
        .says("domain", "a domain such as example.com");
  }

  @Test
  void viewsOfOtherHostsAreIgnoredAndTheAnswerTellsNothing() throws Exception {
    view(mark);
    assertThat(views()).isOne();
    for (String other : new String[] {"evil.example", "evil" + domain, domain + ".evil.example"}) {
      assertThat(tell(mark, other, "https://" + other, null).getStatus()).isEqualTo(204);
      assertThat(tell(mark, domain, "https://" + other, null).getStatus()).isEqualTo(204);
      MockHttpServletResponse answer = tell(mark, other, "https://" + domain, null);
      assertThat(answer.getStatus()).isEqualTo(204);
      assertThat(answer.getHeader("Access-Control-Allow-Origin")).isNull();
    }
    tell(mark, domain, null, null);
    tell(mark, domain, "null", null);
    tell("short", domain, "https://" + domain, null);
    http.perform(
        MockMvcRequestBuilders.post("/track/" + code)
            .header("Origin", "https://" + domain)
            .content("x".repeat(5_000)));
    assertThat(views()).isOne();
    for (int i = 0; i < 200; i++) {
      tell(mark, domain, "https://" + domain, null);
    }
    assertThat(views()).as("one address tells too much").isLessThan(190);
  }

  @Test
  void aBrowserThatSubmitsAFormBringsItsEarlierVisitsUpToTheCap() throws Exception {
    long lead = lead();
    view(mark);
    view(mark);
    assertThat(score(lead)).isZero();
    admin.post("/leads/" + lead + "/visitor", Map.of("code", code, "visitor", mark)).is(204);
    assertThat(score(lead)).isEqualTo(2);
    view(mark);
    assertThat(score(lead)).isEqualTo(3);
    JsonNode pages = admin.get("/leads/" + lead + "/page-views").is(200).json().path("items");
    assertThat(pages).hasSize(3);
    assertThat(pages.get(0).path("path").asText()).isEqualTo("/pricing");
    for (int i = 0; i < 20; i++) {
      view(mark);
    }
    assertThat(score(lead)).isEqualTo(20);
    JsonNode why = admin.get("/leads/" + lead + "/score").is(200).json();
    assertThat(why.path("current").asBoolean()).as(why.toString()).isTrue();
    // Somebody else at the same browser: what was looked at before stays with the first.
    long other = lead();
    admin.post("/leads/" + other + "/visitor", Map.of("code", code, "visitor", mark)).is(204);
    assertThat(score(other)).isZero();
    view(mark);
    assertThat(score(other)).isOne();
    assertThat(score(lead)).isEqualTo(20);
    admin
        .post("/leads/" + lead + "/visitor", Map.of("code", "0".repeat(24), "visitor", mark))
        .is(422)
        .says("code", "the code of a website");
  }

  @Test
  void whatAWebsiteBroughtGoesWithIt() throws Exception {
    long lead = lead();
    admin.post("/leads/" + lead + "/visitor", Map.of("code", code, "visitor", mark)).is(204);
    view(mark);
    assertThat(score(lead)).isOne();
    admin.delete("/settings/websites/" + site).is(204);
    admin.delete("/settings/websites/" + site).is(404);
    admin.get("/settings/websites").is(200);
    assertThat(tell(mark, domain, "https://" + domain, null).getStatus()).isEqualTo(204);
    assertThat(tellCode("~" + site)).isEqualTo(404);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(score(lead)).as("scored without it").isZero());
    // Its visits can be counted anew.
    admin.post("/settings/websites", Map.of("domain", domain)).is(201);
  }

  private int tellCode(String code) throws Exception {
    return http.perform(MockMvcRequestBuilders.get("/track/" + code + ".js"))
        .andReturn()
        .getResponse()
        .getStatus();
  }

  /** One letter in the middle is another: the last one has bits that do not count. */
  private static String forged(String mark) {
    int middle = mark.length() / 2;
    char other = mark.charAt(middle) == 'A' ? 'B' : 'A';
    return mark.substring(0, middle) + other + mark.substring(middle + 1);
  }

  @Test
  void LEAD_156_browsersThatNobodyIsKnownToHaveUsedAreForgottenInTheEnd() throws Exception {
    long lead = lead();
    String known = UUID.randomUUID().toString();
    view(known);
    admin.post("/leads/" + lead + "/visitor", Map.of("code", code, "visitor", known)).is(204);
    for (int i = 0; i < 3; i++) {
      view(UUID.randomUUID().toString());
    }
    assertThat(views()).isEqualTo(4);
    retention.run();
    assertThat(views()).as("seen a moment ago").isEqualTo(4);
    try {
      clock.advance(Duration.ofDays(181));
      retention.run();
    } finally {
      clock.reset();
    }
    assertThat(views()).as("those of the lead").isOne();
    assertThat(score(lead)).isOne();
  }

  @Test
  void LEAD_156_linksOfMailsToALeadCarryItsMarkToTheWebsitesOfTheAccountOnly() {
    long lead = lead();
    String known = admin.get("/leads/" + lead + "/mark").is(200).json().path("value").asText();
    String www = "https://www." + domain;
    assertThat(
            links.marked(
                lead,
                "See %s/pricing, (%s?a=1#top) or https://other.example/?x=1. Not evil%s"
                    .formatted(www, www, domain),
                false))
        .isEqualTo(
            "See %s/pricing?ll=%s, (%s?a=1&ll=%s#top) or https://other.example/?x=1. Not evil%s"
                .formatted(www, known, www, known, domain));
    String html =
        CleanHtml.of(
            "<p><a href=\"%s/p?a=1#top\">%s</a> <a href=\"https://evil%s/\">x</a></p>"
                .formatted(www, www, domain));
    String marked = links.marked(lead, html, true);
    assertThat(CleanHtml.of(marked)).as("nothing breaks").isNotEmpty();
    assertThat(marked)
        .contains("&amp;ll=" + known + "#top\"")
        .contains(">" + www + "</a>")
        .contains("https://evil" + domain + "/\"");
  }

  @Test
  void LEAD_156_marksComeIntoLinksAsPeopleWriteThemAndBreakNone() {
    long lead = lead();
    String known = admin.get("/leads/" + lead + "/mark").is(200).json().path("value").asText();
    admin.post("/settings/websites", Map.of("domain", "müller" + domain)).is(201);
    assertThat(links.marked(lead, "https://www.Müller%s/x".formatted(domain), false))
        .isEqualTo("https://www.Müller%s/x?ll=%s".formatted(domain, known));
    String html = CleanHtml.of("<a href=\"https://müller%s/x\">x</a>".formatted(domain));
    assertThat(links.marked(lead, html, true)).contains("/x?ll=" + known + "\"");
    for (String page : List.of("/a|b", "/{c}^d", "/roof_(slate)", ":8443/x", "")) {
      String link = "https://" + domain + page;
      assertThat(links.marked(lead, "(see " + link + "), and " + link + "?!", false))
          .isEqualTo("(see %s?ll=%s), and %s?ll=%s?!".formatted(link, known, link, known));
    }
    String old = "https://%s/?a=1&ll=old&b=2#ll=x".formatted(domain);
    assertThat(links.marked(lead, old, false)).isEqualTo(old.replace("old", known));
    String written = CleanHtml.of("<a href=\"%s\">x</a>".formatted(old.replace("&", "&amp;")));
    String marked = links.marked(lead, written, true);
    assertThat(marked).contains("ll=" + known).doesNotContain("old");
    for (String other :
        List.of(
            "https://" + domain + "@other.example/",
            "https://other.example\\@" + domain + "/",
            "https://other.example/?u=https://" + domain)) {
      assertThat(links.marked(lead, other, false)).isEqualTo(other);
    }
  }

  @Test
  void whoFollowsALinkWithTheMarkOfALeadIsThatLead() throws Exception {
    long lead = lead();
    view(mark);
    String known = admin.get("/leads/" + lead + "/mark").is(200).json().path("value").asText();
    tell(mark, domain, "https://" + domain, forged(known));
    assertThat(score(lead)).isZero();
    tell(mark, domain, "https://" + domain, known);
    assertThat(score(lead)).isEqualTo(3);
    assertThat(
            admin
                .get("/leads/" + lead)
                .json()
                .path("values")
                .path("lastActivityAt")
                .isMissingNode())
        .isFalse();
  }
}
