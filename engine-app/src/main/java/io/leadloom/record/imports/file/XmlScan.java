package io.leadloom.record.imports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks through one XML part of a workbook before a parser sees it: no document types, no endless texts or tags, no
 * cells outside the grid. Works on bytes, so that nothing has to be held.
 */
final class XmlScan {

  private static final int MOST_TEXT = 16 * 1024 * 1024;
  private static final int MOST_TAG = 1024 * 1024;
  private static final int KEPT = 512;
  private static final int GRID = 16_384;
  private static final int MOST_ARRAYS = 1_000;
  private static final int MOST_SHARED = 100_000;
  private static final int MOST_STRINGS = 5_000_000;

  private final byte[] tag = new byte[KEPT];
  private int tagLength;
  private long text;
  private int cellsInRow;
  private int arrays;
  private int sharedFormulas;
  private int strings;
  private long rows;
  private byte quote;
  private byte @Nullable [] end;
  private int matched;
  private boolean inTag;

  /** How many row elements there were. */
  long rows() {
    return rows;
  }

  void read(InputStream in, InflatedLimit limit) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    boolean first = true;
    boolean xml = true;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      limit.add(read);
      if (first && read > 0) {
        xml = isXml(buffer, read);
        first = false;
      }
      if (xml) {
        for (int i = 0; i < read; i++) {
          next(buffer[i]);
        }
      }
    }
  }

  private static boolean isXml(byte[] bytes, int length) {
    byte[] start = Arrays.copyOf(bytes, Math.min(length, 1024));
    boolean wide =
        TextEncoding.starts(start, 0xFE, 0xFF)
            || TextEncoding.starts(start, 0xFF, 0xFE)
            || TextEncoding.starts(start, 0, '<')
            || TextEncoding.starts(start, '<', 0);
    if (wide) {
      throw new UnreadableFileException("The workbook has parts that are not in UTF-8");
    }
    int at = TextEncoding.starts(start, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    while (at < start.length
        && (start[at] == ' ' || start[at] == '\n' || start[at] == '\r' || start[at] == '\t')) {
      at++;
    }
    return at < start.length && start[at] == '<';
  }

  private void next(byte b) {
    if (end != null) {
      skipTo(end, b);
    } else if (inTag) {
      inTag(b);
    } else if (b == '<') {
      inTag = true;
      tagLength = 0;
      quote = 0;
      text = 0;
    } else if (++text > MOST_TEXT) {
      throw new UnreadableFileException(
          "The workbook has a text of more than " + MOST_TEXT + " bytes");
    }
  }

  private void skipTo(byte[] terminator, byte b) {
    if (b == terminator[matched]) {
      matched++;
      if (matched == terminator.length) {
        end = null;
      }
    } else {
      // "--->" and "]]]>" end as well: a repeated first byte keeps what has matched.
      boolean repeated = matched == terminator.length - 1 && b == terminator[0];
      matched = repeated ? matched : b == terminator[0] ? 1 : 0;
    }
    if (++text > MOST_TEXT) {
      throw new UnreadableFileException(
          "The workbook has a text of more than " + MOST_TEXT + " bytes");
    }
  }

  private void inTag(byte b) {
    if (quote != 0) {
      if (b == quote) {
        quote = 0;
      }
    } else if (b == '>') {
      inTag = false;
      tag();
      return;
    } else if (b == '"' || b == '\'') {
      quote = b;
    }
    if (tagLength < KEPT) {
      tag[tagLength] = b;
    }
    if (++tagLength > MOST_TAG) {
      throw new UnreadableFileException("The workbook has an endless tag");
    }
    special();
  }

  /** Comments and CDATA are skipped; anything else that starts with an exclamation mark is a document type. */
  private void special() {
    if (tag[0] == '?' && tagLength == 1) {
      skipUntil("?>");
    } else if (tag[0] == '!' && tagLength == 3 && tag[1] == '-' && tag[2] == '-') {
      skipUntil("-->");
    } else if (tag[0] == '!' && tagLength == 8 && startsWith("![CDATA[")) {
      skipUntil("]]>");
    } else if (tag[0] == '!' && tagLength >= 2 && tag[1] != '-' && tag[1] != '[') {
      throw new UnreadableFileException("The workbook has a document type declaration (DOCTYPE)");
    }
  }

  private void skipUntil(String terminator) {
    inTag = false;
    end = terminator.getBytes(StandardCharsets.US_ASCII);
    matched = 0;
  }

  private boolean startsWith(String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (tag[i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void tag() {
    int length = Math.min(tagLength, KEPT);
    int from = 0;
    int to = 0;
    while (to < length && tag[to] > ' ' && tag[to] != '/') {
      if (tag[to] == ':') {
        from = to + 1;
      }
      to++;
    }
    if (to - from == 1 && tag[from] == 'c') {
      if (++cellsInRow > GRID || tagLength > KEPT || column() > GRID) {
        throw new UnreadableFileException(
            "The workbook has a cell outside the " + GRID + " columns of a sheet");
      }
    } else if (to - from == 3 && tag[from] == 'r' && tag[from + 1] == 'o') {
      rows++;
      cellsInRow = 0;
    } else if (to - from == 1 && tag[from] == 'f') {
      String formula = new String(tag, 0, length, StandardCharsets.ISO_8859_1);
      arrays += formula.contains("array") ? 1 : 0;
      sharedFormulas += formula.contains("ref") ? 1 : 0;
      if (arrays > MOST_ARRAYS || sharedFormulas > MOST_SHARED || tagLength > KEPT) {
        throw new UnreadableFileException("The workbook has too many formulas over areas");
      }
    } else if (to - from == 2 && tag[from] == 's' && tag[from + 1] == 'i') {
      if (++strings > MOST_STRINGS) {
        throw new UnreadableFileException(
            "The workbook has more than " + MOST_STRINGS + " different texts");
      }
    }
  }

  /** The column of a cell's address, counted from 1; 0 when it has none. */
  private int column() {
    int length = Math.min(tagLength, KEPT);
    for (int i = 1; i + 3 < length; i++) {
      boolean address =
          tag[i] == 'r' && tag[i - 1] <= ' ' && (tag[i + 1] == '=' || tag[i + 1] <= ' ');
      if (address) {
        int at = i + 1;
        while (at < length
            && (tag[at] == '=' || tag[at] <= ' ' || tag[at] == '"' || tag[at] == '\'')) {
          at++;
        }
        int column = 0;
        while (at < length && Character.isLetter(tag[at]) && column <= GRID) {
          column = column * 26 + Character.toUpperCase((char) tag[at]) - 'A' + 1;
          at++;
        }
        return column;
      }
    }
    return 0;
  }
}
