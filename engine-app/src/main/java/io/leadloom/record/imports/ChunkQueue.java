package io.leadloom.record.imports;

import io.leadloom.record.imports.RowCommands.Planned;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands chunks from the thread that reads to the one that writes; few at a time, so that memory stays bounded. */
final class ChunkQueue implements AutoCloseable {

  /**
   * Rows that are written, or looked at, together.
   *
   * @param position the number of the last row read, which may be a blank one
   */
  record Chunk(List<Planned> rows, RowCommands commands, long position, long bytes) {}

  /** Where chunks go. */
  interface Taker {
    /**
     * Takes a chunk.
     *
     * @return false when the job is not ours any more or was cancelled; nothing is kept of the chunk then
     */
    boolean write(Chunk chunk);
  }

  /** What the reading thread puts chunks into; waits while there is no room. */
  interface Sink {
    void put(Chunk chunk) throws InterruptedException;
  }

  /** Reads a file. */
  interface Source {
    void readInto(Sink sink) throws InterruptedException;
  }

  /** A chunk, or how the reading ended. */
  private record Item(@Nullable Chunk chunk, @Nullable Throwable failure) {}

  private final BlockingQueue<Item> items;
  private final Thread reader;

  ChunkQueue(int ahead, String name, Source source) {
    items = new ArrayBlockingQueue<>(ahead);
    reader = new Thread(() -> read(source), name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Source source) {
    try {
      Throwable failure = null;
      try {
        source.readInto(chunk -> items.put(new Item(chunk, null)));
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      items.put(new Item(null, failure));
    } catch (InterruptedException e) {
      // The writing thread does not want more.
      Thread.currentThread().interrupt();
    }
  }

  /** The next chunk; null at the end of the file. What the reader threw is thrown here. */
  @Nullable Chunk next() {
    try {
      Item item = items.take();
      if (item.failure() instanceof RuntimeException e) {
        throw e;
      }
      if (item.failure() instanceof Error e) {
        throw e;
      }
      return item.chunk();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while an import is read", e);
    }
  }

  @Override
  public void close() {
    reader.interrupt();
    try {
      reader.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
