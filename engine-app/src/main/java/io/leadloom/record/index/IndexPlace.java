package io.leadloom.record.index;

import io.leadloom.platform.EntityType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Where this node keeps its index: in a directory of its own below the one of the settings, since several nodes may run
 * on one machine, or in memory.
 */
final class IndexPlace implements Closeable {

  static final String MEMORY = "memory";
  private static final int MOST_NODES = 100;

  private final @Nullable Path directory;
  private final @Nullable FileChannel channel;

  private IndexPlace(@Nullable Path directory, @Nullable FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Takes the first place below the directory that no other node has. */
  static IndexPlace take(String directory) throws IOException {
    if (directory.equals(MEMORY)) {
      return new IndexPlace(null, null);
    }
    for (int node = 1; node <= MOST_NODES; node++) {
      Path own = Files.createDirectories(Path.of(directory, "node-" + node));
      FileChannel channel =
          FileChannel.open(
              own.resolve("taken"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel)) {
        return new IndexPlace(own, channel);
      }
      channel.close();
    }
    throw new IOException("No free place for a search index below " + directory);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Directory open(EntityType type) throws IOException {
    return directory == null
        ? new ByteBuffersDirectory()
        : FSDirectory.open(directory.resolve(type.path()));
  }

  /** Throws away what is kept of an entity: it can be made again. */
  void clear(EntityType type) throws IOException {
    if (directory != null) {
      IOUtils.rm(directory.resolve(type.path()));
    }
  }

  /** Whether what is saved here is there at the next start. */
  boolean lasts() {
    return directory != null;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
