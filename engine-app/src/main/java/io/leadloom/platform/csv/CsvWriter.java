package io.leadloom.platform.csv;

import java.io.IOException;
import java.io.Writer;

/**
 * Writes CSV as RFC 4180 says: fields in quotes where needed, quotes doubled, lines ended by CR LF. A text that a
 * spreadsheet would take for a formula gets an apostrophe in front, as the text came from somebody who may mean harm to
 * whoever opens the file.
 */
public final class CsvWriter {

  private static final String FORMULA = "=+-@\t\r\n";

  private final Writer out;

  public CsvWriter(Writer out) {
    this.out = out;
  }

  /** Writes one line. */
  public void row(String... fields) throws IOException {
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(field(fields[i]));
    }
    out.write("\r\n");
  }

  /** One field, harmless and quoted where needed. Plain numbers such as -5 stay numbers. */
  static String field(String text) {
    String harmless = formula(text) ? "'" + text : text;
    boolean quoted = harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted || !harmless.equals(harmless.strip())
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }

  /** Spaces in front do not keep a spreadsheet from reading a formula; full-width signs count as the plain ones. */
  private static boolean formula(String text) {
    if (text.isEmpty()) {
      return false;
    }
    if (FORMULA.indexOf(plain(text.charAt(0))) >= 0) {
      return !text.matches("[+-]?[0-9]+(\\.[0-9]+)?");
    }
    String stripped = text.stripLeading();
    return !stripped.isEmpty()
        && stripped.length() < text.length()
        && FORMULA.indexOf(plain(stripped.charAt(0))) >= 0;
  }

  private static char plain(char c) {
    return c >= '\uFF01' && c <= '\uFF5E' ? (char) (c - 0xFEE0) : c;
  }
}
