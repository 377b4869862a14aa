package io.leadloom.record.imports;

import io.leadloom.record.imports.RowCommands.Planned;
import java.util.List;

/** Where the chunks of a file go. */
interface ChunkSink {

  /**
   * Rows that are written, or looked at, together.
   *
   * @param position the number of the last row read, which may be a blank one
   */
  record Chunk(List<Planned> rows, RowCommands commands, long position, long bytes) {}

  /**
   * Takes a chunk.
   *
   * @return false when the job is not ours any more or was cancelled; nothing is kept of the chunk then
   */
  boolean write(Chunk chunk);
}
