package io.leadloom.record.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions.ChangedField;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.TermQuery;
import org.junit.jupiter.api.Test;

/** What a node keeps of the index from one start to the next, and when it does not trust it. */
class NodeIndexTest extends IndexTest {

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
  void isMadeAgainWhenAnyOfItsFilesIsDamaged() throws IOException {
    long lead = lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      index.save();
    }
    damageAll();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      assertThat(leads(index)).contains(lead);
    }
  }

  @Test
  void isFilledAnewForAnotherDatabase() throws IOException {
    long gone = lead();
    MovedTail moved = new MovedTail(tail);
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      index.save();
    }
    transaction.executeWithoutResult(status -> jdbc.update("delete from leads where id = ?", gone));
    moved.identity = "another";
    try (IndexPlace place = place();
        NodeIndex index =
            Objects.requireNonNull(NodeIndex.open(place, moved, documents(), () -> true))) {
      assertThat(leads(index)).doesNotContain(gone);
    }
  }

  @Test
  void aReaderWhoHasReadNothingGoesOnWhileTheFirstEventsAreThere() {
    lead();
    long[] nothing = new long[tail.ends().length];
    List<String> none = Collections.nCopies(nothing.length, "");
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("delete from journal");
          assertThat(tail.goesOn(nothing, none)).isFalse();
          status.setRollbackOnly();
        });
  }

  @Test
  void isNotSetBackWhenWhatItHasReadIsDroppedWithTime() throws IOException {
    lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      index.save();
      transaction.executeWithoutResult(status -> jdbc.update("delete from journal"));
      long next = lead();
      follow(index);
      index.save();
      assertThat(leads(index)).contains(next);
    }
  }

  @Test
  void aStepReadsSomeOfEveryPartition() throws IOException {
    MovedTail moved = new MovedTail(tail);
    try (IndexPlace place = place();
        NodeIndex index =
            Objects.requireNonNull(NodeIndex.open(place, moved, documents(), () -> true))) {
      follow(index);
      long[] before = index.positions();
      moved.by = 10_000;
      assertThat(index.follow()).isFalse();
      long[] after = index.positions();
      for (int partition = 0; partition < after.length; partition++) {
        assertThat(after[partition]).as("%d", partition).isGreaterThan(before[partition]);
      }
    }
  }

  @Test
  void onlyWhatChangesRecordsIsReadAlong() {
    long lead = lead();
    long[] before = tail.ends();
    transaction.executeWithoutResult(
        status ->
            journal.append(
                List.of(
                    new JournalEntry(
                        Instant.EPOCH,
                        JournalKind.SMART_LIST_ENTERED,
                        RecordRef.lead(lead),
                        RecordRef.lead(lead),
                        Map.of(),
                        Map.of("list", "0"),
                        CAUSE))));
    assertThat(tail.ends()).isNotEqualTo(before);
    assertThat(tail.touched(before, tail.ends()))
        .noneMatch(touch -> touch.subject().equals(RecordRef.lead(lead)));
  }

  @Test
  void aRecordThatCannotBeReadKeepsNoOtherOut() throws IOException {
    long first = lead();
    long broken = lead();
    long last = lead();
    transaction.executeWithoutResult(
        status -> jdbc.update("update leads set custom = '{\"1' where id = ?", broken));
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      assertThat(leads(index)).contains(first, last).doesNotContain(broken);
      assertThat(
              documents()
                  .of(EntityType.LEAD, List.of(first, broken, last), index.index(EntityType.LEAD)))
          .extracting(RecordIndex.Entry::id)
          .containsExactly(first, broken, last);
    } finally {
      transaction.executeWithoutResult(
          status -> jdbc.update("delete from leads where id = ?", broken));
    }
  }

  @Test
  void aFieldThatSearchesMayNameOnlyLaterIsLeftToTheDatabaseUntilTheIndexIsOpenedAgain()
      throws IOException {
    Field field = unsearchable();
    try {
      long lead = lead();
      set(lead, field, "gold");
      try (IndexPlace place = place();
          NodeIndex index = open(place)) {
        follow(index);
        assertThat(index.index(EntityType.LEAD).has(field)).isFalse();
        index.save();
      }
      try (IndexPlace place = place();
          NodeIndex index = open(place)) {
        assertThat(index.index(EntityType.LEAD).has(field)).isFalse();
        Field later = searchable(field, true);
        assertThat(later.slot()).isNotNull();
        long other = lead();
        follow(index);
        assertThat(index.index(EntityType.LEAD).has(field)).isFalse();
        assertThat(leads(index)).contains(lead, other);
        index.save();
      }
      try (IndexPlace place = place();
          NodeIndex index = open(place)) {
        follow(index);
        assertThat(index.index(EntityType.LEAD).has(field)).isTrue();
        assertThat(with(index, field, "gold")).containsExactly(lead);
        // Records that are written meanwhile are in the index without it.
        searchable(field, false);
        follow(index);
        assertThat(index.index(EntityType.LEAD).has(field)).isFalse();
        searchable(field, true);
        follow(index);
        assertThat(index.index(EntityType.LEAD).has(field)).isFalse();
      }
    } finally {
      definitions.delete(EntityType.LEAD, null, field.key(), count(field), true);
    }
  }

  @Test
  void aFieldThatCameLaterNeedsNothingFilled() throws IOException {
    long lead = lead();
    try (IndexPlace place = place();
        NodeIndex index = open(place)) {
      follow(index);
      Field field =
          definitions.create(EntityType.LEAD, null, NewField.of("Came later", FieldType.TEXT));
      try {
        assertThat(index.index(EntityType.LEAD).has(field)).isTrue();
        set(lead, field, "silver");
        follow(index);
        assertThat(index.index(EntityType.LEAD).has(field)).isTrue();
        assertThat(with(index, field, "silver")).containsExactly(lead);
      } finally {
        definitions.delete(EntityType.LEAD, null, field.key(), count(field), true);
      }
    }
  }

  private long count(Field field) {
    return definitions.countValues(EntityType.LEAD, null, field.key());
  }

  private Field unsearchable() {
    return definitions.create(
        EntityType.LEAD,
        null,
        new NewField(
            null,
            "Searchable later",
            FieldType.TEXT,
            null,
            false,
            false,
            false,
            List.of(),
            null,
            null,
            Field.Limits.NONE));
  }

  private Field searchable(Field field, boolean yes) {
    return definitions.change(
        EntityType.LEAD,
        null,
        field.key(),
        new ChangedField(null, null, null, yes, null, null, null));
  }

  private void set(long lead, Field field, String value) {
    records.write(
        List.of(
            new RecordCommand.Update(
                RecordRef.lead(lead), null, Values.of(field.key(), value), null)),
        CAUSE);
  }

  private static List<Long> with(NodeIndex index, Field field, String value) {
    return index
        .index(EntityType.LEAD)
        .ask(
            searcher -> {
              IndexedSearch.Ids ids = new IndexedSearch.Ids();
              searcher.search(new TermQuery(new Term(IndexedField.name(field), value)), ids);
              return Arrays.stream(ids.sorted()).boxed().toList();
            });
  }
}
