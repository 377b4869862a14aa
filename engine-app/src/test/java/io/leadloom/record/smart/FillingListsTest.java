package io.leadloom.record.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.identity.Users;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalHistory;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.JobWorker;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.record.mark.Tags;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens while a list is being filled; the tests fill it page by page themselves. */
@LeadloomTest
class FillingListsTest {

  private static final Cause CAUSE = Cause.system("test");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired SmartLists lists;
  @Autowired SmartUpkeep upkeep;
  @Autowired LiveLists live;
  @Autowired KeptLists kept;
  @Autowired Members members;
  @Autowired Tags tags;
  @Autowired Records records;
  @Autowired Users users;
  @Autowired JournalHistory history;
  @Autowired JournalConsumers consumers;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired Clock clock;
  @Autowired JobWorker smartListWorker;

  private final String group = UUID.randomUUID().toString();
  private final List<Long> made = new ArrayList<>();
  private Viewer admin;

  @BeforeEach
  void stopFilling() {
    smartListWorker.stop();
    long id = users.byLogin("admin").orElseThrow().id();
    admin = new Viewer(id, Set.of("crm_admin"), Rights.everything(id));
  }

  @AfterEach
  void fillAgain() {
    made.forEach(id -> lists.delete(id, admin));
    smartListWorker.start();
  }

  /** A live list that nobody has begun to fill. */
  private long begun(String filter) {
    String whole = "zip = \"" + group + "\" and (" + filter + ")";
    SmartLists.Change change =
        new SmartLists.Change(
            "Filled " + UUID.randomUUID(), whole, null, null, null, null, null, true);
    long id = lists.create("lead", change, admin).id();
    made.add(id);
    upkeep.open();
    assertThat(state(id)).isEqualTo(KeptLists.FILLING);
    return id;
  }

  private int state(long list) {
    return Objects.requireNonNull(kept.of(List.of(list)).get(list)).state();
  }

  /** Fills a list as far as a lead. */
  private void fillTo(long list, RecordRef lead) {
    Integer before =
        jdbc.queryForObject("select count(*) from leads where id <= ?", Integer.class, lead.id());
    upkeep.page(list, Objects.requireNonNull(before));
    assertThat(kept.of(List.of(list)).get(list)).returns(lead.id(), KeptLists.Kept::after);
  }

  private void fillToTheEnd(long list) {
    // Several pages, however many leads other tests have left.
    long after = Objects.requireNonNull(kept.of(List.of(list)).get(list)).after();
    int left =
        Objects.requireNonNull(
            jdbc.queryForObject("select count(*) from leads where id > ?", Integer.class, after));
    int page = left / 3 + 1;
    int pages = 1;
    while (upkeep.page(list, page)) {
      pages++;
    }
    assertThat(pages).isGreaterThan(1);
    assertThat(state(list)).isEqualTo(KeptLists.READY);
  }

  private void settle() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(consumers.find("smart-lists").orElseThrow())
                    .returns(0L, JournalConsumers.Status::lag));
  }

  private RecordRef lead(String city) {
    return write(
        new RecordCommand.Create(
            EntityType.LEAD, Values.of("zip", group).with("city", city).with("lastName", "L")));
  }

  private RecordRef write(RecordCommand command) {
    return ((Written) records.write(List.of(command), CAUSE).get(0)).ref();
  }

  private List<JournalKind> passages(RecordRef ref, long list) {
    return history.ofRoot(ref, List.of(), null, 200).items().stream()
        .map(JournalEvent::entry)
        .filter(
            entry ->
                entry.kind() == JournalKind.SMART_LIST_ENTERED
                    || entry.kind() == JournalKind.SMART_LIST_LEFT)
        .filter(entry -> Long.toString(list).equals(entry.detail().get("list")))
        .map(entry -> entry.kind())
        .toList();
  }

  private Set<Long> members(long list) {
    return Set.copyOf(
        jdbc.queryForList(
            "select record_id from smart_member where list_id = ? and is_member = true",
            Long.class,
            list));
  }

  private long tag(String name) {
    return tags.search(new Tags.Search(name, false, Tags.Sort.NAME, false, 0, 1)).get(0).id();
  }

  @Test
  void aTagThatIsDeletedWhileAListIsFilledInSilenceLeavesItSilent() {
    String name = "Tag " + group;
    RecordRef first = lead("Pune");
    RecordRef second = lead("Pune");
    RecordRef tagged = lead("Pune");
    write(new RecordCommand.AddTags(tagged, Set.of(name)));
    long list = begun("has no tag \"" + name + "\"");
    fillTo(list, first);
    tags.delete(tag(name), null);
    fillToTheEnd(list);
    settle();
    assertThat(members(list)).containsOnly(first.id(), second.id(), tagged.id());
    assertThat(passages(first, list)).isEmpty();
    assertThat(passages(second, list)).isEmpty();
    assertThat(passages(tagged, list)).isEmpty();
  }

  @Test
  void aTagThatIsDeletedOrRestoredChangesTheMembersOfAFilledListAndTellsNobody() {
    String name = "Tag " + group;
    RecordRef plain = lead("Pune");
    RecordRef tagged = lead("Pune");
    write(new RecordCommand.AddTags(tagged, Set.of(name, "Unheard of " + group)));
    long list = begun("has no tag \"" + name + "\"");
    fillToTheEnd(list);
    settle();
    tags.delete(tag("Unheard of " + group), null);
    // It asks for another tag.
    assertThat(state(list)).isEqualTo(KeptLists.READY);
    long tag = tag(name);
    tags.delete(tag, null);
    assertThat(state(list)).isEqualTo(KeptLists.FILLING);
    fillToTheEnd(list);
    assertThat(members(list)).containsOnly(plain.id(), tagged.id());
    tags.restore(tag);
    assertThat(state(list)).isEqualTo(KeptLists.FILLING);
    fillToTheEnd(list);
    assertThat(members(list)).containsOnly(plain.id());
    assertThat(passages(tagged, list)).isEmpty();
    assertThat(passages(plain, list)).isEmpty();
    // What happens to a record itself is told as before.
    write(new RecordCommand.RemoveTags(tagged, Set.of(name)));
    settle();
    assertThat(passages(tagged, list)).containsExactly(JournalKind.SMART_LIST_ENTERED);
  }

  @Test
  void whatHappensToARecordWhileItsListIsComparedAnewIsTold() {
    String name = "Tag " + group;
    RecordRef before = lead("Pune");
    RecordRef first = lead("Oslo");
    RecordRef second = lead("Oslo");
    write(new RecordCommand.AddTags(second, Set.of(name)));
    long list = begun("city = \"Pune\" or has tag \"" + name + "\"");
    fillToTheEnd(list);
    settle();
    tags.delete(tag(name), null);
    assertThat(state(list)).isEqualTo(KeptLists.FILLING);
    write(new RecordCommand.Update(first, null, Values.of("city", "Pune")));
    write(new RecordCommand.Update(before, null, Values.of("city", "Goa")));
    settle();
    assertThat(passages(first, list)).containsExactly(JournalKind.SMART_LIST_ENTERED);
    assertThat(passages(before, list)).containsExactly(JournalKind.SMART_LIST_LEFT);
    fillToTheEnd(list);
    assertThat(members(list)).containsOnly(first.id());
    assertThat(passages(first, list)).hasSize(1);
    assertThat(passages(before, list)).hasSize(1);
    assertThat(passages(second, list)).isEmpty();
  }

  @Test
  void aTagThatGetsTheFormerNameOfAnotherTakesItsListsInSilence() {
    String name = "Tag " + group;
    RecordRef tagged = lead("Pune");
    write(new RecordCommand.AddTags(tagged, Set.of(name)));
    long list = begun("has tag \"" + name + "\"");
    fillToTheEnd(list);
    // An entry about the record itself that is still to be read would be told.
    settle();
    tags.rename(tag(name), "Renamed " + group);
    // The list goes on meaning the same tag: there is nothing to compare.
    assertThat(state(list)).isEqualTo(KeptLists.READY);
    assertThat(members(list)).containsOnly(tagged.id());
    tags.create(name);
    assertThat(state(list)).isEqualTo(KeptLists.FILLING);
    fillToTheEnd(list);
    assertThat(members(list)).isEmpty();
    assertThat(passages(tagged, list)).isEmpty();
  }

  @Test
  void aRecordThatFillingHasYetToReachIsOnlyNotedWhenItChanges() {
    RecordRef first = lead("Pune");
    RecordRef second = lead("Pune");
    RecordRef third = lead("Pune");
    long list = begun("city in (\"Pune\", \"Goa\")");
    fillTo(list, first);
    write(new RecordCommand.Update(first, null, Values.of("city", "Oslo")));
    write(new RecordCommand.Update(second, null, Values.of("city", "Goa")));
    write(new RecordCommand.Update(third, null, Values.of("city", "Oslo")));
    RecordRef fresh = lead("Pune");
    settle();
    assertThat(members(list)).containsOnly(second.id(), fresh.id());
    fillToTheEnd(list);
    assertThat(members(list)).containsOnly(second.id(), fresh.id());
    assertThat(passages(first, list)).containsExactly(JournalKind.SMART_LIST_LEFT);
    assertThat(passages(second, list)).isEmpty();
    assertThat(passages(third, list)).isEmpty();
    assertThat(passages(fresh, list)).containsExactly(JournalKind.SMART_LIST_ENTERED);
  }

  @Test
  void fillingBeginsAgainWhenWhatTheListIsComparedWithChanges() {
    RecordRef first = lead("Pune");
    RecordRef second = lead("Pune");
    long list = begun("city = \"Pune\"");
    fillTo(list, first);
    // What tells of both leads would bring those back in that are taken out.
    settle();
    // As though the first page had been compared with other settings.
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("update smart_keep set basis = 'other' where list_id = ?", list);
          jdbc.update("delete from smart_member where list_id = ?", list);
        });
    fillToTheEnd(list);
    settle();
    assertThat(members(list)).containsOnly(first.id(), second.id());
    assertThat(passages(first, list)).isEmpty();
    assertThat(passages(second, list)).isEmpty();
  }

  @Test
  void twoNodesMayBeginWithOneList() {
    lead("Pune");
    long list = begun("city = \"Pune\"");
    fillToTheEnd(list);
    transaction.executeWithoutResult(status -> kept.begin(list, EntityType.LEAD, clock.instant()));
    assertThat(state(list)).isEqualTo(KeptLists.READY);
  }

  /** Notes who asks for which locks. */
  private static final class NotedLocks extends KeptLists {

    private int all;

    NotedLocks(JdbcTemplate jdbc) {
      super(jdbc);
    }

    @Override
    long lockAll() {
      all++;
      return super.lockAll();
    }
  }

  @Test
  void whoLooksAtAMovedActivityHoldsThePartitionsOfBothRecords() {
    RecordRef from = lead("Pune");
    RecordRef to = lead("Pune");
    long list = begun("has activity \"payment\"");
    fillToTheEnd(list);
    RecordRef payment =
        write(
            new RecordCommand.Create(EntityType.ACTIVITY, "payment", Values.of("lead", from.id())));
    settle();
    NotedLocks locks = new NotedLocks(jdbc);
    SmartConsumer consumer = new SmartConsumer(live, locks, members, records);
    handle(consumer, from, payment);
    assertThat(locks.all).as("while it is where it was").isZero();
    write(new RecordCommand.Update(payment, null, Values.of("lead", to.id())));
    settle();
    handle(consumer, to, payment);
    assertThat(locks.all).as("when it moves").isEqualTo(1);
    handle(consumer, from, payment);
    assertThat(locks.all).as("of its beginning, after it has moved").isEqualTo(2);
    assertThat(members(list)).containsOnly(to.id());
    assertThat(passages(from, list))
        .containsExactly(JournalKind.SMART_LIST_LEFT, JournalKind.SMART_LIST_ENTERED);
    assertThat(passages(to, list)).containsExactly(JournalKind.SMART_LIST_ENTERED);
  }

  @Test
  void whoEntersOneListByAnImportAndIsChangedOtherwiseHasTheImportAsTheCauseOfThatList() {
    long list = begun("city = \"Pune\"");
    fillToTheEnd(list);
    Cause quiet = Cause.importJob(null, 7).starting(Cause.Starts.NONE);
    RecordRef lead;
    consumers.pause("smart-lists");
    try {
      lead =
          ((Written)
                  records
                      .write(
                          List.of(
                              new RecordCommand.Create(
                                  EntityType.LEAD,
                                  Values.of("zip", group)
                                      .with("phone", "+4930123456")
                                      .with("city", "Pune")
                                      .with("lastName", "L"))),
                          quiet)
                      .get(0))
              .ref();
      write(new RecordCommand.Update(lead, null, Values.of("jobTitle", "Star")));
    } finally {
      consumers.resume("smart-lists");
    }
    settle();
    assertThat(history.ofRoot(lead, List.of(), null, 200).items())
        .extracting(JournalEvent::entry)
        .filteredOn(entry -> entry.kind() == JournalKind.SMART_LIST_ENTERED)
        .singleElement()
        .satisfies(entry -> assertThat(entry.cause().starts()).isEqualTo(Cause.Starts.NONE));
  }

  /** Looks at what the journal has of a record about another one. */
  private void handle(SmartConsumer consumer, RecordRef root, RecordRef subject) {
    List<JournalEvent> events =
        history.ofRoot(root, List.of(), null, 200).items().stream()
            .filter(event -> event.entry().subject().equals(subject))
            .toList();
    assertThat(events).isNotEmpty();
    transaction.executeWithoutResult(status -> consumer.handle(events));
  }
}
