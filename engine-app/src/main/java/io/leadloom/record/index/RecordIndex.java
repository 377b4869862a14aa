package io.leadloom.record.index;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index of the live records of one entity. Safe for use by many threads; one writes. */
final class RecordIndex implements Closeable {

  /** Has a record's id as a number, for sorting and for links. */
  static final String ID = "id";

  /** Has a record's id as a term, by which it is replaced. */
  static final String KEY = "key";

  static final String TAG = "tag";
  static final String LIST = "list";

  private static final Logger LOG = LoggerFactory.getLogger(RecordIndex.class);

  private static final double BUFFER_MEGABYTES = 32;

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final AtomicLong changes = new AtomicLong();
  private volatile long seen;

  /** Null while no record has been read for it. */
  private volatile @Nullable KeptFields fields;

  private @Nullable Schema reading;

  private RecordIndex(Directory directory, IndexWriter writer, SearcherManager searchers) {
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
  }

  /** Opens what is in the directory unless it is damaged, or begins with nothing; closes the directory when it cannot. */
  static RecordIndex open(Directory directory) throws IOException {
    IndexWriter writer = null;
    SearcherManager searchers = null;
    boolean opened = false;
    try {
      writer =
          new IndexWriter(
              directory,
              new IndexWriterConfig(null)
                  .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                  .setMergeScheduler(new TellingMerges())
                  .setCommitOnClose(false)
                  .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND));
      searchers = new SearcherManager(writer, null);
      RecordIndex index = new RecordIndex(directory, writer, searchers);
      index.check();
      opened = true;
      return index;
    } finally {
      if (!opened) {
        IOUtils.closeWhileHandlingException(searchers, writer, directory);
      }
    }
  }

  /** A merge that meets damage closes the writer, which the next look at the index finds; its thread only tells of it. */
  private static final class TellingMerges extends ConcurrentMergeScheduler {

    @Override
    protected void handleMergeException(Throwable failure) {
      LOG.warn("The search index cannot be merged", failure);
    }
  }

  /**
   * Reads all of the index, and compares it with the sums that were written with it.
   *
   * @throws org.apache.lucene.index.CorruptIndexException when it is not what was written
   * @throws AlreadyClosedException when nothing can be written any more
   */
  void check() throws IOException {
    if (!writer.isOpen()) {
      throw new AlreadyClosedException("The search index has failed", writer.getTragicException());
    }
    searchers.maybeRefreshBlocking();
    IndexSearcher searcher = searchers.acquire();
    try {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        if (leaf.reader() instanceof CodecReader reader) {
          reader.checkIntegrity();
        }
      }
    } finally {
      searchers.release(searcher);
    }
  }

  /** A question to the index as it is at one moment. */
  interface Question<T> {
    T ask(IndexSearcher searcher) throws IOException;
  }

  /** A record as it shall stand in the index; without a document it shall not. */
  record Entry(long id, @Nullable Document document) {}

  void put(List<Entry> entries) throws IOException {
    List<Term> gone = new ArrayList<>();
    for (Entry entry : entries) {
      Term key = new Term(KEY, Long.toString(entry.id()));
      if (entry.document() == null) {
        gone.add(key);
      } else {
        try {
          writer.updateDocument(key, entry.document());
        } catch (IllegalArgumentException e) {
          LOG.error(
              "The index cannot hold record {}; searches by the index miss it", entry.id(), e);
          gone.add(key);
        }
      }
    }
    if (!gone.isEmpty()) {
      writer.deleteDocuments(gone.toArray(Term[]::new));
    }
    changes.incrementAndGet();
  }

  void clear() throws IOException {
    fields = null;
    reading = null;
    writer.deleteAll();
    changes.incrementAndGet();
  }

  /**
   * Asks with all that was put before the call.
   *
   * @throws AlreadyClosedException when the index is closed, or failed for good
   */
  <T> T ask(Question<T> question) {
    try {
      long now = changes.get();
      if (seen < now) {
        searchers.maybeRefreshBlocking();
        seen = now;
      }
      IndexSearcher searcher = searchers.acquire();
      try {
        return question.ask(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Saves the index together with what says how far it is. */
  void save(Map<String, String> state) throws IOException {
    Map<String, String> own = new HashMap<>(state);
    if (fields != null) {
      fields.write(own);
    }
    writer.setLiveCommitData(own.entrySet());
    writer.commit();
  }

  /** Goes on with the fields that were saved with it. */
  void goOn() {
    fields = KeptFields.read(saved());
  }

  /** Whether searches may name a field by this schema that it goes on without. */
  boolean lacksAny(EntityType type, Schema schema) {
    return fields != null && fields.lacksAny(type, schema);
  }

  /** Hears by which schema records are read for it. */
  void reads(EntityType type, Schema schema) {
    if (reading != schema) {
      fields = fields == null ? KeptFields.of(type, schema) : fields.after(type, schema);
      reading = schema;
    }
  }

  /** Whether it has all values of a field. */
  boolean has(Field field) {
    KeptFields now = fields;
    return now == null || now.has(field);
  }

  /** What was saved with the index; empty when it is new. */
  Map<String, String> saved() {
    Map<String, String> saved = new HashMap<>();
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    if (data != null) {
      data.forEach(entry -> saved.put(entry.getKey(), entry.getValue()));
    }
    return saved;
  }

  int size() {
    return writer.getDocStats().numDocs;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(searchers, writer, directory);
  }
}
