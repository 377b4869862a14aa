package io.leadloom.record.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leadloom.journal.JournalTail;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.record.store.RecordStore;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What a node keeps of the index from one start to the next, and when it does not trust it. */
@LeadloomTest(properties = "leadloom.test.database=index")
class NodeIndexTest {

  private static final Cause CAUSE = Cause.system("test");

  @Autowired private Records records;
  @Autowired private RecordStore store;
  @Autowired private Schemas schemas;
  @Autowired private JournalTail tail;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;

  @TempDir private Path directory;

  private long lead() {
    return ((Written)
            records
                .write(
                    List.of(new RecordCommand.Create(EntityType.LEAD, Values.of("city", "Pune"))),
                    CAUSE)
                .get(0))
        .ref()
        .id();
  }

  private IndexPlace place() throws IOException {
    return IndexPlace.take(directory.toString());
  }

  private NodeIndex open(IndexPlace place) throws IOException {
    return Objects.requireNonNull(NodeIndex.open(place, tail, documents(), () -> true));
  }

  private IndexDocuments documents() {
    return new IndexDocuments(jdbc, transaction, store, schemas);
  }

  private static void follow(NodeIndex index) throws IOException {
    while (!index.follow()) {
      // There is more than one step takes.
    }
  }

  private static List<Long> leads(NodeIndex index) {
    return index
        .index(EntityType.LEAD)
        .ask(
            searcher -> {
              IndexedSearch.Ids ids = new IndexedSearch.Ids();
              searcher.search(new MatchAllDocsQuery(), ids);
              return Arrays.stream(ids.sorted()).boxed().toList();
            });
  }

  @Test
  void goesOnFromWhatWasSaved() throws IOException {
    long first = lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      assertThat(leads(index)).contains(first);
      index.save();
    }
    // Not told by the journal: an index that was filled anew would know.
    transaction.executeWithoutResult(
        status -> jdbc.update("delete from leads where id = ?", first));
    long second = lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      assertThat(leads(index)).contains(first).doesNotContain(second);
      follow(index);
      assertThat(leads(index)).contains(first, second);
    }
  }

  @Test
  void whatWasNotSavedIsReadFromTheJournalAgain() throws IOException {
    lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      index.save();
    }
    long lost = lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      assertThat(leads(index)).contains(lost);
    }
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      assertThat(leads(index)).doesNotContain(lost);
      follow(index);
      assertThat(leads(index)).contains(lost);
    }
  }

  @Test
  void isFilledAnewWhenTheJournalIsNotTheOneItFollowed() throws IOException {
    long gone = lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      index.save();
    }
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("delete from leads where id = ?", gone);
          jdbc.update("update journal set subject_id = subject_id + 1 where subject_id = ?", gone);
        });
    long kept = lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      assertThat(leads(index)).contains(kept).doesNotContain(gone);
    }
  }

  @Test
  void nodesOnOneMachineKeepTheirIndexesApart() throws IOException {
    try (IndexPlace one = place();
        IndexPlace other = place();
        NodeIndex ofOne = open(one);
        NodeIndex ofOther = open(other)) {
      long lead = lead();
      follow(ofOne);
      follow(ofOther);
      assertThat(leads(ofOne)).contains(lead);
      assertThat(leads(ofOther)).contains(lead);
    }
    assertThat(directory)
        .isDirectoryContaining("glob:**node-1")
        .isDirectoryContaining("glob:**node-2");
  }

  @Test
  void isMadeAgainWhenItCannotBeRead() throws IOException {
    long lead = lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      index.save();
    }
    try (Stream<Path> files = Files.list(directory.resolve("node-1/leads"))) {
      for (Path file : files.filter(path -> path.toString().contains("segments_")).toList()) {
        Files.writeString(file, "damaged");
      }
    }
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      assertThat(leads(index)).contains(lead);
    }
  }

  @Test
  void aJournalWithFewerEventsThanBeforeEndsIt() throws IOException {
    lead();
    MovedTail moved = new MovedTail(tail);
    try (IndexPlace place = place();
        NodeIndex index =
            Objects.requireNonNull(NodeIndex.open(place, moved, documents(), () -> true))) {
      follow(index);
      moved.by = -1;
      assertThatThrownBy(index::follow).isInstanceOf(NodeIndex.SetBackException.class);
    }
  }

  @Test
  void searchesAskTheDatabaseWhileTheIndexFailsAndItAgainAfterwards() {
    MovedTail broken = new MovedTail(tail);
    IndexFollower follower =
        new IndexFollower(
            broken,
            documents(),
            () -> {},
            new IndexSettings(directory.toString(), Duration.ofMillis(200), Duration.ofDays(1)));
    follower.start();
    try {
      await().until(() -> follower.upToDate(EntityType.LEAD, true) != null);
      broken.failing = true;
      lead();
      await().until(() -> follower.upToDate(EntityType.LEAD, false) == null);
      broken.failing = false;
      await().until(() -> follower.upToDate(EntityType.LEAD, true) != null);

      // More events than there will be: the index is behind for good.
      broken.by = 5;
      assertThat(follower.upToDate(EntityType.LEAD, true)).isNull();
      assertThat(follower.upToDate(EntityType.LEAD, false)).isNotNull();
    } finally {
      follower.stop();
    }
  }

  /** A journal that fails, or says that it has more or fewer events than it has, but not to who follows it. */
  private static final class MovedTail implements JournalTail {

    private final JournalTail tail;
    private volatile int by;
    private volatile boolean failing;

    MovedTail(JournalTail tail) {
      this.tail = tail;
    }

    @Override
    public long[] ends() {
      int added = Thread.currentThread().getName().equals("search-index") ? 0 : by;
      return Arrays.stream(tail.ends()).map(end -> Math.max(0, end + added)).toArray();
    }

    @Override
    public List<String> marks(long[] positions) {
      return tail.marks(positions);
    }

    @Override
    public boolean goesOn(long[] positions, List<String> marks) {
      return tail.goesOn(positions, marks);
    }

    @Override
    public List<Touch> touched(long[] after, long[] until) {
      if (failing) {
        throw new IllegalStateException("for the test");
      }
      return tail.touched(after, until);
    }

    @Override
    public void whenCommitted(Runnable listener) {
      tail.whenCommitted(listener);
    }
  }
}
