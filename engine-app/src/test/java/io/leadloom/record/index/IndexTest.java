package io.leadloom.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalTail;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.record.store.RecordStore;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What tests of the index share: a database of their own and a directory. */
@LeadloomTest(properties = "leadloom.test.database=index")
abstract class IndexTest {

  static final Cause CAUSE = Cause.system("test");
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @Autowired Records records;
  @Autowired RecordStore store;
  @Autowired Schemas schemas;
  @Autowired FieldDefinitions definitions;
  @Autowired Journal journal;
  @Autowired JournalTail tail;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transaction;

  @TempDir Path directory;

  long lead() {
    return ((Written)
            records
                .write(
                    List.of(new RecordCommand.Create(EntityType.LEAD, Values.of("city", "Pune"))),
                    CAUSE)
                .get(0))
        .ref()
        .id();
  }

  IndexPlace place() throws IOException {
    return IndexPlace.take(directory.toString());
  }

  NodeIndex open(IndexPlace place) throws IOException {
    return Objects.requireNonNull(NodeIndex.open(place, tail, documents(), () -> true));
  }

  IndexDocuments documents() {
    return new IndexDocuments(jdbc, transaction, store, schemas);
  }

  static void follow(NodeIndex index) throws IOException {
    while (!index.follow()) {
      // There is more than one step takes.
    }
  }

  static List<Long> leads(NodeIndex index) {
    return leads(index.index(EntityType.LEAD));
  }

  static List<Long> leads(RecordIndex index) {
    return index.ask(
        searcher -> {
          IndexedSearch.Ids ids = new IndexedSearch.Ids();
          searcher.search(new MatchAllDocsQuery(), ids);
          return Arrays.stream(ids.sorted()).boxed().toList();
        });
  }

  /** Turns bits all over all files of leads but the list of them. */
  void damageAll() throws IOException {
    List<Path> damaged;
    try (Stream<Path> files = Files.list(directory.resolve("node-1/leads"))) {
      damaged =
          files
              .filter(path -> path.toFile().length() > 0)
              .filter(path -> !path.getFileName().toString().startsWith("segments"))
              .toList();
    }
    assertThat(damaged).isNotEmpty();
    for (Path path : damaged) {
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        for (long at = file.length() / 4; at < file.length(); at += 32) {
          file.seek(at);
          int old = file.read();
          file.seek(at);
          file.write(old ^ 0x55);
        }
      }
    }
  }

  /** A journal that fails, or says that it has more or fewer events than it has, but not to who follows it. */
  static final class MovedTail implements JournalTail {

    private final JournalTail tail;
    volatile int by;
    volatile boolean failing;
    volatile @Nullable String identity;

    MovedTail(JournalTail tail) {
      this.tail = tail;
    }

    @Override
    public String identity() {
      return Objects.requireNonNullElseGet(identity, tail::identity);
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
        throw new TransientDataAccessResourceException("for the test");
      }
      return tail.touched(after, until);
    }
  }
}
