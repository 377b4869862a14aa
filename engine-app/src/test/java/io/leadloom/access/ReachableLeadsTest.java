package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Leads that come without an employee at the form need one way of reaching the person, whichever way they come (LEAD-217). */
@LeadloomTest
@Tag("database")
class ReachableLeadsTest {

  private static final String ASKED = "a way of reaching the person: a value in phone or email";

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private final String mark = "reach" + UUID.randomUUID().toString().substring(0, 8);
  private People people;
  private Caller admin;

  @BeforeEach
  void callers() {
    people = new People(http, staff);
    admin = people.admin();
  }

  private static Map<String, Object> lead(Object... more) {
    return Map.of("values", CallCentre.values(more));
  }

  private long found() {
    return admin
        .get("/leads?count=true&filter=lastName%20=%20%22" + mark + "%22")
        .is(200)
        .json()
        .path("total")
        .asLong();
  }

  @Test
  void LEAD_217_oneWayOfReachingThePersonIsEnoughAndNoneIsRefused() {
    admin
        .post("/leads", lead("lastName", mark, "source", "Website form"))
        .is(422)
        .says("phone", ASKED);
    admin.post("/leads", lead("lastName", mark, "company", "Acme")).is(422).says("phone", ASKED);
    Caller.Answer wrong =
        admin.post("/leads", lead("lastName", mark, "email", "no address")).is(422);
    assertThat(wrong.json().path("violations")).as("what was given is told of, once").hasSize(1);
    assertThat(found()).isZero();
    long contact = admin.make("contacts", Map.of("lastName", mark));
    admin.post("/leads", lead("lastName", mark, "phone", "+4930123456")).is(201);
    admin.post("/leads", lead("lastName", mark, "email", mark + "@reach.example")).is(201);
    long known = admin.post("/leads", lead("lastName", mark, "contact", contact)).is(201).id();
    assertThat(found()).isEqualTo(3);
    // Only how a lead comes in is asked about: what is here goes on.
    admin.patch("/leads/" + known, lead("city", "Pune")).is(200);
  }

  @Test
  void LEAD_217_aFieldOfOnesOwnForNumbersReachesThePersonToo() {
    String key =
        admin
            .post("/schema/lead/fields", Map.of("label", "Mobile " + mark, "type", "phone"))
            .is(201)
            .json()
            .path("key")
            .asText();
    admin.post("/leads", lead("lastName", mark, key, "+4930123456")).is(201);
    assertThat(found()).isOne();
  }

  @Test
  void LEAD_217_eachRecordOfABulkCallIsJudgedOnItsOwn() {
    JsonNode results =
        admin
            .post(
                "/leads/bulk",
                Map.of(
                    "records",
                    List.of(
                        lead("lastName", mark), lead("lastName", mark, "phone", "+4930123456"))))
            .is(200)
            .json()
            .path("results");
    assertThat(results.findValuesAsText("outcome")).containsExactly("refused", "created");
    assertThat(results.get(0).at("/violations/0/expectation").asText()).startsWith(ASKED);
    assertThat(found()).isOne();
  }

  @Test
  void LEAD_217_rowsOfAFileWithoutAnyAreInItsErrorFile() {
    String csv = "Surname,Tel\n%s,+4930123456\n%s,\n".formatted(mark, mark);
    long id =
        admin
            .upload(
                "/imports?entity=lead&name=reach.csv&mapping=%7B%22Surname%22:%22lastName%22,%22Tel%22:%22phone%22%7D",
                csv)
            .is(202)
            .id();
    await()
        .until(() -> !admin.get("/imports/" + id).json().path("status").asText().equals("running"));
    JsonNode job = admin.get("/imports/" + id).is(200).json();
    assertThat(job.path("created").asInt()).as(job.toString()).isOne();
    assertThat(job.path("refused").asInt()).isOne();
    assertThat(admin.get("/imports/" + id + "/errors.csv").is(200).text())
        .contains("3,Tel,,")
        .contains(ASKED);
  }

  @Test
  void LEAD_217_aFileOfPeopleWithoutAddressesIsTakenWhenSomebodySaysSo() {
    String csv = "Surname,Number\n%s,1\n%s,2\n".formatted(mark, mark);
    String mapping = "&mapping=%7B%22Surname%22:%22lastName%22,%22Number%22:%22%22%7D";
    String path = "/imports?entity=lead&name=bare.csv&unreachable=true";
    long id = admin.upload(path + mapping, csv).is(202).id();
    await()
        .until(() -> !admin.get("/imports/" + id).json().path("status").asText().equals("running"));
    JsonNode job = admin.get("/imports/" + id).is(200).json();
    assertThat(job.path("created").asInt()).as(job.toString()).isEqualTo(2);
    assertThat(job.path("refused").asInt()).isZero();
    assertThat(job.path("unreachable").asBoolean()).isTrue();
  }

  @Test
  void LEAD_217_whoMayGiveNoneIsAskedForNone() {
    Somebody seller = people.hire(null, Role.SALES);
    Map<String, Object> fields = new HashMap<>();
    List.of("phone", "email", "contact").forEach(field -> fields.put(field, "hidden"));
    Map<String, Object> exceptions = Map.of("exceptions", Map.of("fields", Map.of("lead", fields)));
    admin.put("/users/" + seller.id() + "/permissions", exceptions).is(200);
    seller.api().post("/leads", lead("lastName", mark)).is(201);
    fields.remove("phone");
    admin.put("/users/" + seller.id() + "/permissions", exceptions).is(200);
    seller
        .api()
        .post("/leads", lead("lastName", mark))
        .is(422)
        .says("phone", "a way of reaching the person: a value in phone");
  }
}
