package io.leadloom.record.imports.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table in a file: a header and rows, read once from front to back. Reading it again gives the same rows. */
public interface Table extends AutoCloseable {

  /** More columns than this are refused. */
  int MOST_COLUMNS = 1_000;

  /** A longer cell, in characters, makes its row unusable. */
  int LONGEST_CELL = 1_048_576;

  /** A row with more characters than this in all its cells is unusable. */
  int LONGEST_ROW = 4 * LONGEST_CELL;

  /** The texts of the first row that is not blank. */
  List<String> header();

  /**
   * The next row, blank ones included; null at the end.
   *
   * @throws UnreadableFileException when the rest cannot be read
   */
  @Nullable Row next();

  /** How much of the file has been read, in bytes; an estimate. */
  long bytesRead();

  @Override
  void close();
}
