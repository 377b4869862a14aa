package io.leadloom.connectors.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.leadloom.connectors.api.Connector;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Way;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailConnectorTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @BeforeEach
  void start() {
    camel.start();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    camel.stop();
  }

  @Test
  void sends_text_and_html_with_sender_reply_to_and_a_message_id_made_from_the_key()
      throws Exception {
    try (Connector connector = open(port(), null, null)) {
      String body =
          "{\"subject\":\"Grüße\\r\\nBcc: x@example.com\",\"text\":\"Hällo\",\"html\":\"<p>Hällo</p>\"}";
      connector.send(mail("run:1:1", "asha@example.com", body));
      connector.send(mail("run:1:1", "asha@example.com", body));
      connector.send(mail("run:1:2", "asha@example.com", body));
    }
    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(3);
    MimeMessage mail = mails[0];
    assertThat(((jakarta.mail.internet.InternetAddress) mail.getFrom()[0]).getPersonal())
        .isEqualTo("Müller, Co");
    assertThat(mail.getReplyTo()[0]).hasToString("sales@leadloom.example");
    assertThat(mail.getSubject()).isEqualTo("Grüße Bcc: x@example.com");
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getHeader("List-Unsubscribe", null)).isEqualTo("<https://leadloom.example/u>");
    assertThat(mail.getHeader("Leadloom-Delivery", null)).isEqualTo("run:1:1");
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Hällo");
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Hällo</p>");
    assertThat(mail.getMessageID())
        .isEqualTo(mails[1].getMessageID())
        .endsWith("@leadloom.example>");
    assertThat(mail.getMessageID()).isNotEqualTo(mails[2].getMessageID());
  }

  @Test
  void sends_plain_text_alone() throws Exception {
    try (Connector connector = open(port(), null, null)) {
      connector.send(mail("k", "asha@example.com", "{\"subject\":\"S\",\"text\":\"only text\"}"));
    }
    assertThat(server.getReceivedMessages()[0].getContentType()).startsWith("text/plain");
    assertThat(server.getReceivedMessages()[0].getContent().toString().strip())
        .isEqualTo("only text");
  }

  @Test
  void signs_in_when_a_user_is_set() throws Exception {
    server.setUser("crm@leadloom.example", "crm", "right password");
    try (Connector connector = open(port(), "crm", "right password")) {
      connector.send(mail("k", "asha@example.com", "{\"subject\":\"S\",\"text\":\"T\"}"));
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
    try (Connector connector = open(port(), "crm", "wrong password")) {
      ConnectorFailure failure =
          failure(connector, mail("k2", "asha@example.com", "{\"text\":\"T\"}"));
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure)
          .hasMessageContaining("refused to sign in")
          .hasMessageNotContaining("wrong password");
    }
  }

  @Test
  void starttls_is_insisted_on() {
    try (Connector connector =
        new MailProvider()
            .open(
                camel,
                name -> Optional.empty(),
                settings(port(), null, null).replace("\"none\"", "\"starttls\""))) {
      ConnectorFailure failure =
          failure(connector, mail("k", "asha@example.com", "{\"text\":\"T\"}"));
      assertThat(failure.isRetryable()).isTrue();
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 No such user,false",
    "553 5.1.3 Bad address,false",
    "452 4.2.2 Mailbox full,true"
  })
  void a_refused_recipient_is_final_and_a_full_mailbox_is_not(String answer, boolean retryable)
      throws Exception {
    try (RefusingServer refusing = new RefusingServer(answer);
        Connector connector = open(refusing.port(), null, null)) {
      ConnectorFailure failure =
          failure(connector, mail("k", "nobody@example.com", "{\"text\":\"T\"}"));
      assertThat(failure.isRetryable()).isEqualTo(retryable);
      assertThat(failure).hasMessageContaining(answer.substring(0, 3));
    }
  }

  @Test
  void a_server_that_is_down_is_tried_again() {
    int port = port();
    server.stop();
    try (Connector connector = open(port, null, null)) {
      assertThat(
              failure(connector, mail("k", "asha@example.com", "{\"text\":\"T\"}")).isRetryable())
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "asha",
        "a@b, c@d",
        "a@b;c@d",
        "asha@example.com\r\nBcc: x@example.com",
        "A <a@b.example>"
      })
  void what_is_not_one_address_is_refused_for_good(String to) {
    try (Connector connector = open(port(), null, null)) {
      assertThat(failure(connector, mail("k", to, "{\"text\":\"T\"}")).isRetryable()).isFalse();
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void settings_that_cannot_be_right_are_named() {
    assertThat(
            new MailProvider()
                .check("{\"host\":\"a b\",\"port\":0,\"from\":\"x\",\"replyTo\":\"y\"}"))
        .extracting("field")
        .containsExactlyInAnyOrder("host", "port", "security", "from", "replyTo");
    assertThat(new MailProvider().check("[")).hasSize(1);
    assertThat(new MailProvider().check(settings(25, "u", "p"))).isEmpty();
  }

  private int port() {
    return server.getSmtp().getPort();
  }

  private Connector open(int port, String user, String password) {
    return new MailProvider().open(camel, name -> Optional.empty(), settings(port, user, password));
  }

  private static String settings(int port, String user, String password) {
    String signIn =
        user == null ? "" : ",\"username\":\"" + user + "\",\"password\":\"" + password + "\"";
    return "{\"host\":\"127.0.0.1\",\"port\":"
        + port
        + ",\"security\":\"none\",\"from\":\"crm@leadloom.example\",\"fromName\":\"Müller, Co\","
        + "\"replyTo\":\"sales@leadloom.example\",\"timeoutSeconds\":3"
        + signIn
        + "}";
  }

  private static Delivery mail(String key, String to, String body) {
    return new Delivery(
        key,
        Way.EMAIL,
        to,
        body,
        Map.of(
            "List-Unsubscribe",
            "<https://leadloom.example/u>",
            "Bcc",
            "spy@example.com",
            "Subject",
            "forged"),
        null,
        Instant.now());
  }

  private static ConnectorFailure failure(Connector connector, Delivery delivery) {
    ConnectorFailure failure =
        catchThrowableOfType(ConnectorFailure.class, () -> connector.send(delivery));
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  /** A mail server that refuses every recipient with one answer. */
  private static final class RefusingServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    RefusingServer(String answer) throws IOException {
      Thread thread = new Thread(() -> serve(answer));
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve(String answer) {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
          OutputStream out = client.getOutputStream();
          say(out, "220 here");
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            say(
                out,
                line.startsWith("RCPT")
                    ? answer
                    : line.startsWith("QUIT") ? "221 bye" : "250 fine");
          }
        } catch (IOException e) {
          // The client went, or the server closed.
          continue;
        }
      }
    }

    private static void say(OutputStream out, String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
