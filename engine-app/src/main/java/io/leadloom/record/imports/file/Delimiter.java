package io.leadloom.record.imports.file;

import java.util.ArrayList;
import java.util.List;

/** Finds out what stands between the cells of a CSV file. */
public final class Delimiter {

  private static final char[] CANDIDATES = {',', ';', '\t', '|'};
  private static final int MOST_ROWS = 100;

  private Delimiter() {}

  /** The candidate that divides most rows into as many cells as the first row; the comma when none divides it. */
  public static char of(CharSequence sample) {
    char best = CANDIDATES[0];
    double bestScore = 0;
    for (char candidate : CANDIDATES) {
      double score = score(sample, candidate);
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private static double score(CharSequence sample, char delimiter) {
    List<Integer> counts = counts(sample, delimiter);
    if (counts.isEmpty() || counts.get(0) == 0) {
      return 0;
    }
    int first = counts.get(0);
    long same = counts.stream().filter(count -> count == first).count();
    // Agreement of the rows counts first, the number of cells decides between equals.
    return (double) same / counts.size() + Math.min(first, 1_000) / 10_000.0;
  }

  private static List<Integer> counts(CharSequence sample, char delimiter) {
    List<Integer> counts = new ArrayList<>();
    boolean quoted = false;
    boolean cellStart = true;
    boolean blank = true;
    int count = 0;
    for (int i = 0; i < sample.length() && counts.size() < MOST_ROWS; i++) {
      char c = sample.charAt(i);
      if (quoted) {
        quoted = c != '"';
        continue;
      }
      if (c == '\n' || c == '\r') {
        if (!blank) {
          counts.add(count);
        }
        count = 0;
        blank = true;
        cellStart = true;
        continue;
      }
      blank = false;
      if (c == delimiter) {
        count++;
      }
      quoted = c == '"' && cellStart;
      cellStart = c == delimiter;
    }
    // The last row may be cut off, unless it is the only one.
    if (counts.isEmpty() && !blank) {
      counts.add(count);
    }
    return counts;
  }
}
