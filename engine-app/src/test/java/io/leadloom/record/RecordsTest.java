package io.leadloom.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.WriteResult.Conflict;
import io.leadloom.record.WriteResult.Missing;
import io.leadloom.record.WriteResult.Refused;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.schema.Money;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest
@Import(RecordingJournal.class)
class RecordsTest {

  private static final Cause CAUSE = Cause.system("test");

  @Autowired private Records records;
  @Autowired private RecordingJournal journal;
  @Autowired private TransactionTemplate transactions;

  @BeforeEach
  void forgetWhatWasJournaled() {
    journal.clear();
  }

  private WriteResult write(RecordCommand command) {
    return records.write(List.of(command), CAUSE).get(0);
  }

  private RecordRef create(EntityType type, Values values) {
    WriteResult result = write(new RecordCommand.Create(type, values));
    assertThat(result).isInstanceOf(Written.class);
    return ((Written) result).ref();
  }

  private Record find(RecordRef ref) {
    return records.find(ref).orElseThrow();
  }

  private static String unique() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  @Test
  void aNewLeadHasItsValuesDefaultsAndContact() {
    String email = unique() + "@example.com";
    RecordRef ref =
        create(
            EntityType.LEAD,
            Values.of("firstName", "Ana")
                .with("lastName", "Kovač")
                .with("email", email)
                .with("city", " Bangalore "));
    Record lead = find(ref);
    assertThat(lead.version()).isOne();
    assertThat(lead.values().text("name")).isEqualTo("Ana Kovač");
    assertThat(lead.values().text("city")).isEqualTo("Bangalore");
    assertThat(lead.values().text("stage")).isEqualTo("Prospect");
    assertThat(lead.values().number("score")).isZero();
    Record contact = find(RecordRef.contact(lead.values().number("contact")));
    assertThat(contact.values().text("email")).isEqualTo(email);
    assertThat(journal.kinds()).containsExactly(JournalKind.CREATED, JournalKind.CREATED);
    assertThat(journal.entries().get(1).changes().get("city").after()).isEqualTo("Bangalore");
  }

  @Test
  void aSecondLeadOfThePersonFindsTheContactByEmailWithoutLetterCaseOrByPhone() {
    String email = unique() + "@example.com";
    RecordRef first =
        create(EntityType.LEAD, Values.of("email", email).with("phone", "+4915112345678"));
    RecordRef second =
        create(EntityType.LEAD, Values.of("email", email.toUpperCase(java.util.Locale.ROOT)));
    RecordRef third =
        create(EntityType.LEAD, Values.of("phone", "+49 151 1234 5678").with("city", "Pune"));
    Long contact = find(first).values().number("contact");
    assertThat(find(second).values().number("contact")).isEqualTo(contact);
    assertThat(find(third).values().number("contact")).isEqualTo(contact);
    assertThat(find(RecordRef.contact(contact)).values().text("city")).isNull();
  }

  @Test
  void leadsOfOnePersonInOneCallShareOneContact() {
    String email = unique() + "@example.com";
    List<WriteResult> results =
        records.write(
            List.of(
                new RecordCommand.Create(EntityType.LEAD, Values.of("email", email)),
                new RecordCommand.Create(EntityType.LEAD, Values.of("email", email))),
            CAUSE);
    List<Object> contacts =
        results.stream()
            .map(result -> find(((Written) result).ref()).values().get("contact"))
            .toList();
    assertThat(contacts.get(0)).isNotNull().isEqualTo(contacts.get(1));
  }

  @Test
  void wrongValuesAreRefusedWithFieldValueAndExpectation() {
    WriteResult result =
        write(
            new RecordCommand.Create(
                EntityType.LEAD,
                Values.of("citty", "Pune")
                    .with("email", "nobody")
                    .with("name", "X")
                    .with("stage", "?")));
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(((Refused) result).violations())
        .extracting("field")
        .contains("citty", "email", "stage");
    assertThat(((Refused) result).violations().get(0).expectation()).contains("perhaps city");
    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void onlyTheFirstOfTwoWritersWithTheSameVersionWins() {
    RecordRef ref = create(EntityType.LEAD, Values.of("city", "Pune"));
    assertThat(write(new RecordCommand.Update(ref, 1, Values.of("city", "Delhi"))))
        .isInstanceOf(Written.class);
    WriteResult second = write(new RecordCommand.Update(ref, 1, Values.of("city", "Goa")));
    assertThat(second).isInstanceOf(Conflict.class);
    assertThat(((Conflict) second).current().values().text("city")).isEqualTo("Delhi");
    assertThat(((Conflict) second).current().version()).isEqualTo(2);
  }

  @Test
  void anUpdateThatChangesNothingWritesNothing() {
    RecordRef ref = create(EntityType.LEAD, Values.of("city", "Pune"));
    journal.clear();
    Written same = (Written) write(new RecordCommand.Update(ref, null, Values.of("city", "Pune")));
    assertThat(same.changed()).isFalse();
    assertThat(find(ref).version()).isOne();
    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void trashedRecordsAreMissingUntilRestored() {
    RecordRef ref = create(EntityType.ACCOUNT, Values.of("name", unique()));
    assertThat(write(new RecordCommand.Trash(ref, null))).isInstanceOf(Written.class);
    assertThat(write(new RecordCommand.Update(ref, null, Values.of("city", "x"))))
        .isInstanceOf(Missing.class);
    assertThat(write(new RecordCommand.Restore(ref))).isInstanceOf(Written.class);
    assertThat(write(new RecordCommand.Update(ref, null, Values.of("city", "x"))))
        .isInstanceOf(Written.class);
  }

  @Test
  void aUniqueValueIsFreeWhileItsRecordIsInTheTrash() {
    String name = unique();
    RecordRef first = create(EntityType.ACCOUNT, Values.of("name", name));
    WriteResult taken =
        write(new RecordCommand.Create(EntityType.ACCOUNT, Values.of("name", " " + name + " ")));
    assertThat(((Refused) taken).violations().get(0).field()).isEqualTo("name");
    write(new RecordCommand.Trash(first, null));
    create(EntityType.ACCOUNT, Values.of("name", name));
    assertThat(write(new RecordCommand.Restore(first))).isInstanceOf(Refused.class);
  }

  @Test
  void exactlyOneOfManyConcurrentWritersGetsAUniqueValue() throws Exception {
    String name = unique();
    List<WriteResult> results =
        together(
            16, () -> write(new RecordCommand.Create(EntityType.ACCOUNT, Values.of("name", name))));
    assertThat(results).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(results)
        .filteredOn(Refused.class::isInstance)
        .hasSize(15)
        .allSatisfy(
            result -> assertThat(((Refused) result).violations().get(0).field()).isEqualTo("name"));
  }

  @Test
  void concurrentLeadsOfOnePersonShareOneContact() throws Exception {
    String email = unique() + "@example.com";
    List<WriteResult> results =
        together(
            16, () -> write(new RecordCommand.Create(EntityType.LEAD, Values.of("email", email))));
    assertThat(
            results.stream()
                .map(result -> find(((Written) result).ref()).values().get("contact"))
                .distinct())
        .hasSize(1);
  }

  private static <T> List<T> together(int threads, Callable<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(
            pool.submit(
                () -> {
                  start.await();
                  return work.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anActivityMovesTheLeadsScoreAndLastActivity() {
    RecordRef lead = create(EntityType.LEAD, Values.of("city", "Pune"));
    Instant at = Instant.parse("2026-05-01T10:00:00Z");
    WriteResult posted =
        write(
            new RecordCommand.Create(
                EntityType.ACTIVITY,
                "email-link-clicked",
                Values.of("lead", lead.id()).with("happenedAt", at)));
    assertThat(posted).isInstanceOf(Written.class);
    assertThat(find(lead).values().get("lastActivityAt")).isEqualTo(at);
    assertThat(find(lead).values().number("score")).isEqualTo(5);
    assertThat(journal.entries().get(1).root()).isEqualTo(lead);
    assertThat(journal.entries().get(1).detail()).containsEntry("type", "email-link-clicked");
  }

  @Test
  void completingATaskSetsItsTime() {
    RecordRef task = create(EntityType.TASK, Values.of("type", "Follow-up").with("title", "Call"));
    assertThat(find(task).values().text("type")).isEqualTo("follow-up");
    write(new RecordCommand.Update(task, null, Values.of("status", "completed")));
    assertThat(find(task).values().get("completedAt")).isInstanceOf(Instant.class);
    write(new RecordCommand.Update(task, null, Values.of("status", "pending")));
    assertThat(find(task).values().get("completedAt")).isNull();
  }

  @Test
  void moneyKeepsItsCurrency() {
    Money money = new Money(new BigDecimal("1250000.5"), "eur");
    RecordRef ref =
        create(EntityType.ACCOUNT, Values.of("name", unique()).with("annualRevenue", money));
    assertThat(find(ref).values().get("annualRevenue"))
        .isEqualTo(new Money(new BigDecimal("1250000.50"), "EUR"));
  }

  @Test
  void whatHappensAfterAMarkCanBeUndone() {
    RecordRef lead = create(EntityType.LEAD, Values.of("city", "Pune"));
    journal.clear();
    transactions.executeWithoutResult(
        status -> {
          RecordSession session = records.open();
          session.apply(new RecordCommand.Update(lead, null, Values.of("city", "Delhi")), CAUSE);
          RecordSession.Mark mark = session.mark();
          session.apply(new RecordCommand.Update(lead, null, Values.of("city", "Goa")), CAUSE);
          session.apply(new RecordCommand.AddTags(lead, Set.of("vip" + unique())), CAUSE);
          session.apply(
              new RecordCommand.Create(
                  EntityType.TASK, Values.of("type", "call").with("title", "x")),
              CAUSE);
          session.rollbackTo(mark);
          assertThat(session.get(lead).orElseThrow().values().text("city")).isEqualTo("Delhi");
          assertThat(session.tags(lead)).isEmpty();
          session.flush();
        });
    assertThat(find(lead).values().text("city")).isEqualTo("Delhi");
    assertThat(journal.kinds()).containsExactly(JournalKind.UPDATED);
  }

  @Test
  void tagsAreAddedOnceAndCompareWithoutLetterCase() {
    RecordRef lead = create(EntityType.LEAD, Values.of("city", "Pune"));
    String tag = "Vip " + unique();
    journal.clear();
    write(new RecordCommand.AddTags(lead, Set.of(tag)));
    Written again =
        (Written)
            write(new RecordCommand.AddTags(lead, Set.of(tag.toUpperCase(java.util.Locale.ROOT))));
    assertThat(again.changed()).isFalse();
    assertThat(journal.kinds()).containsExactly(JournalKind.TAG_ADDED);
    write(new RecordCommand.RemoveTags(lead, Set.of(tag)));
    Set<String> tags = transactions.execute(status -> records.open().tags(lead));
    assertThat(tags).isEmpty();
  }

  @Test
  void anUpsertUpdatesTheRecordWithTheSameValueOrCreatesIt() {
    String email = unique() + "@example.com";
    List<WriteResult> results =
        records.write(
            List.of(
                new RecordCommand.Upsert(
                    EntityType.LEAD, "email", Values.of("email", email).with("city", "Pune")),
                new RecordCommand.Upsert(
                    EntityType.LEAD, "email", Values.of("email", email).with("city", "Goa")),
                new RecordCommand.Upsert(EntityType.LEAD, "email", Values.of("email", "x"))),
            CAUSE);
    assertThat(((Written) results.get(0)).created()).isTrue();
    assertThat(((Written) results.get(1)).created()).isFalse();
    assertThat(((Written) results.get(1)).ref()).isEqualTo(((Written) results.get(0)).ref());
    assertThat(results.get(2)).isInstanceOf(Refused.class);
    Written later =
        (Written)
            write(
                new RecordCommand.Upsert(
                    EntityType.LEAD,
                    "email",
                    Values.of("email", email.toUpperCase(java.util.Locale.ROOT))
                        .with("city", "Goa")));
    assertThat(later.ref()).isEqualTo(((Written) results.get(0)).ref());
  }
}
