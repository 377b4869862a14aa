package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Custom values in what is sent (SET-101 to SET-108). */
@LeadloomTest
@Import(Workshop.class)
class CustomValuesTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api admin = new Api(0, "admin");

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
  }

  private JsonNode value(String name, String value) {
    return admin.post("/custom-values", Map.of("name", name, "value", value)).is(201).json();
  }

  private void change(JsonNode value, String name, String text) {
    Map<String, Object> wanted =
        Map.of("version", value.path("version").asInt(), "name", name, "value", text);
    admin.call("PATCH", "/custom-values/" + value.path("id").asLong(), wanted).ok();
  }

  /** An automation that mails a text to each lead of a city. */
  private String mailing(String text) {
    String city = workshop.unique("valued");
    workshop.publish(
        Bpmn.automation(workshop.unique("mailing"))
            .trigger(Bpmn.created(city))
            .card("mail", "email.send", "{\"subject\":\"" + text + "\",\"text\":\"x\"}")
            .end("done")
            .path("start", "mail", "done"));
    return city;
  }

  private List<String> sent(String city) {
    String address = workshop.unique("valued") + "@example.com";
    RecordRef lead = workshop.lead(Map.of("lastName", "V", "city", city, "email", address));
    workshop.settle();
    assertThat(workshop.runs(lead)).hasSize(1);
    return workshop.mails(address);
  }

  @Test
  void SET_E08_theValueStandsWhereItsKeyStands() {
    String name = workshop.unique("Shop Phone");
    JsonNode value = value(name, "555 0100");
    String key = value.path("key").asText();
    assertThat(key).isEqualTo(name.toLowerCase(Locale.ROOT).replaceAll("[ -]", "_"));
    String city = mailing("Call {{custom_values." + key + "}}");
    assertThat(sent(city)).containsExactly("Call 555 0100");

    // SET-105: the value as of sending, and nothing once there is none.
    change(value, name + " of today", "555 0200");
    assertThat(sent(city)).containsExactly("Call 555 0200");
    admin.delete("/custom-values/" + value.path("id").asLong()).is(204);
    assertThat(sent(city)).containsExactly("Call ");
  }

  @Test
  void SET_103_theKeyComesFromTheNameIsUniqueAndStays() {
    String mark = workshop.unique("Крыша");
    String base = mark.replace("Крыша-", "krysha_");
    JsonNode first = value(mark, "");
    JsonNode second = value(mark + "!", "");
    assertThat(first.path("key").asText()).isEqualTo(base);
    assertThat(second.path("key").asText()).isEqualTo(base + "_2");
    admin.post("/custom-values", Map.of("name", mark + " ")).problem(422).says("name", "no other");
    admin.post("/custom-values", Map.of("name", " ")).problem(422).says("name", "1 to 100");
    change(first, "Another " + mark, "Roof");
    JsonNode listed = admin.get("/custom-values").ok().json().path("items");
    assertThat(listed.findValuesAsText("key")).contains(base, base + "_2");
    String outdated = "/custom-values/" + first.path("id").asLong();
    admin.call("PATCH", outdated, Map.of("version", 1, "value", "Old")).problem(409);
    for (JsonNode each : List.of(first, second)) {
      admin.delete("/custom-values/" + each.path("id").asLong()).is(204);
    }
  }
}
