package io.leadloom.record.imports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Counts the rows of a file that are not blank, without the header. */
public final class RowCount {

  private static final int STEP = 50_000;
  private static final int BUFFER = 256 * 1024;

  private RowCount() {}

  /**
   * Reads a table to its end.
   *
   * @param progress hears the count now and then
   * @param stop asked now and then whether to give up
   * @return the count, or -1 when it was stopped
   */
  public static long of(Table table, LongConsumer progress, BooleanSupplier stop) {
    long count = 0;
    for (Row row = table.next(); row != null; row = table.next()) {
      if (!row.blank() && ++count % STEP == 0) {
        if (stop.getAsBoolean()) {
          return -1;
        }
        progress.accept(count);
      }
    }
    return count;
  }

  /** Whether a text file, however it is encoded, has too few line ends for more rows than this; much faster. */
  public static boolean surelyAtMost(Path file, long rows) throws IOException {
    if (Files.size(file) <= rows) {
      return true;
    }
    long ends = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n' || buffer[i] == '\r') {
            ends++;
          }
        }
      }
    }
    return ends <= rows;
  }
}
