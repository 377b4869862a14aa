package io.leadloom.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.identity.Hierarchy;
import io.leadloom.identity.Users;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.company.MeetingTimes;
import io.leadloom.platform.filter.Filter;
import io.leadloom.record.Lists;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.testing.LeadloomTest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;

@LeadloomTest(
    properties = {
      "leadloom.sample-data=true",
      "leadloom.test.users=false",
      "leadloom.test.database=sample"
    })
class SampleDataTest {

  @Autowired private SampleData sampleData;
  @Autowired private Records records;
  @Autowired private Lists lists;
  @Autowired private Users users;
  @Autowired private Hierarchy hierarchy;
  @Autowired private MeetingTimes times;
  @Autowired private JournalConsumers consumers;
  @Autowired private TestRestTemplate http;

  @Test
  void theCompanyIsThereOnceAndItsPeopleCanSignIn() {
    sampleData.start();
    assertThat(records.count(EntityType.LEAD, Filter.ALL)).isEqualTo(SampleRecords.LEADS);
    assertThat(records.count(EntityType.ACCOUNT, Filter.ALL)).isEqualTo(SampleRecords.ACCOUNTS);
    assertThat(records.count(EntityType.CONTACT, Filter.ALL)).isEqualTo(SampleRecords.LEADS);
    assertThat(records.count(EntityType.ACTIVITY, Filter.ALL)).isBetween(3_000L, 5_000L);
    assertThat(records.count(EntityType.TASK, Filter.ALL)).isBetween(400L, 800L);
    assertThat(
            records
                .search(
                    new Records.Search(
                        EntityType.ACTIVITY, Filter.ALL, Set.of(), null, true, null, 200, false))
                .items())
        .extracting(Record::activityType)
        .contains("phone-call-outbound", "email-sent", "form-submitted", "meeting");
    assertThat(lists.find("bangalore leads").orElseThrow().members()).isBetween(300L, 500L);
    for (String login : List.of("admin", "manager", "sales")) {
      assertThat(
              http.withBasicAuth(login, "leadloom")
                  .getForEntity("/api/v1/session", String.class)
                  .getStatusCode())
          .isEqualTo(HttpStatus.OK);
    }
    long sales = users.byLogin("sales").orElseThrow().id();
    assertThat(hierarchy.above(sales)).hasSize(3);
    assertThat(hierarchy.below(users.byLogin("admin").orElseThrow().id())).hasSize(11);
    for (long anybody : hierarchy.below(users.byLogin("admin").orElseThrow().id())) {
      assertThat(times.of(anybody).days().keySet()).as("times are offered on weekdays").hasSize(5);
    }
  }

  @Test
  void leadsLookAsIfTheyHadComeOverTheLastMonths() {
    Records.Search newest =
        new Records.Search(
            EntityType.LEAD, Filter.ALL, Set.of(), "createdAt", false, null, 200, false);
    List<Record> oldest = records.search(newest).items();
    assertThat((Instant) oldest.get(0).values().get("createdAt"))
        .isBefore(Instant.now().minusSeconds(90 * 86_400L));
    assertThat(oldest).allMatch(lead -> lead.values().number("owner") != null);
    assertThat(oldest)
        .extracting(lead -> lead.values().text("city"))
        .contains("Bangalore", "Mumbai");
    assertThat(oldest)
        .extracting(lead -> lead.values().text("product"))
        .contains("Home loan", "MBA");
    assertThat(oldest)
        .extracting(lead -> lead.values().text("email"))
        .allMatch(email -> email.endsWith(".example"));
    assertThat(oldest)
        .extracting(lead -> lead.values().number("score"))
        .anyMatch(score -> score > 0);
  }

  @Test
  void consumersDoNotReactToTheSampleData() {
    assertThat(consumers.all()).allMatch(status -> status.lag() == 0);
  }
}
