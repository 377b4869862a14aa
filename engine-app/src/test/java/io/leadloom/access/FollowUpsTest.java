package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.schedule.TimeTriggers;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is noted of contacts with a lead, and the next one that is planned. */
@LeadloomTest(properties = "leadloom.test.database=choices")
class FollowUpsTest extends LeadChoiceCalls {

  private static final Instant NOON = Instant.parse("2027-05-10T12:00:00Z");

  @Autowired MutableClock clock;
  @Autowired TimeTriggers triggers;
  @Autowired Users users;
  @Autowired JdbcTemplate jdbc;

  @BeforeEach
  void aDay() {
    clock.setTo(NOON);
  }

  private static Map<String, Object> at(String date, String time, String comment) {
    Map<String, Object> body = new HashMap<>();
    body.put("date", date);
    body.put("time", time);
    body.put("timeZone", "UTC");
    body.put("comment", comment);
    return body;
  }

  private long mine() {
    return lead(sales, Map.of("stage", "Prospect")).is(201).id();
  }

  private Caller.Answer note(long lead, Map<String, Object> body) {
    return sales.post("/leads/" + lead + "/follow-ups", body);
  }

  private JsonNode noted(long lead) {
    return sales.get("/leads/" + lead + "/follow-ups").is(200).json().path("items");
  }

  private List<JsonNode> tasks(long lead, String more) {
    return tasks(sales, lead, more);
  }

  private static List<JsonNode> tasks(Caller caller, long lead, String more) {
    List<JsonNode> tasks = new ArrayList<>();
    String filter = "type = \"follow-up\" and lead = " + lead + more;
    caller
        .get(
            "/tasks?filter="
                + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20"))
        .is(200)
        .json()
        .path("items")
        .forEach(tasks::add);
    return tasks;
  }

  @Test
  void LEAD_E15_aMomentThatIsOverIsRefusedAndNoneAtAllIsNoted() {
    long lead = mine();
    note(lead, at("2027-05-10", "11:59", "late")).is(422).says("time", "future");
    note(lead, at("2027-05-10", "", "half")).is(422).says("time", "neither");
    note(lead, at("", "15:00", "half")).is(422).says("date", "neither");
    assertThat(noted(lead)).isEmpty();

    note(lead, at("", "", "No answer")).is(201);
    assertThat(noted(lead).get(0).path("comment").asText()).isEqualTo("No answer");
    assertThat(noted(lead).get(0).path("nextAt").isNull()).isTrue();
    assertThat(tasks(lead, "")).isEmpty();
    assertThat(sales.get("/leads/" + lead + "/timeline").text()).contains("No answer");
  }

  @Test
  void everyUpdateStaysWithWhatItChangedAndTheNewestPlanStandsAlone() {
    long lead = mine();
    Map<String, Object> first = at("2027-05-11", "09:00", "Call again");
    first.put("values", Map.of("stage", "Opportunity", "status", "Negotiation", "rating", "Hot"));
    note(lead, first).is(201);
    note(lead, at("2027-05-12", "10:30", "Moved")).is(201);

    JsonNode entries = noted(lead);
    assertThat(entries).hasSize(2);
    assertThat(entries.get(0).path("comment").asText()).isEqualTo("Moved");
    JsonNode moves = entries.get(1).path("moves");
    assertThat(moves.path("stage").path("before").asText()).isEqualTo("Prospect");
    assertThat(moves.path("stage").path("after").asText()).isEqualTo("Opportunity");
    assertThat(moves.path("status").path("after").asText()).isEqualTo("Negotiation");
    assertThat(moves.path("rating").path("after").asText()).isEqualTo("Hot");
    assertThat(entries.get(1).path("userId").asLong()).isPositive();
    assertThat(entries.get(1).path("nextAt").asText()).isEqualTo("2027-05-11T09:00:00Z");
    assertThat(values(lead).path("stage").asText()).isEqualTo("Opportunity");

    List<JsonNode> planned = tasks(lead, " and status = \"pending\"");
    assertThat(planned).hasSize(1);
    assertThat(planned.get(0).path("values").path("dueAt").asText())
        .isEqualTo("2027-05-12T10:30:00Z");
    assertThat(tasks(lead, "")).as("the plan before it is kept").hasSize(2);
  }

  @Test
  void aStatusOfAnotherStageIsRefusedAndThenNothingIsNoted() {
    long lead = mine();
    Map<String, Object> body = at("2027-05-11", "09:00", "Not so");
    body.put("values", Map.of("status", "Negotiation"));
    note(lead, body).is(422).says("status", "Prospect");
    body.put("values", Map.of("city", "Pune"));
    note(lead, body).is(422).says("city", "stage, status, group or rating");
    assertThat(noted(lead)).isEmpty();
    assertThat(tasks(lead, "")).isEmpty();
  }

  @Test
  void LEAD_E34_aPlanWhoseDayHasPassedIsOverdueUntilTheNextUpdate() {
    clock.setTo(Instant.parse("2027-05-09T12:00:00Z"));
    long lead = mine();
    note(lead, at("2027-05-09", "15:00", "Today")).is(201);
    clock.setTo(NOON);
    String pending = " and status = \"pending\"";
    assertThat(tasks(lead, pending + " and dueAt >= 2027-05-10T00:00:00Z")).isEmpty();
    assertThat(tasks(lead, pending + " and dueAt < 2027-05-10T00:00:00Z")).hasSize(1);
    note(lead, at("", "", "Reached")).is(201);
    assertThat(tasks(lead, pending)).isEmpty();
    assertThat(tasks(lead, " and status = \"completed\"")).hasSize(1);
  }

  @Test
  void LEAD_091_theOwnerIsRemindedAtThePlannedMomentAndOnceByMailTooUnlessHeSwitchedItOff() {
    triggers.look();
    String mailed = planning(true);
    String unmailed = planning(false);
    long lead = mine();
    note(lead, at("2027-05-10", "15:00", "Ask for the offer")).is(201);
    triggers.look();
    assertThat(notices(lead)).isZero();
    clock.advance(Duration.ofHours(3).plusSeconds(1));
    triggers.look();
    triggers.look();
    assertThat(notices(lead)).isEqualTo(1);
    assertThat(sales.get("/notices").text()).contains("Ask for the offer");
    assertThat(mails(mailed)).isEqualTo(1);
    assertThat(mails(unmailed)).isZero();
    String body =
        jdbc.queryForObject("select body from delivery where recipient = ?", String.class, mailed);
    assertThat(body)
        .as("in the language of who is reminded, with time and link")
        .contains("Wiedervorlage: ", "Ask", "10. Mai 2027", "/leads/");
  }

  private long notices(long lead) {
    long count = 0;
    for (JsonNode notice : sales.get("/notices").is(200).json().path("items")) {
      count += notice.path("ref").asText().equals("lead/" + lead) ? 1 : 0;
    }
    return count;
  }

  @Test
  void aRenamedStageShowsInWhatWasNotedBefore() {
    String name = unique("Talks");
    long stage = stage(name);
    long lead = mine();
    Map<String, Object> body = at("", "", "Moved");
    body.put("values", Map.of("stage", name));
    note(lead, body).is(201);
    String renamed = unique("Renamed");
    change("stages", stage, Map.of("label", renamed)).is(200);
    assertThat(noted(lead).get(0).path("moves").path("stage").path("after").asText())
        .isEqualTo(renamed);
  }

  @Test
  void onTheLeadOfSomebodyWhoHasLeftWhoeverPlansIsReminded() {
    People people = new People(http, staff);
    People.Somebody gone = people.hire(null, Role.SALES);
    long lead = lead(gone.api(), Map.of()).is(201).id();
    staff.change(
        gone.id(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    admin.post("/leads/" + lead + "/follow-ups", at("2027-05-11", "09:00", "Mine now")).is(201);
    long me = users.byLogin("admin").orElseThrow().id();
    List<JsonNode> planned = tasks(admin, lead, " and status = \"pending\"");
    assertThat(planned).hasSize(1);
    assertThat(planned.get(0).path("values").path("owner").asLong()).isEqualTo(me);
  }

  @Test
  void whoHasSeenAnOlderLeadIsToldAlsoWhenNothingOfItChanges() {
    long lead = mine();
    int version = sales.get("/leads/" + lead).is(200).json().path("version").asInt();
    update(sales, lead, Map.of("city", "Pune")).is(200);
    Map<String, Object> body = at("2027-05-11", "09:00", "Old");
    body.put("version", version);
    note(lead, body).is(409).says("version", "as it is now");
    assertThat(noted(lead)).isEmpty();
    assertThat(tasks(lead, "")).isEmpty();
    body.put("version", version + 1);
    note(lead, body).is(201);
  }

  @Test
  void LEAD_097_ofManyPlansAtOnceOneIsLeft() {
    long lead = mine();
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      String time = "1" + n + ":00";
      all.add(
          CompletableFuture.supplyAsync(
              () -> note(lead, at("2027-05-11", time, "At " + time)).status()));
    }
    assertThat(all.stream().map(CompletableFuture::join)).containsOnly(201);
    assertThat(noted(lead)).hasSize(6);
    assertThat(tasks(lead, " and status = \"pending\"")).hasSize(1);
  }

  private long mails(String address) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from delivery where recipient = ?", Long.class, address);
    return count == null ? 0 : count;
  }

  /** Somebody who plans a follow-up, with or without reminders by mail; returns the address. */
  private String planning(boolean mailed) {
    People.Somebody who = new People(http, staff).hire(null, Role.SALES);
    String address = "reminded-" + who.id() + "@example.com";
    staff.change(
        who.id(),
        new Staff.AccountChange(null, null, address, null, null, null, null, null, null, null));
    Map<String, Object> profile = new HashMap<>();
    profile.put("version", who.api().get("/profile").is(200).json().path("version").asInt());
    profile.put("name", "Reminded");
    profile.put("email", address);
    profile.put("followUpMail", mailed);
    profile.put("locale", "de");
    JsonNode saved = who.api().put("/profile", profile).is(200).json();
    assertThat(saved.path("followUpMail").asBoolean()).isEqualTo(mailed);
    long lead = lead(who.api(), Map.of()).is(201).id();
    who.api().post("/leads/" + lead + "/follow-ups", at("2027-05-10", "15:00", "Ask")).is(201);
    return address;
  }

  @Test
  void whoHasLeftIsNotReminded() {
    triggers.look();
    People.Somebody gone = new People(http, staff).hire(null, Role.SALES);
    long lead = lead(gone.api(), Map.of()).is(201).id();
    gone.api().post("/leads/" + lead + "/follow-ups", at("2027-05-10", "15:00", "Ask")).is(201);
    staff.change(
        gone.id(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    clock.advance(Duration.ofHours(3).plusSeconds(1));
    triggers.look();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from notice where user_id = ?", Long.class, gone.id()))
        .isZero();
  }

  @Test
  void LEAD_E28_aRestoredLeadHasItsEarlierFollowUps() {
    long lead = mine();
    for (String comment : List.of("first", "second", "third")) {
      note(lead, Map.of("comment", comment)).is(201);
    }
    admin.delete("/leads/" + lead).is(204);
    String only = "?filter=id%20=%20" + lead;
    assertThat(admin.get("/leads" + only).is(200).ids()).isEmpty();
    assertThat(admin.get("/leads/trash?limit=200").is(200).ids()).contains(lead);
    admin.post("/leads/" + lead + "/restore").is(200);
    assertThat(admin.get("/leads" + only).is(200).ids()).containsExactly(lead);
    assertThat(noted(lead))
        .extracting(one -> one.path("comment").asText())
        .containsExactlyInAnyOrder("first", "second", "third");
  }
}
