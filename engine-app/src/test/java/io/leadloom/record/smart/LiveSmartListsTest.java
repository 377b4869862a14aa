package io.leadloom.record.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.identity.Users;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalHistory;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Lists;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.mark.Tags;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who enters and leaves live lists, and when: by changes of records, of what is about them, and by time. */
@LeadloomTest
class LiveSmartListsTest {

  private static final Cause CAUSE = Cause.system("test");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired SmartLists lists;
  @Autowired SmartUpkeep upkeep;
  @Autowired ListViews views;
  @Autowired Lists statics;
  @Autowired Tags tags;
  @Autowired Records records;
  @Autowired Users users;
  @Autowired JournalHistory history;
  @Autowired JournalConsumers consumers;
  @Autowired MutableClock clock;
  @Autowired JdbcTemplate jdbc;

  private final String group = UUID.randomUUID().toString();
  private final List<Long> made = new ArrayList<>();
  private Viewer admin;

  @BeforeEach
  void signIn() {
    long id = users.byLogin("admin").orElseThrow().id();
    admin = new Viewer(id, Set.of("crm_admin"), Rights.everything(id));
  }

  @AfterEach
  void deleteLists() {
    made.forEach(id -> lists.delete(id, admin));
  }

  private static SmartLists.Change change(
      @Nullable String name, @Nullable String filter, @Nullable Boolean live) {
    return new SmartLists.Change(name, filter, null, null, null, null, null, live);
  }

  private long live(String filter) {
    return live("lead", filter);
  }

  private long live(String entity, String filter) {
    String name = "Live " + UUID.randomUUID();
    String whole = "zip = \"" + group + "\" and (" + filter + ")";
    long id = lists.create(entity, change(name, whole, true), admin).id();
    made.add(id);
    awaitReady(id);
    return id;
  }

  private void awaitReady(long id) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(upkeep.progress(Set.of(id), Set.of()).get(id))
                    .isNotNull()
                    .returns("ready", Upkeep::state));
  }

  private long members(long list) {
    Upkeep known = upkeep.progress(Set.of(list), Set.of(list)).get(list);
    return known == null || known.members() == null ? -1 : known.members();
  }

  private void awaitMembers(long list, long wanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(upkeep.progress(Set.of(list), Set.of()).get(list))
                  .isNotNull()
                  .returns("ready", Upkeep::state);
              assertThat(members(list)).isEqualTo(wanted);
            });
  }

  private RecordRef lead(String city) {
    return write(
        new RecordCommand.Create(
            EntityType.LEAD, Values.of("zip", group).with("city", city).with("lastName", "L")));
  }

  private RecordRef write(RecordCommand command) {
    WriteResult result = records.write(List.of(command), CAUSE).get(0);
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return ((WriteResult.Written) result).ref();
  }

  /** What the record's history says of a list, oldest first. */
  private String passages(RecordRef ref, long list) {
    List<JournalEntry> entries =
        new ArrayList<>(
            history.ofRoot(ref, List.of(), null, 200).items().stream()
                .map(event -> event.entry())
                .toList());
    java.util.Collections.reverse(entries);
    return entries.stream()
        .filter(entry -> Long.toString(list).equals(entry.detail().get("list")))
        .filter(
            entry ->
                entry.kind() == JournalKind.SMART_LIST_ENTERED
                    || entry.kind() == JournalKind.SMART_LIST_LEFT)
        .map(entry -> entry.kind() == JournalKind.SMART_LIST_ENTERED ? "entered" : "left")
        .collect(Collectors.joining(" "));
  }

  private void awaitPassages(RecordRef ref, long list, String expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(passages(ref, list)).isEqualTo(expected));
  }

  /** Waits until all that has happened so far has been looked at. */
  private void settle() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(consumers.find("smart-lists").orElseThrow())
                    .returns(0L, JournalConsumers.Status::lag)
                    .returns(0L, JournalConsumers.Status::parked)
                    .returns(0L, JournalConsumers.Status::dead));
  }

  @Test
  void aRecordEntersAndLeavesWithItsChange() {
    long list = live("city = \"Pune\"");
    RecordRef lead = lead("Goa");
    write(new RecordCommand.Update(lead, null, Values.of("city", "PUNE")));
    awaitPassages(lead, list, "entered");
    assertThat(members(list)).isEqualTo(1);
    write(new RecordCommand.Update(lead, null, Values.of("lastName", "Another")));
    write(new RecordCommand.Update(lead, null, Values.of("city", null)));
    awaitPassages(lead, list, "entered left");
    assertThat(members(list)).isZero();
  }

  @Test
  void aChangeReachesTwoHundredLists() {
    List<Long> two = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String filter = "zip = \"" + group + "\" and score >= " + i;
      two.add(lists.create("lead", change("List " + i + " " + group, filter, true), admin).id());
    }
    made.addAll(two);
    await()
        .atMost(PATIENCE.multipliedBy(4))
        .untilAsserted(
            () ->
                assertThat(upkeep.progress(Set.copyOf(two), Set.of()).values())
                    .hasSize(200)
                    .allMatch(each -> each.state().equals("ready")));
    RecordRef lead = lead("Goa");
    settle();
    records.write(List.of(new RecordCommand.Update(lead, null, Values.of("score", 1_000L))), CAUSE);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () ->
                assertThat(upkeep.progress(Set.copyOf(two), Set.copyOf(two)).values())
                    .allMatch(this::one));
  }

  private boolean one(Upkeep upkeep) {
    return Long.valueOf(1).equals(upkeep.members());
  }

  @Test
  void newTrashedAndRestoredRecordsEnterLeaveAndEnter() {
    long list = live("city = \"Pune\"");
    RecordRef lead = lead("Pune");
    awaitPassages(lead, list, "entered");
    write(new RecordCommand.Trash(lead, null));
    awaitPassages(lead, list, "entered left");
    write(new RecordCommand.Restore(lead));
    awaitPassages(lead, list, "entered left entered");
  }

  @Test
  void tagsListsAndActivitiesBringRecordsInAndTakeThemOut() {
    String tag = "tag " + group;
    long statik = statics.create("List " + group, null, null).id();
    long tagged = live("has tag \"" + tag + "\"");
    long untagged = live("has no tag \"" + tag + "\"");
    long listed = live("in list " + statik);
    long paid = live("has activity \"payment\" within last 3 days");
    RecordRef lead = lead("Goa");
    awaitPassages(lead, untagged, "entered");
    write(new RecordCommand.AddTags(lead, Set.of(tag)));
    awaitPassages(lead, tagged, "entered");
    awaitPassages(lead, untagged, "entered left");
    write(new RecordCommand.AddToList(lead, statik));
    awaitPassages(lead, listed, "entered");
    RecordRef payment =
        write(
            new RecordCommand.Create(EntityType.ACTIVITY, "payment", Values.of("lead", lead.id())));
    awaitPassages(lead, paid, "entered");
    write(new RecordCommand.Trash(payment, null));
    awaitPassages(lead, paid, "entered left");
    write(new RecordCommand.RemoveFromList(lead, statik));
    awaitPassages(lead, listed, "entered left");
    // The tag goes from all records without a word of theirs in the journal.
    long tagId = tags.search(new Tags.Search(tag, false, Tags.Sort.NAME, false, 0, 1)).get(0).id();
    tags.rename(tagId, tag + " renamed");
    settle();
    assertThat(passages(lead, tagged)).isEqualTo("entered");
    tags.delete(tagId, null);
    awaitMembers(tagged, 0);
    awaitMembers(untagged, 1);
    tags.restore(tagId);
    awaitMembers(tagged, 1);
    awaitMembers(untagged, 0);
    settle();
    assertThat(passages(lead, tagged)).isEqualTo("entered");
    assertThat(passages(lead, untagged)).isEqualTo("entered left");
  }

  @Test
  void anActivityCountsForTheContactToo() {
    long list = live("contact", "has activity \"payment\"");
    RecordRef contact =
        write(
            new RecordCommand.Create(
                EntityType.CONTACT, Values.of("zip", group).with("lastName", "C")));
    RecordRef lead = lead("Goa");
    write(
        new RecordCommand.Create(
            EntityType.ACTIVITY,
            "payment",
            Values.of("lead", lead.id()).with("contact", contact.id())));
    awaitPassages(contact, list, "entered");
  }

  @Test
  void timeAloneBringsRecordsInAndTakesThemOut() {
    clock.setTo(java.time.Instant.parse("2026-05-04T09:00:00Z"));
    long fresh = live("createdAt within last 2 days");
    long quiet = live("not (lastActivityAt within last 7 days)");
    RecordRef lead = lead("Goa");
    awaitPassages(lead, fresh, "entered");
    awaitPassages(lead, quiet, "entered");
    clock.advance(Duration.ofDays(1));
    write(new RecordCommand.Create(EntityType.ACTIVITY, "payment", Values.of("lead", lead.id())));
    awaitPassages(lead, quiet, "entered left");
    clock.advance(Duration.ofHours(23));
    settle();
    assertThat(passages(lead, fresh)).isEqualTo("entered");
    clock.advance(Duration.ofHours(2));
    awaitPassages(lead, fresh, "entered left");
    assertThat(passages(lead, quiet)).isEqualTo("entered left");
    clock.advance(Duration.ofDays(6));
    awaitPassages(lead, quiet, "entered left entered");
    assertThat(members(fresh)).isZero();
  }

  @Test
  void anotherFilterFillsTheListAnewWithoutTellingAnybody() {
    RecordRef pune = lead("Pune");
    RecordRef goa = lead("Goa");
    long list = live("city = \"Pune\"");
    assertThat(members(list)).isEqualTo(1);
    lists.change(
        list, null, change(null, "zip = \"" + group + "\" and city = \"Goa\"", null), admin);
    awaitReady(list);
    assertThat(members(list)).isEqualTo(1);
    settle();
    assertThat(passages(pune, list)).isEmpty();
    assertThat(passages(goa, list)).isEmpty();
    write(new RecordCommand.Update(goa, null, Values.of("city", "Pune")));
    write(new RecordCommand.Update(pune, null, Values.of("city", "Goa")));
    awaitPassages(goa, list, "left");
    awaitPassages(pune, list, "entered");
  }

  @Test
  void changesDuringFillingAreNotMissed() {
    List<RecordRef> leads = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      leads.add(lead(i % 2 == 0 ? "Pune" : "Goa"));
    }
    String name = "Filling " + group;
    long list =
        lists
            .create(
                "lead", change(name, "zip = \"" + group + "\" and city = \"Pune\"", true), admin)
            .id();
    made.add(list);
    for (int i = 0; i < leads.size(); i++) {
      write(
          new RecordCommand.Update(
              leads.get(i), null, Values.of("city", i % 4 == 0 ? "Goa" : "Pune")));
    }
    awaitReady(list);
    settle();
    assertThat(members(list)).isEqualTo(30);
  }

  @Test
  void aListThatNobodyAsksForIsEmptied() {
    lead("Pune");
    long list = live("city = \"Pune\"");
    assertThat(rows("smart_member", list)).isEqualTo(1);
    assertThat(rows("smart_keep", list)).isEqualTo(1);
    lists.delete(list, admin);
    made.remove(list);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(rows("smart_member", list)).isZero();
              assertThat(rows("smart_keep", list)).isZero();
            });
  }

  @Test
  void aViewKeepsManyColumnsWithLongKeys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      keys.add("column" + i + "x".repeat(90));
    }
    long list = live("city = \"Pune\"");
    views.keep(admin.userId(), EntityType.LEAD, list, keys, null);
    assertThat(views.of(admin.userId(), EntityType.LEAD).get(list).columns()).isEqualTo(keys);
  }

  private long rows(String table, long list) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from " + table + " where list_id = ?", Long.class, list));
  }
}
