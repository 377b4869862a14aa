package io.leadloom.identity.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of users: UTF-8, a header row, commas, semicolons or tabs. A file that cannot be read for sure is refused as
 * a whole, with the place; nothing is guessed.
 */
final class UserFile {

  private static final int MOST_ROWS = 5_000;
  private static final int MOST_BYTES = 5 * 1024 * 1024;
  private static final int LONGEST_CELL = 10_000;

  private UserFile() {}

  /**
   * A row.
   *
   * @param number the line of the file on which it begins, the header being line 1
   * @param extra how many cells it has more than the header; they belong to no column
   */
  record Line(long number, Map<Column, String> cells, int extra) {

    /** A cell without space around it; empty when there is none. */
    String cell(Column column) {
      return cells.getOrDefault(column, "");
    }
  }

  static List<Line> read(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new RefusedException(
          Reason.TOO_LARGE,
          "The file is too large",
          List.of(Violation.of("file", bytes.length, "at most " + MOST_BYTES + " bytes")));
    }
    String text = text(bytes);
    if (text.isBlank()) {
      throw unreadable("The file is empty", null, "a header row and a row for each user");
    }
    long last = 0;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(delimiter(text))
            .skipEmptyLines(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(false)
            .allowUnclosedQuote(false)
            .ofCsvRecord(text)) {
      Iterator<CsvRecord> records = reader.iterator();
      List<@Nullable Column> header = header(records.next());
      last = 1;
      List<Line> lines = new ArrayList<>();
      while (records.hasNext()) {
        CsvRecord row = records.next();
        last = row.getStartingLineNumber();
        Line line = line(row, header);
        if (line.extra() > 0 || line.cells().values().stream().anyMatch(cell -> !cell.isEmpty())) {
          lines.add(line);
        }
        if (lines.size() > MOST_ROWS) {
          throw unreadable(
              "The file has too many rows", null, "at most " + MOST_ROWS + " rows at a time");
        }
      }
      if (lines.isEmpty()) {
        throw unreadable("The file has a header and no rows", null, "a row for each user");
      }
      return lines;
    } catch (CsvParseException e) {
      throw unreadable(
          "The file cannot be read after line " + last,
          "a row after line " + last,
          "a closing quote for each opening one, followed by a delimiter or the end of the line");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static RefusedException unreadable(
      String message, @Nullable String value, String expectation) {
    return RefusedException.invalid(message, Violation.of("file", value, expectation));
  }

  private static String text(byte[] bytes) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
    } catch (CharacterCodingException e) {
      throw unreadable(
          "The file is not encoded as UTF-8",
          "line " + firstBadLine(bytes),
          "UTF-8; spreadsheets call it \"CSV UTF-8\" when they save");
    }
    if (text.indexOf('\0') >= 0) {
      throw unreadable(
          "The file is no text in UTF-8", null, "a CSV file, not a spreadsheet and not UTF-16");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The line with the first bytes that are not UTF-8. */
  private static long firstBadLine(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .decode(in, java.nio.CharBuffer.allocate(bytes.length + 1), true);
    long line = 1;
    for (int i = 0; i < in.position(); i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  /** What stands most often in the header. */
  private static char delimiter(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    char best = ',';
    for (char each : new char[] {';', '\t'}) {
      if (count(header, each) > count(header, best)) {
        best = each;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private static List<@Nullable Column> header(CsvRecord row) {
    List<@Nullable Column> header = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (String cell : row.getFields()) {
      Column column = Column.of(cell).orElse(null);
      if (column == null && !cell.isBlank()) {
        violations.add(
            Violation.of(
                "header",
                cell.strip(),
                "one of "
                    + Arrays.stream(Column.values())
                        .map(Column::header)
                        .collect(Collectors.joining(", "))));
      } else if (column != null && header.contains(column)) {
        violations.add(Violation.of("header", cell.strip(), "each column once"));
      }
      header.add(column);
    }
    if (violations.isEmpty() && !header.contains(Column.EMAIL)) {
      violations.add(Violation.of("header", "", "a column email: users are told apart by it"));
    }
    if (!violations.isEmpty()) {
      throw new RefusedException(
          Reason.INVALID,
          "The header row does not do",
          violations.subList(0, Math.min(20, violations.size())));
    }
    return header;
  }

  private static Line line(CsvRecord row, List<@Nullable Column> header) {
    Map<Column, String> cells = new EnumMap<>(Column.class);
    int extra = 0;
    for (int i = 0; i < row.getFieldCount(); i++) {
      String cell = row.getField(i).strip();
      Column column = i < header.size() ? header.get(i) : null;
      if (column != null) {
        cells.put(column, cell.length() > LONGEST_CELL ? cell.substring(0, LONGEST_CELL) : cell);
      } else if (!cell.isEmpty()) {
        extra++;
      }
    }
    return new Line(row.getStartingLineNumber(), cells, extra);
  }
}
