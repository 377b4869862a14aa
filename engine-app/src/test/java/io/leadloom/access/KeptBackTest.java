package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** What is kept back from somebody neither shows through in answers nor stands in the way of work. */
@LeadloomTest
class KeptBackTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private Caller admin;
  private Somebody sales;
  private Somebody other;
  private String type;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    sales = people.hire(null, Role.SALES);
    other = people.hire(null, Role.SALES);
    type = "kept-" + sales.id();
    admin.post("/schema/activity-types", Map.of("key", type, "label", type)).is(201);
  }

  private String field(String label, Map<String, ?> more) {
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.putAll(Map.of("label", label, "type", "text", "activityType", type));
    return admin.post("/schema/activity/fields", body).is(201).json().path("key").asText();
  }

  private long activity(Caller caller, Map<String, ?> values) {
    return caller.post("/activities", Map.of("type", type, "values", values)).is(201).id();
  }

  private void except(Map<String, ?> exceptions) {
    admin.put("/users/" + sales.id() + "/permissions", Map.of("exceptions", exceptions)).is(200);
  }

  @Test
  void aHiddenFieldStillGetsItsDefault() {
    String hidden = field("Hidden", Map.of("defaultValue", "as delivered", "mandatory", true));
    except(Map.of("fields", Map.of("activity", Map.of(hidden, "hidden"))));
    long lead = sales.api().make("leads", Map.of("lastName", "D"));
    long made = activity(sales.api(), Map.of("lead", lead));
    assertThat(sales.api().get("/activities/" + made).json().path("values").has(hidden)).isFalse();
    assertThat(admin.get("/activities/" + made).json().path("values").path(hidden).asText())
        .isEqualTo("as delivered");
  }

  @Test
  void aMandatoryFieldIsAskedOnlyOfWhoMayFillIt() {
    String read = field("Read", Map.of("mandatory", true));
    long lead = sales.api().make("leads", Map.of("lastName", "M"));
    Map<String, Object> body = Map.of("type", type, "values", Map.of("lead", lead));
    sales.api().post("/activities", body).is(422).says(read, "a value");
    except(Map.of("fields", Map.of("activity", Map.of(read, "readOnly"))));
    sales.api().post("/activities", body).is(201);
    except(Map.of("fields", Map.of("activity", Map.of(read, "hidden"))));
    sales.api().post("/activities", body).is(201);
    admin.post("/activities", body).is(422).says(read, "a value");
  }

  @Test
  void aFilterForActivitiesFindsThroughVisibleOnesOnly() {
    long shared = admin.make("leads", Map.of("lastName", "S", "owner", other.id()));
    activity(admin, Map.of("lead", shared));
    except(Map.of("sections", Map.of("lead", Map.of("view", "all"))));
    String filter = "/leads?filter=has%20activity%20%22" + type + "%22";
    assertThat(admin.get(filter).is(200).ids()).containsExactly(shared);
    assertThat(sales.api().get(filter).is(200).ids()).isEmpty();
    long mine = sales.api().make("leads", Map.of("lastName", "S"));
    activity(admin, Map.of("lead", mine));
    assertThat(sales.api().get(filter).is(200).ids()).containsExactly(mine);
    JsonNode without =
        sales
            .api()
            .get(
                "/leads?filter=id%20=%20"
                    + shared
                    + "%20and%20has%20no%20activity%20%22"
                    + type
                    + "%22")
            .is(200)
            .json();
    assertThat(without.path("items")).hasSize(1);
  }

  @Test
  void aValueThatIsTakenOutOfReachDoesNotSayByWhom() {
    String name = "Taken " + type;
    long theirs = admin.make("accounts", Map.of("name", name, "owner", other.id()));
    Map<String, ?> body = Map.of("values", Map.of("name", name));
    admin.post("/accounts", body).is(422).says("name", "account/" + theirs + " has it");
    assertThat(sales.api().post("/accounts", body).is(422).says("name", "no other account").text())
        .doesNotContain("account/" + theirs);
  }

  @Test
  void aBulkCallChangesNothingThatOneMayOnlySee() {
    String email = "seen-" + sales.id() + "@x.test";
    long theirs = admin.make("leads", Map.of("lastName", "T", "email", email, "owner", other.id()));
    except(Map.of("sections", Map.of("lead", Map.of("view", "all"))));
    JsonNode result =
        sales.api().bulk("leads", "email", Map.of("email", email, "lastName", "Mine"));
    assertThat(result.path("outcome").asText()).isEqualTo("refused");
    assertThat(admin.get("/leads/" + theirs).json().at("/values/lastName").asText()).isEqualTo("T");
  }
}
