package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.leadloom.testing.LeadloomTest;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Letters with links leave through the mail server that is set up, and only through it. */
@LeadloomTest(
    properties = {"leadloom.test.database=letters-by-smtp", "leadloom.url=https://crm.example"})
class LettersBySmtpTest {

  private static final String PASSWORD = "vier Pferde trinken Tee";
  private static final Pattern LINK =
      Pattern.compile("https://crm\\.example/set-password#([\\w-]{43})");

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;

  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @BeforeEach
  void setUpTheServer() {
    server.start();
    sendThrough(server.getSmtp().getPort());
  }

  private void sendThrough(int port) {
    Map<String, ?> settings =
        Map.of(
            "host", "127.0.0.1", "port", port, "security", "none", "from", "crm@leadloom.example");
    assertThat(admin(HttpMethod.PUT, "/settings/mail", settings).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private ResponseEntity<JsonNode> admin(HttpMethod method, String path, Map<String, ?> body) {
    return http.withBasicAuth("admin", "leadloom")
        .exchange("/api/v1" + path, method, new HttpEntity<>(body), JsonNode.class);
  }

  private ResponseEntity<JsonNode> asked(HttpMethod method, Map<String, ?> body) {
    Browser browser = new Browser(http, "Browser");
    browser.get("/session");
    return browser.call(method, "/password-links", body);
  }

  private static Staff.NewAccount somebody(String login) {
    return new Staff.NewAccount(
        login,
        "Jörg Müller",
        login + "@example.com",
        null,
        PASSWORD,
        Set.of(Role.SALES),
        null,
        "de",
        null);
  }

  private MimeMessage letter(String to) throws Exception {
    await()
        .untilAsserted(
            () ->
                assertThat(List.of(server.getReceivedMessages()))
                    .anyMatch(message -> goesTo(message, to)));
    for (MimeMessage message : server.getReceivedMessages()) {
      if (goesTo(message, to)) {
        return message;
      }
    }
    throw new AssertionError("It was there a moment ago");
  }

  private static boolean goesTo(MimeMessage message, String to) {
    try {
      return message.getRecipients(Message.RecipientType.TO)[0].toString().contains(to);
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLinkToANewPasswordArrivesInTheReadersLanguageAndIsInNoMailbox() throws Exception {
    Account account = staff.create(somebody("s" + UUID.randomUUID()));
    assertThat(asked(HttpMethod.POST, Map.of("login", account.login())).getStatusCode())
        .isEqualTo(HttpStatus.ACCEPTED);
    MimeMessage letter = letter(account.email());
    String text = text(letter);
    assertThat(text).contains("Jörg Müller");
    assertThat(letter.getFrom()[0]).hasToString("crm@leadloom.example");
    Matcher link = LINK.matcher(text);
    assertThat(link.find()).as(text).isTrue();
    assertThat(
            asked(
                    HttpMethod.PUT,
                    Map.of("token", link.group(1), "password", "fünf Pferde trinken Tee"))
                .getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(
            new Browser(http, "x")
                .signIn(account.login(), "fünf Pferde trinken Tee")
                .getStatusCode())
        .isEqualTo(HttpStatus.OK);
    JsonNode mailbox =
        admin(HttpMethod.GET, "/mailbox?search=" + account.email(), Map.of()).getBody();
    assertThat(mailbox.path("items")).isEmpty();
    assertThat(admin(HttpMethod.GET, "/deliveries", Map.of()).getBody().path("items")).isEmpty();
  }

  @Test
  void aServerThatIsDownShowsInNoAnswerAndALaterLinkArrives() throws Exception {
    Account account = staff.create(somebody("s" + UUID.randomUUID()));
    try (Socket refuses = new Socket()) {
      // Taken, so that nobody else listens there either.
      refuses.bind(new InetSocketAddress("127.0.0.1", 0));
      sendThrough(refuses.getLocalPort());
      ResponseEntity<JsonNode> down = asked(HttpMethod.POST, Map.of("login", account.login()));
      ResponseEntity<JsonNode> nobody =
          asked(HttpMethod.POST, Map.of("login", "nobody-" + UUID.randomUUID()));
      assertThat(down.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
      assertThat(nobody.getStatusCode()).isEqualTo(down.getStatusCode());
      assertThat(nobody.getBody()).isEqualTo(down.getBody());
    }
    sendThrough(server.getSmtp().getPort());
    asked(HttpMethod.POST, Map.of("login", account.login()));
    assertThat(text(letter(account.email()))).containsPattern(LINK);
  }

  private static String text(MimeMessage letter) throws Exception {
    Object content = letter.getContent();
    return content instanceof String plain ? plain : GreenMailUtil.getWholeMessage(letter);
  }
}
