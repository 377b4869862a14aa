package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.smart.SmartLists;
import io.leadloom.record.smart.Viewer;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two nodes keep the members of live lists together: each passage is noted once, whoever wrote and whoever looked. */
@Tag("database")
@Tag("nodes")
class SmartListsOnTwoNodesTest {

  private static final int ENTERED = 16;
  private static final int LEFT = 17;
  private static final int LEADS = 200;

  private static Installation installation;
  private static Node first;
  private static Node second;
  private static Viewer viewer;

  @BeforeAll
  static void startNodes() {
    installation = new Installation();
    first = installation.start();
    second = installation.start();
    installation.awaitShared(2);
    long id =
        first
            .get(Staff.class)
            .enroll(
                List.of(
                    new Staff.NewAccount(
                        "smart",
                        "smart",
                        null,
                        null,
                        "long enough for a test",
                        Set.of(Role.ADMINISTRATOR),
                        null,
                        null,
                        null)))
            .get(0)
            .id();
    viewer = new Viewer(id, Set.of("crm_admin"), Rights.everything(id));
  }

  @AfterAll
  static void stopNodes() {
    installation.close();
  }

  private static long live(String name, String filter) {
    long id =
        first
            .get(SmartLists.class)
            .create(
                "lead",
                new SmartLists.Change(name, filter, null, null, null, null, null, true),
                viewer)
            .id();
    await()
        .atMost(Installation.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        installation.count(
                            "select count(*) from smart_keep where list_id = ? and state = 2", id))
                    .isOne());
    return id;
  }

  private static long passages(int kind, long list) {
    return installation.count(
        "select count(*) from journal where kind = ? and payload like ?",
        kind,
        "%\"list\":\"" + list + "\"%");
  }

  private static void awaitPassages(int kind, long list, long expected) {
    await()
        .atMost(Installation.PATIENCE)
        .untilAsserted(() -> assertThat(passages(kind, list)).isEqualTo(expected));
  }

  @Test
  void eachRecordEntersOnceWhoeverWritesIt() {
    long list = live("Shared", "city = \"Smart\"");
    CompletableFuture.allOf(
            CompletableFuture.runAsync(
                () -> installation.createLeads(first, "Smart", 0, LEADS / 2)),
            CompletableFuture.runAsync(
                () -> installation.createLeads(second, "Smart", LEADS / 2, LEADS)))
        .join();
    awaitPassages(ENTERED, list, LEADS);
    assertThat(
            installation.count(
                "select count(*) from smart_member where list_id = ? and is_member = true", list))
        .isEqualTo(LEADS);
    List<Long> leads =
        first
            .get(JdbcTemplate.class)
            .queryForList("select id from leads where city = 'Smart'", Long.class);
    List<RecordCommand> moves = new ArrayList<>();
    leads.forEach(
        id ->
            moves.add(
                new RecordCommand.Update(RecordRef.lead(id), null, Values.of("city", "Else"))));
    second.get(Records.class).write(moves, Cause.system("test"));
    awaitPassages(LEFT, list, LEADS);
    assertThat(passages(ENTERED, list)).isEqualTo(LEADS);
    assertThat(installation.count("select count(*) from smart_member where list_id = ?", list))
        .isZero();
  }

  @Test
  void whatTimeAloneChangesIsNotedOnceByBothTogether() {
    long list = live("By time", "city = \"Timed\" and lastActivityAt within last 1 minutes");
    Instant soon = Instant.now().minusSeconds(60).plusSeconds(6);
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < LEADS; i++) {
      commands.add(
          new RecordCommand.Create(
              io.leadloom.platform.EntityType.LEAD,
              Values.of("lastName", "T" + i)
                  .with("city", "Timed")
                  .with("lastActivityAt", soon.plusMillis(5L * i))));
    }
    second.get(Records.class).write(commands, Cause.system("test"));
    awaitPassages(ENTERED, list, LEADS);
    awaitPassages(LEFT, list, LEADS);
    assertThat(installation.count("select count(*) from smart_member where list_id = ?", list))
        .isZero();
  }
}
