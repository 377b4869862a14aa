package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.card.Cards;
import io.leadloom.automation.definition.Templates;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.identity.Staff;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Cards that send and that distribute. */
@LeadloomTest
@Import(Workshop.class)
class SendingCardsTest {

  @Autowired Workshop workshop;
  @Autowired Staff staff;
  @Autowired Cards cards;
  @Autowired Templates templates;

  private void publish(String city, String type, String settings) {
    workshop.publish(
        Bpmn.automation(workshop.unique("sends"))
            .trigger(Bpmn.created(city))
            .card("card", type, settings)
            .card("after", "lead.set-fields", "{\"values\":{\"company\":\"After\"}}")
            .end("done")
            .path("start", "card", "after", "done"));
  }

  private Long owner(RecordRef lead) {
    return workshop.get(lead).values().number("owner");
  }

  @Test
  void everyActionCardHasADescriptorAndEveryDescriptorOfAnActionACard() {
    List<String> described = new ArrayList<>();
    templates
        .cards()
        .forEach(
            card -> {
              if (card.path("element").asText().equals("bpmn:serviceTask")) {
                described.add(card.path("type").asText());
              }
            });
    assertThat(described).containsExactlyInAnyOrderElementsOf(cards.types());
  }

  @Test
  void mergedValuesCannotBecomeMarkup() {
    String city = workshop.unique("html");
    publish(
        city,
        "email.send",
        "{\"subject\":\"Hi {{lead.firstName}}\",\"html\":\"<b>{{lead.firstName}}</b>\"}");
    workshop.lead(
        Map.of(
            "firstName",
            "<i>Eve</i>",
            "lastName",
            "E",
            "city",
            city,
            "email",
            city + "@example.com"));
    workshop.settle();
    String body =
        workshop.jdbc.queryForObject(
            "select body from delivery where recipient = ?", String.class, city + "@example.com");
    assertThat(body).contains("<b>&lt;i&gt;Eve&lt;/i&gt;</b>").contains("Hi <i>Eve</i>");
  }

  @Test
  void aMailCarriesLettersAndLinksButNothingThatActs() {
    String city = workshop.unique("acts");
    publish(
        city,
        "email.send",
        "{\"subject\":\"Hi\",\"html\":\"<p style=\\\"color:red\\\">Hello <a href=\\\"{{lead.website}}\\\">you</a></p>"
            + "<script>steal()</script><img src=\\\"x\\\" onerror=\\\"steal()\\\"><iframe src=\\\"https://evil.example\\\"></iframe>\"}");
    workshop.lead(
        Map.of(
            "lastName",
            "A",
            "website",
            "https://good.example/?a=1",
            "city",
            city,
            "email",
            city + "@example.com"));
    workshop.settle();
    String body =
        workshop.jdbc.queryForObject(
            "select body from delivery where recipient = ?", String.class, city + "@example.com");
    assertThat(body)
        .contains("https://good.example/?a&#61;1", "Hello", "color:red")
        .doesNotContain("steal", "script", "iframe", "onerror");
  }

  @Test
  void AUT_D15_aWebhookThatFailsForGoodIsLoggedAndTheRunGoesOn() {
    String city = workshop.unique("hook");
    publish(city, "webhook.call", "{\"url\":\"http://127.0.0.1:9/x\",\"waitForResponse\":true}");
    RecordRef lead = workshop.lead(Map.of("lastName", "Hook", "city", city));
    workshop.settle();
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(20))
        .until(
            () -> {
              workshop.clock.advance(java.time.Duration.ofMinutes(1));
              return workshop.status(lead) == RunStatus.DONE;
            });
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("After");
    assertThat(workshop.history.steps(workshop.onlyRun(lead).id()))
        .anySatisfy(step -> assertThat(String.valueOf(step.message())).contains("No answer"));
  }

  @Test
  void AUT_D18_leadsAreDistributedByTurnsAndInactiveUsersPassedOver() {
    String team = workshop.unique("Team");
    long one = workshop.person(workshop.unique("one"));
    long two = workshop.person(workshop.unique("two"));
    long gone = workshop.person(workshop.unique("gone"));
    staff.createTeam(team, List.of(one, gone, two));
    staff.change(
        gone, new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    String city = workshop.unique("turns");
    publish(city, "owner.assign", "{\"how\":\"roundRobin\",\"team\":\"" + team + "\"}");
    List<Long> owners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RecordRef lead = workshop.lead(Map.of("lastName", "Turn" + i, "city", city));
      workshop.settle();
      owners.add(owner(lead));
    }
    assertThat(owners).containsExactly(one, two, one, two);
  }

  @Test
  void AUT_D18_leadsAreDistributedByWeights() {
    String heavy = workshop.unique("heavy");
    String light = workshop.unique("light");
    long first = workshop.person(heavy);
    long second = workshop.person(light);
    String city = workshop.unique("weights");
    publish(
        city,
        "owner.assign",
        "{\"how\":\"weights\",\"weights\":{\"" + heavy + "\":3,\"" + light + "\":1}}");
    List<RecordRef> leads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      leads.add(workshop.lead(Map.of("lastName", "Weight" + i, "city", city)));
    }
    workshop.settle();
    assertThat(leads).filteredOn(lead -> owner(lead) == first).hasSize(6);
    assertThat(leads).filteredOn(lead -> owner(lead) == second).hasSize(2);
  }

  @Test
  void AUT_D18_aLeadGoesToWhoeverHasTheFewest() {
    String team = workshop.unique("Loads");
    long busy = workshop.person(workshop.unique("busy"));
    long free = workshop.person(workshop.unique("free"));
    long middle = workshop.person(workshop.unique("middle"));
    staff.createTeam(team, List.of(busy, free, middle));
    for (int i = 0; i < 4; i++) {
      workshop.lead(Map.of("lastName", "Load" + i, "owner", busy));
    }
    workshop.lead(Map.of("lastName", "Load", "owner", middle));
    RecordRef trashed = workshop.lead(Map.of("lastName", "Gone", "owner", free));
    workshop.write(new io.leadloom.record.RecordCommand.Trash(trashed, null));
    String city = workshop.unique("loads");
    publish(city, "owner.assign", "{\"how\":\"leastLoaded\",\"team\":\"" + team + "\"}");
    List<RecordRef> leads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      leads.add(workshop.lead(Map.of("lastName", "New" + i, "city", city)));
    }
    workshop.settle();
    assertThat(leads.stream().map(this::owner)).doesNotContain(busy);
    assertThat(leads).filteredOn(lead -> owner(lead) == free).hasSize(4);
    assertThat(leads).filteredOn(lead -> owner(lead) == middle).hasSize(2);
  }

  @Test
  void AUT_060_theTerritoryTableSaysWhichTeamGetsALeadAndItsMembersTakeTurns() {
    String one = workshop.unique("west");
    String two = workshop.unique("west");
    long first = workshop.person(one);
    long second = workshop.person(two);
    long key = workshop.person(workshop.unique("key"));
    team("Sales West", List.of(first, second));
    team("Key Accounts", List.of(key));
    String company = workshop.unique("territory");
    workshop.publish(
        Bpmn.automation(workshop.unique("territory"))
            .trigger(
                "{\"type\":\"lead.created\",\"condition\":"
                    + Bpmn.lead("company", "equals", company)
                    + "}")
            .card("assign", "owner.assign", "{\"how\":\"table\",\"table\":\"territory\"}")
            .end("done")
            .path("start", "assign", "done"));
    RecordRef pune = workshop.lead(Map.of("lastName", "P", "company", company, "city", " pune "));
    workshop.settle();
    RecordRef goa = workshop.lead(Map.of("lastName", "G", "company", company, "state", "Goa"));
    workshop.settle();
    RecordRef mumbai = workshop.lead(Map.of("lastName", "M", "company", company, "city", "MUMBAI"));
    RecordRef nobody =
        workshop.lead(
            Map.of("lastName", "N", "company", company, "country", "Iceland", "owner", key));
    workshop.settle();
    assertThat(List.of(owner(pune), owner(goa), owner(mumbai)))
        .containsExactly(first, second, first);
    assertThat(workshop.history.steps(workshop.onlyRun(pune).id()))
        .anySatisfy(
            step ->
                assertThat(String.valueOf(step.message()))
                    .contains("Mumbai and Pune go to Sales West"));
    assertThat(owner(nobody)).as("the team has no members").isEqualTo(key);
    assertThat(workshop.status(nobody)).isEqualTo(RunStatus.DONE);
  }

  private void team(String name, List<Long> members) {
    staff.teams().stream()
        .filter(team -> team.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            team -> staff.changeTeam(team.id(), new Staff.TeamChange(null, name, members)),
            () -> staff.createTeam(name, members));
  }
}
