package io.leadloom.record.index;

import io.leadloom.journal.JournalTail;
import io.leadloom.platform.EntityType;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The indexes of all entities that have one, and how far in the journal they are. Used by one thread. */
final class NodeIndex implements Closeable {

  static final List<EntityType> ENTITIES = EntityType.ROOTS;

  private static final Logger LOG = LoggerFactory.getLogger(NodeIndex.class);

  /** Rises whenever documents are made differently, so that older indexes are filled anew. */
  private static final String FORMAT = "3";

  private static final String FORMAT_KEY = "format";
  private static final String JOURNAL_KEY = "journal";
  private static final String MARKS_KEY = "marks";
  private static final String POSITIONS_KEY = "positions";
  private static final int FILL = 500;
  private static final int MOST_EVENTS = 1_000;

  private final Map<EntityType, RecordIndex> indexes = new EnumMap<>(EntityType.class);
  private final JournalTail tail;
  private final IndexDocuments documents;
  private long[] positions;
  private long[] saved = new long[0];
  private List<String> savedMarks = List.of();

  private NodeIndex(JournalTail tail, IndexDocuments documents, long[] ends) {
    this.tail = tail;
    this.documents = documents;
    this.positions = ends;
  }

  /** The database is not the one that the index was made from. */
  static final class SetBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SetBackException() {
      super("The database has been set back; the search index is filled anew");
    }
  }

  /** Who waits for the index to be filled. */
  interface Wait {

    /** Asked while it is filled. */
    boolean goesOn();

    /** Told that the database has not answered; returns when it shall be asked again. */
    default void failed(RuntimeException e) {
      throw e;
    }
  }

  /**
   * Opens what was saved and fills what was not.
   *
   * @return null when it shall not go on
   */
  static @Nullable NodeIndex open(
      IndexPlace place, JournalTail tail, IndexDocuments documents, Wait wait) throws IOException {
    NodeIndex opened = new NodeIndex(tail, documents, tail.ends());
    boolean whole = false;
    try {
      for (EntityType type : ENTITIES) {
        opened.indexes.put(type, open(place, type));
        if (!opened.begin(type, wait)) {
          return null;
        }
      }
      whole = true;
      return opened;
    } finally {
      if (!whole) {
        opened.close();
      }
    }
  }

  private static RecordIndex open(IndexPlace place, EntityType type) throws IOException {
    try {
      return RecordIndex.open(place.open(type));
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | IndexNotFoundException
        | NoSuchFileException
        | EOFException
        | RuntimeException e) {
      LOG.warn("The search index of {} cannot be read and is made again", type.path(), e);
      place.clear(type);
      return RecordIndex.open(place.open(type));
    }
  }

  /** Reading an event twice does no harm, so all go on from where the one that is least far is. */
  private boolean begin(EntityType type, Wait wait) throws IOException {
    RecordIndex index = index(type);
    long[] kept = kept(index.saved());
    if (kept == null) {
      return fill(type, index, wait);
    }
    index.goOn();
    if (documents.lacksAny(type, index)) {
      return fill(type, index, wait);
    }
    long[] least = positions.clone();
    Arrays.setAll(least, i -> Math.min(least[i], kept[i]));
    positions = least;
    return true;
  }

  private long @Nullable [] kept(Map<String, String> state) {
    if (!FORMAT.equals(state.get(FORMAT_KEY)) || !tail.identity().equals(state.get(JOURNAL_KEY))) {
      return null;
    }
    long[] kept =
        Arrays.stream(state.getOrDefault(POSITIONS_KEY, "").split(" "))
            .mapToLong(Long::parseLong)
            .toArray();
    List<String> marks = List.of(state.getOrDefault(MARKS_KEY, "").split(";", -1));
    return tail.goesOn(kept, marks) ? kept : null;
  }

  private boolean fill(EntityType type, RecordIndex index, Wait wait) throws IOException {
    long begin = System.nanoTime();
    index.clear();
    long last = 0;
    long count = 0;
    boolean more = true;
    while (more) {
      if (!wait.goesOn()) {
        return false;
      }
      List<RecordIndex.Entry> entries;
      try {
        entries = documents.after(type, last, FILL, index);
      } catch (DataAccessException | TransactionException e) {
        wait.failed(e);
        continue;
      }
      index.put(entries);
      count += entries.size();
      last = entries.isEmpty() ? last : entries.get(entries.size() - 1).id();
      more = entries.size() == FILL;
    }
    if (count > FILL) {
      LOG.info(
          "Indexed {} {} for searches in {} ms",
          count,
          type.path(),
          (System.nanoTime() - begin) / 1_000_000);
    }
    return true;
  }

  RecordIndex index(EntityType type) {
    RecordIndex index = indexes.get(type);
    if (index == null) {
      throw new IllegalArgumentException(type + " has no index");
    }
    return index;
  }

  /** The sequence of the last event of each partition that the indexes have. */
  long[] positions() {
    return positions.clone();
  }

  /**
   * Reads on in the journal, some events at most; returns whether it has what was there when it looked.
   *
   * @throws SetBackException when the journal has fewer events than before
   */
  boolean follow() throws IOException {
    indexes.forEach((type, index) -> documents.tell(type, index));
    long[] ends = tail.ends();
    for (int partition = 0; partition < ends.length; partition++) {
      if (ends[partition] < positions[partition]) {
        throw new SetBackException();
      }
    }
    long[] until = until(ends);
    if (Arrays.equals(until, positions)) {
      return true;
    }
    Map<EntityType, Set<Long>> touched = new HashMap<>();
    for (JournalTail.Touch touch : tail.touched(positions, until)) {
      if (ENTITIES.contains(touch.subject().type())) {
        touched
            .computeIfAbsent(touch.subject().type(), type -> new LinkedHashSet<>())
            .add(touch.subject().id());
      }
    }
    for (Map.Entry<EntityType, Set<Long>> ids : touched.entrySet()) {
      RecordIndex index = index(ids.getKey());
      index.put(documents.of(ids.getKey(), ids.getValue(), index));
    }
    positions = until;
    return Arrays.equals(until, ends);
  }

  /** Shares the events of a step out among the partitions; what some do not need, the others get. */
  private long[] until(long[] ends) {
    List<Integer> fewestFirst =
        IntStream.range(0, ends.length)
            .boxed()
            .sorted(Comparator.comparing(partition -> ends[partition] - positions[partition]))
            .toList();
    long[] until = positions.clone();
    long left = MOST_EVENTS;
    int partitionsLeft = ends.length;
    for (int partition : fewestFirst) {
      long some = Math.min(ends[partition] - positions[partition], left / partitionsLeft--);
      until[partition] += some;
      left -= some;
    }
    return until;
  }

  /** Looks whether the indexes are what was written; throws what is wrong with them. */
  void check() throws IOException {
    for (RecordIndex index : indexes.values()) {
      index.check();
    }
  }

  boolean changed() {
    return !Arrays.equals(saved, positions);
  }

  /**
   * Saves the indexes; what they have must be durable in the database before.
   *
   * @throws SetBackException when the journal does not go on from what was saved last
   */
  void save() throws IOException {
    if (isSetBack()) {
      throw new SetBackException();
    }
    List<String> marks = tail.marks(positions);
    Map<String, String> state =
        Map.of(
            FORMAT_KEY,
            FORMAT,
            JOURNAL_KEY,
            tail.identity(),
            MARKS_KEY,
            String.join(";", marks),
            POSITIONS_KEY,
            Arrays.stream(positions).mapToObj(Long::toString).collect(Collectors.joining(" ")));
    for (RecordIndex index : indexes.values()) {
      index.save(state);
    }
    saved = positions;
    savedMarks = marks;
  }

  /** Whether events that were there when it was saved last are others now. That they are dropped with time is no harm. */
  private boolean isSetBack() {
    if (saved.length == 0) {
      return false;
    }
    long[] ends = tail.ends();
    List<String> marks = tail.marks(saved);
    for (int partition = 0; partition < ends.length; partition++) {
      String before = savedMarks.get(partition);
      String now = marks.get(partition);
      if (ends[partition] < saved[partition] || !now.isEmpty() && !now.equals(before)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(indexes.values());
  }
}
