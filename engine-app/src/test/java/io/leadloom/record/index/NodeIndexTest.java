package io.leadloom.record.index;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
    return Objects.requireNonNull(
        NodeIndex.open(
            place, tail, new IndexDocuments(jdbc, transaction, store, schemas), () -> true));
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
}
