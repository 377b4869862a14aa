package io.leadloom.record.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.JobStatus;
import io.leadloom.platform.JobWorker;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A user's records go to somebody else (SET-037). In a database of its own: hundreds of leads that are alike would be in
 * the way of tests that count the rows they read.
 */
@LeadloomTest(properties = "leadloom.test.database=hand-over")
@Tag("database")
class HandOverTest {

  @Autowired private MockMvc http;
  @Autowired private HandOvers handOvers;
  @Autowired private Records records;
  @Autowired private Staff staff;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transactions;

  @Autowired
  @Qualifier("handOverWorker")
  private JobWorker worker;

  private long leaver;
  private long taker;

  @BeforeEach
  void users() {
    leaver = user("Leaver");
    taker = user("Taker");
    worker.stop();
  }

  @AfterEach
  void workAgain() {
    worker.start();
  }

  private long user(String name) {
    return staff
        .create(
            new Staff.NewAccount(
                name + UUID.randomUUID().toString().substring(0, 8),
                name,
                null,
                null,
                "a long passphrase",
                Set.of(Role.SALES),
                null,
                null,
                null))
        .id();
  }

  private void deactivate(long user) {
    Account account = staff.account(user);
    staff.change(
        user,
        new Staff.AccountChange(
            account.version(), null, null, null, null, null, false, null, null, null));
  }

  /** Each lead comes with its contact, who has the same owner. */
  private List<RecordRef> owned(EntityType type, int count, Map<String, Object> values) {
    List<RecordCommand> commands = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      commands.add(new RecordCommand.Create(type, Values.copyOf(values).with("owner", leaver)));
    }
    return records.write(commands, Cause.system("test")).stream()
        .map(result -> ((WriteResult.Written) result).ref())
        .toList();
  }

  private Object ownerOf(RecordRef ref) {
    return Objects.requireNonNull(records.find(ref).orElseThrow().values().get("owner"));
  }

  private ResultActions call(String login, HttpMethod method, String path, String body)
      throws Exception {
    return http.perform(
        request(method, "/api/v1/users/" + leaver + path)
            .with(httpBasic(login, "leadloom"))
            .contentType(MediaType.APPLICATION_JSON)
            .content(body));
  }

  @Test
  void everythingThatIsStillToBeDoneGoesAndEachChangeIsInTheHistory() throws Exception {
    List<RecordRef> leads = owned(EntityType.LEAD, 450, Map.of("lastName", "Handed"));
    RecordRef contact = owned(EntityType.CONTACT, 1, Map.of("lastName", "Handed")).get(0);
    RecordRef company = owned(EntityType.ACCOUNT, 1, Map.of("name", "H" + leaver)).get(0);
    RecordRef open = owned(EntityType.TASK, 1, Map.of("title", "Call", "type", "call")).get(0);
    RecordRef finished =
        owned(EntityType.TASK, 1, Map.of("title", "Called", "type", "call", "status", "completed"))
            .get(0);
    RecordRef trashed = leads.get(449);
    records.write(List.of(new RecordCommand.Trash(trashed, null)), Cause.system("test"));
    transactions.executeWithoutResult(
        status ->
            jdbc.update(
                "insert into static_list (id, version, name, owner_id, created_at, updated_at)"
                    + " values (?, 1, ?, ?, current_timestamp, current_timestamp)",
                leaver,
                "List " + leaver,
                leaver));
    deactivate(leaver);

    call("admin", HttpMethod.GET, "/holdings", "")
        .andExpect(jsonPath("$.lead").value(449))
        .andExpect(jsonPath("$.task").value(1))
        .andExpect(jsonPath("$.list").value(1));
    call("admin", HttpMethod.POST, "/hand-overs", "{\"to\": " + taker + "}")
        .andExpect(status().isAccepted())
        .andExpect(jsonPath("$.status").value("running"))
        .andExpect(jsonPath("$.total").value(903));
    // A double click is the same job.
    call("admin", HttpMethod.POST, "/hand-overs", "{\"to\": " + taker + "}")
        .andExpect(status().isAccepted());
    worker.start();
    await()
        .untilAsserted(
            () ->
                call("admin", HttpMethod.GET, "/hand-overs", "")
                    .andExpect(jsonPath("$.items.length()").value(1))
                    .andExpect(jsonPath("$.items[0].status").value("done"))
                    .andExpect(jsonPath("$.items[0].done").value(903))
                    .andExpect(jsonPath("$.items[0].leftOut").value(0)));

    assertThat(leads.subList(0, 449))
        .allSatisfy(lead -> assertThat(ownerOf(lead)).isEqualTo(taker));
    assertThat(List.of(contact, company, open))
        .allSatisfy(ref -> assertThat(ownerOf(ref)).isEqualTo(taker));
    assertThat(ownerOf(finished)).isEqualTo(leaver);
    assertThat(
            jdbc.queryForObject(
                "select owner_id from static_list where id = ?", Long.class, leaver))
        .isEqualTo(taker);
    http.perform(
            request(HttpMethod.GET, "/api/v1/leads/" + leads.get(0).id() + "/history")
                .with(httpBasic("admin", "leadloom")))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$..[?(@.field == 'owner')]").isNotEmpty());
  }

  @Test
  void aJobGoesOnPageByPageAndStopsWhenItIsToldTo() {
    owned(EntityType.LEAD, 250, Map.of("lastName", "Handed"));
    HandOver job = handOvers.order(leaver, taker);
    assertThat(handOvers.page(job.id())).isTrue();
    assertThat(handOvers.find(leaver, job.id()).done()).isEqualTo(200);
    assertThat(handOvers.stop(leaver, job.id()).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(handOvers.page(job.id())).isFalse();
    assertThat(handOvers.holdings(leaver)).containsEntry("lead", 50L);

    HandOver rest = handOvers.order(leaver, taker);
    assertThat(rest.total()).isEqualTo(300);
    for (long done : new long[] {50, 250, 300}) {
      assertThat(handOvers.page(rest.id())).isTrue();
      assertThat(handOvers.find(leaver, rest.id()).done()).isEqualTo(done);
    }
    assertThat(handOvers.page(rest.id())).isFalse();
    assertThat(handOvers.find(leaver, rest.id()).status()).isEqualTo(JobStatus.DONE);
    assertThat(handOvers.find(leaver, rest.id()).endedAt()).isNotNull();
  }

  @Test
  void whoTakesOverGoesAwayMeanwhileAndTheJobSaysWhatItLeftOut() {
    owned(EntityType.LEAD, 3, Map.of("lastName", "Handed"));
    HandOver job = handOvers.order(leaver, taker);
    deactivate(taker);
    while (handOvers.page(job.id())) {
      assertThat(handOvers.find(leaver, job.id()).done()).isZero();
    }
    HandOver ended = handOvers.find(leaver, job.id());
    assertThat(ended.status()).isEqualTo(JobStatus.DONE);
    assertThat(ended.leftOut()).isEqualTo(6);
    assertThat(ended.problem()).contains("owner").contains("active user");
    assertThat(handOvers.holdings(leaver)).containsEntry("lead", 3L);
  }

  /** A process whose only agent this is, with one lead list of the leaver. */
  private long leadList(long agent) {
    String name = "Process " + UUID.randomUUID();
    byte[] folded = name.getBytes(StandardCharsets.UTF_8);
    long id = agent * 100 + leaver % 100;
    transactions.executeWithoutResult(
        status -> {
          jdbc.update(
              "insert into table_definition (id, name, folded, version) values (?, ?, ?, 1)",
              id,
              name,
              folded);
          jdbc.update(
              "insert into call_process (id, name, folded, definition_id, time_zone, version)"
                  + " values (?, ?, ?, ?, 'UTC', 1)",
              id,
              name,
              folded,
              id);
          jdbc.update(
              "insert into call_process_member (process_id, user_id, supervisor) values (?, ?, false)",
              id,
              agent);
          jdbc.update(
              "insert into lead_list (id, process_id, name, folded, time_zone, owner_id, enabled, created_at, version)"
                  + " values (?, ?, ?, ?, 'UTC', ?, true, current_timestamp, 1)",
              id,
              id,
              "List of " + name,
              folded,
              leaver);
        });
    return id;
  }

  @Test
  void leadListsGoWhereTheOtherWorksInTheProcessAndTheJobNamesThoseThatStay() {
    long goes = leadList(taker);
    long stays = leadList(leaver);
    deactivate(leaver);
    assertThat(handOvers.holdings(leaver)).containsEntry("leadList", 2L);
    HandOver job = handOvers.order(leaver, taker);
    assertThat(job.total()).isEqualTo(2);
    while (handOvers.page(job.id())) {
      assertThat(handOvers.find(leaver, job.id()).status()).isEqualTo(JobStatus.RUNNING);
    }
    String owner = "select owner_id from lead_list where id = ?";
    assertThat(jdbc.queryForObject(owner, Long.class, goes)).isEqualTo(taker);
    assertThat(jdbc.queryForObject(owner, Long.class, stays)).isEqualTo(leaver);
    HandOver ended = handOvers.find(leaver, job.id());
    assertThat(ended.status()).isEqualTo(JobStatus.DONE);
    assertThat(ended.done()).isEqualTo(1);
    assertThat(ended.leftOut()).isEqualTo(1);
    assertThat(ended.problem()).contains("lead list List of").contains("user of its process");
  }

  @Test
  void onlyAnotherActiveUserTakesOverAndOnlyOneAtATime() {
    long third = user("Third");
    assertThatThrownBy(() -> handOvers.order(leaver, leaver)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> handOvers.order(leaver, null)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> handOvers.order(leaver, 987_654_321L))
        .isInstanceOf(RefusedException.class);
    HandOver job = handOvers.order(leaver, taker);
    assertThatThrownBy(() -> handOvers.order(leaver, third))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusedException.Reason.CONFLICT));
    handOvers.stop(leaver, job.id());
    deactivate(third);
    assertThatThrownBy(() -> handOvers.order(leaver, third)).isInstanceOf(RefusedException.class);
  }

  @Test
  void onlyAdministratorsHandOver() throws Exception {
    call("sales", HttpMethod.GET, "/holdings", "").andExpect(status().isForbidden());
    call("sales", HttpMethod.GET, "/hand-overs", "").andExpect(status().isForbidden());
    call("sales", HttpMethod.POST, "/hand-overs", "{\"to\": " + taker + "}")
        .andExpect(status().isForbidden());
    call("admin", HttpMethod.POST, "/hand-overs", "{\"to\": 0}")
        .andExpect(status().isUnprocessableEntity())
        .andExpect(jsonPath("$.violations[0].field").value("to"));
    call("admin", HttpMethod.GET, "/hand-overs/987654", "").andExpect(status().isNotFound());
  }

  @Test
  void aDeactivatedUserCannotBeChosenAsOwnerButStaysWhereHeIs() {
    RecordRef lead = owned(EntityType.LEAD, 1, Map.of("lastName", "Handed")).get(0);
    deactivate(leaver);
    List<WriteResult> results =
        records.write(
            List.of(
                new RecordCommand.Create(
                    EntityType.LEAD, Values.copyOf(Map.of("lastName", "New", "owner", leaver))),
                new RecordCommand.Update(
                    lead, null, Values.copyOf(Map.of("city", "Pune", "owner", leaver)))),
            Cause.system("test"));
    assertThat(results.get(0))
        .isInstanceOfSatisfying(
            WriteResult.Refused.class,
            refused ->
                assertThat(refused.violations())
                    .singleElement()
                    .satisfies(
                        violation -> {
                          assertThat(violation.field()).isEqualTo("owner");
                          assertThat(violation.expectation()).contains("active user");
                        }));
    assertThat(results.get(1)).isInstanceOf(WriteResult.Written.class);
  }
}
