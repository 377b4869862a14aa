package io.leadloom.record.imports.file;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.leadloom.platform.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the cells of one CSV row at a time and lets go of those that are too long or too many. */
final class CellCollector extends AbstractBaseCsvCallbackHandler<CellCollector.Cells> {

  /** The cells of a row, or what is wrong with it. */
  record Cells(List<String> texts, @Nullable Violation problem) {}

  private List<String> texts = List.of();
  private @Nullable Violation problem;
  private long size;
  private int width;
  private long line;

  /** The line on which the row in hand began, counted from 1. */
  long line() {
    return line;
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    line = startingLineNumber;
    texts = new ArrayList<>(Math.max(4, width));
    problem = null;
    size = 0;
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    if (problem != null) {
      return;
    }
    size += length;
    if (index >= Table.MOST_COLUMNS) {
      complain("row", null, "a row of at most " + Table.MOST_COLUMNS + " cells");
    } else if (length > Table.LONGEST_CELL) {
      String start = new String(buffer, offset, 200);
      complain(
          "cell " + (index + 1), start, "a cell of at most " + Table.LONGEST_CELL + " characters");
    } else if (size > Table.LONGEST_ROW) {
      complain("row", null, "a row of at most " + Table.LONGEST_ROW + " characters");
    } else {
      texts.add(length == 0 ? "" : new String(buffer, offset, length));
    }
  }

  private void complain(String place, @Nullable String value, String expectation) {
    texts = List.of();
    problem = Violation.of(place, value, expectation);
  }

  @Override
  protected Cells buildRecord() {
    width = texts.size();
    return new Cells(texts, problem);
  }
}
