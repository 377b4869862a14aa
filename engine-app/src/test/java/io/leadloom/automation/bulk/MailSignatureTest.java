package io.leadloom.automation.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.Workshop;
import io.leadloom.identity.person.PersonalProfiles;
import io.leadloom.identity.person.PersonalProfiles.Wanted;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.bulk.BulkActions;
import io.leadloom.record.bulk.BulkOrder;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Signatures below mails to leads (SET-043). */
@LeadloomTest
@Import(Workshop.class)
class MailSignatureTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SIGNATURE =
      "<p><b>Pat Doe</b><br>Call {{lead.firstName}} &amp; Co</p>"
          + "<a href=\"https://acme.example\">Acme</a><script>alert(1)</script>";

  @Autowired Workshop workshop;
  @Autowired BulkActions actions;
  @Autowired PersonalProfiles profiles;
  @Autowired Access access;
  @Autowired JdbcTemplate jdbc;

  private long sender() {
    long sender = workshop.person("scenario-signer");
    PersonalProfiles.Shown shown = profiles.of(sender);
    String email = shown.account().email();
    profiles.change(
        sender,
        new Wanted(
            shown.version(),
            "Pat",
            email,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            SIGNATURE,
            null));
    return sender;
  }

  private JsonNode sent(Map<String, String> mail, long sender) throws Exception {
    return sent(mail, access.of(sender), Map.of("owner", sender));
  }

  private JsonNode sent(Map<String, String> mail, Rights rights, Map<String, Object> more)
      throws Exception {
    String address = workshop.unique("signed") + "@example.com";
    Map<String, Object> values = new HashMap<>(more);
    values.putAll(Map.of("firstName", "A<b>n", "lastName", "A", "email", address));
    RecordRef lead = workshop.lead(values);
    BulkOrder order =
        new BulkOrder(
            EntityType.LEAD,
            "send-email",
            "Test",
            List.of(lead.id()),
            null,
            true,
            JSON.valueToTree(mail),
            null,
            null,
            null);
    long id = actions.order(order, rights).id();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> actions.find(id, Rights.system()).status().ended());
    return body(address);
  }

  private JsonNode body(String address) throws Exception {
    return JSON.readTree(
        jdbc.queryForObject(
            "select body from delivery where recipient = ?", String.class, address));
  }

  @Test
  void SET_043_theSignatureOfWhoeverSendsStandsBelowBothParts() throws Exception {
    JsonNode mail =
        sent(
            Map.of(
                "subject",
                "Hi",
                "text",
                "Dear {{lead.firstName}}",
                "html",
                "<p>Dear {{lead.firstName}}</p>"),
            sender());
    assertThat(mail.path("text").asText())
        .isEqualTo(
            "Dear A<b>n\n\n-- \nPat Doe\nCall {{lead.firstName}} & Co\nAcme (https://acme.example)");
    assertThat(mail.path("html").asText())
        .startsWith("<p>Dear A&lt;b&gt;n</p>")
        .contains("<b>Pat Doe</b>", "firstName}} &amp; Co", "https://acme.example")
        .doesNotContain("script", "alert");
  }

  @Test
  void aMailThatIsOnlyTextShowsTheSignatureAsItWasLaidOut() throws Exception {
    JsonNode mail =
        sent(Map.of("subject", "Hi", "text", "Dear {{lead.firstName}},\nbye\n"), sender());
    assertThat(mail.path("text").asText()).startsWith("Dear A<b>n,\nbye\n\n-- \nPat Doe\n");
    assertThat(mail.path("html").asText())
        .startsWith("<div>Dear A&lt;b&gt;n,<br />\nbye</div>")
        .contains("<b>Pat Doe</b>");
  }

  @Test
  void aMailOfNobodyHasNone() throws Exception {
    JsonNode mail = sent(Map.of("subject", "Hi", "text", "Dear you"), Rights.account(), Map.of());
    assertThat(mail.path("text").asText()).isEqualTo("Dear you");
    assertThat(mail.has("html")).isFalse();
  }
}
