package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Contacts with the e-mail address or phone number of another, with the switch on and off. */
@LeadloomTest(properties = "leadloom.test.database=contact-duplicates")
class ContactDuplicatesTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Records records;

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
    allow(false);
  }

  @AfterEach
  void allowAgain() {
    allow(true);
  }

  private void allow(boolean duplicates) {
    JsonNode now = admin.get("/settings/general").is(200).json();
    admin
        .put(
            "/settings/general",
            Map.of("version", now.path("version").asInt(), "duplicateContacts", duplicates))
        .is(200);
  }

  private String mail() {
    return "ann-" + mark + "@x.test";
  }

  private String phone() {
    return "+4930" + Math.abs(mark.hashCode() % 90_000_000 + 10_000_000);
  }

  @Test
  void SET_E01_SET_015_SET_016_aSecondContactIsRefusedUntilTheSwitchIsOn() {
    long ann =
        ravi.api().make("contacts", Map.of("lastName", "Ann", "email", mail(), "phone", phone()));
    Map<String, Object> again =
        Map.of(
            "values",
            Map.of("lastName", "Ann", "email", mail().toUpperCase(java.util.Locale.ROOT)));
    ravi.api().post("/contacts", again).is(422).says("email", "contact/" + ann);
    ravi.api()
        .post(
            "/contacts",
            Map.of(
                "values", Map.of("lastName", "Bo", "phone", phone().replace("+4930", "+49 30 "))))
        .is(422)
        .says("phone", "no other contact has");
    assertThat(
            mia.api().post("/contacts", again).is(422).says("email", "no other contact has").text())
        .as("who does not see her learns no more")
        .doesNotContain("contact/" + ann);
    allow(true);
    ravi.api().post("/contacts", again).is(201);
  }

  @Test
  void ENG_101_takingOverTheAddressOfAnotherIsRefusedAndWhatIsThereStays() {
    allow(true);
    long ann = admin.make("contacts", Map.of("lastName", "Ann", "email", mail()));
    long twin = admin.make("contacts", Map.of("lastName", "Twin", "email", mail()));
    long bo = admin.make("contacts", Map.of("lastName", "Bo", "email", "bo-" + mail()));
    allow(false);
    admin
        .patch("/contacts/" + bo, Map.of("values", Map.of("email", mail())))
        .is(422)
        .says("email", "contact/" + ann);
    admin
        .patch("/contacts/" + twin, Map.of("values", Map.of("city", "Pune", "email", mail())))
        .is(200);
    admin.patch("/contacts/" + ann, Map.of("values", Map.of("email", "new-" + mail()))).is(200);
  }

  @Test
  void ENG_101_whatTwoContactsSharedIsHeldByWhoeverStays() {
    allow(true);
    long ann = admin.make("contacts", Map.of("lastName", "Ann", "email", mail()));
    long twin = admin.make("contacts", Map.of("lastName", "Twin", "email", mail()));
    long other = admin.make("contacts", Map.of("lastName", "Other", "email", mail()));
    allow(false);
    admin
        .post("/contacts/" + twin + "/merge", Map.of("records", List.of(Map.of("id", ann))))
        .is(200);
    Map<String, Object> again = Map.of("values", Map.of("lastName", "Ann", "email", mail()));
    admin.post("/contacts", again).is(422).says("email", "contact/" + twin);
    // One that is left takes what nobody holds any more.
    admin.delete("/contacts/" + twin).is(204);
    admin.patch("/contacts/" + other, Map.of("values", Map.of("city", "Pune"))).is(200);
    admin.post("/contacts", again).is(422).says("email", "contact/" + other);
  }

  @Test
  void ENG_101_whatComesInByItselfUpdatesTheContact() {
    long ann = admin.make("contacts", Map.of("lastName", "Ann", "email", mail(), "city", "Pune"));
    WriteResult written =
        records
            .write(
                List.of(
                    new RecordCommand.Create(
                        EntityType.CONTACT,
                        Values.of("lastName", "Lee").with("email", mail()).with("phone", phone()))),
                Cause.system("form"))
            .get(0);
    assertThat(written).isInstanceOf(WriteResult.Written.class);
    assertThat(((WriteResult.Written) written).ref().id()).isEqualTo(ann);
    assertThat(((WriteResult.Written) written).created()).isFalse();
    JsonNode values = admin.get("/contacts/" + ann).is(200).json().path("values");
    assertThat(values.path("lastName").asText()).isEqualTo("Lee");
    assertThat(values.path("city").asText()).as("what is not said stays").isEqualTo("Pune");
    assertThat(values.path("phone").asText()).isEqualTo(phone());
  }

  @Test
  void ENG_102_aDeletedContactFreesItsAddressAndCanBeRestored() {
    long ann =
        ravi.api().make("contacts", Map.of("lastName", "Ann", "email", mail(), "city", "Goa"));
    int version = ravi.api().get("/contacts/" + ann).json().path("version").asInt();
    admin.delete("/contacts/" + ann + "?version=" + version).is(204);
    ravi.api().get("/contacts?filter=id%20=%20" + ann).is(200);
    assertThat(admin.get("/contacts/trash").is(200).ids()).contains(ann);
    admin.post("/contacts/" + ann + "/restore").is(200);
    assertThat(admin.get("/contacts/" + ann).is(200).json().at("/values/city").asText())
        .isEqualTo("Goa");
  }

  @Test
  void LEAD_113_aDeletedLeadComesBackAsItWas() {
    long lead = ravi.api().make("leads", Map.of("lastName", mark, "city", "Goa"));
    admin.delete("/leads/" + lead).is(204);
    assertThat(admin.get("/leads/trash").is(200).ids()).contains(lead);
    admin.post("/leads/" + lead + "/restore").is(200);
    JsonNode back = ravi.api().get("/leads/" + lead).is(200).json();
    assertThat(back.at("/values/city").asText()).isEqualTo("Goa");
    assertThat(back.at("/values/owner").asLong()).isEqualTo(ravi.id());
  }
}
