package io.leadloom.record.imports.file;

import io.leadloom.platform.Violation;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.jspecify.annotations.Nullable;

/** The first sheet of a workbook that {@link XlsxGuard} has let through. */
public final class XlsxTable implements Table {

  private static final MathContext SPREADSHEET = new MathContext(15);
  private static final int DECIMALS = 6;
  private static final int LONGEST_NUMBER = 60;
  private static final Pattern NOT_FORMAT =
      Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]|General", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATE_LETTER = Pattern.compile("[ymdhs]", Pattern.CASE_INSENSITIVE);

  private final long totalBytes;
  private final long totalRows;
  private final ReadableWorkbook workbook;
  private final Stream<org.dhatim.fastexcel.reader.Row> stream;
  private final Iterator<org.dhatim.fastexcel.reader.Row> rows;
  private final Map<String, Boolean> dateFormats = new HashMap<>();
  private final List<String> header;
  private final AtomicLong read = new AtomicLong();
  private long number;

  /**
   * Opens the first sheet.
   *
   * @param totalRows how many rows {@link XlsxGuard} has counted
   */
  public XlsxTable(Path file, long totalRows) {
    this.totalBytes = file.toFile().length();
    this.totalRows = Math.max(1, totalRows);
    ReadableWorkbook opened = null;
    try {
      opened = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
      workbook = opened;
      stream = workbook.getFirstSheet().openStream();
      rows = stream.iterator();
      header = readHeader();
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        close(opened);
      }
      throw e instanceof UnreadableFileException known ? known : unreadable(e);
    }
  }

  private static UnreadableFileException unreadable(Exception e) {
    return new UnreadableFileException("The workbook cannot be read: " + e.getMessage(), e);
  }

  private List<String> readHeader() {
    for (Row row = next(); row != null; row = next()) {
      if (row.problem() != null) {
        throw new UnreadableFileException(
            "The header row cannot be read: " + row.problem().expectation() + " was expected");
      }
      if (!row.blank()) {
        return row.cells();
      }
    }
    throw new UnreadableFileException("The first sheet of the workbook has no header row");
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public @Nullable Row next() {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      org.dhatim.fastexcel.reader.Row row = rows.next();
      read.incrementAndGet();
      number = Math.max(number + 1, row.getRowNum());
      return converted(row);
    } catch (RuntimeException e) {
      throw e instanceof UnreadableFileException known ? known : unreadable(e);
    }
  }

  private Row converted(org.dhatim.fastexcel.reader.Row row) {
    List<String> texts = new ArrayList<>(row.getCellCount());
    Violation problem = null;
    long size = 0;
    for (int i = 0; i < row.getCellCount() && problem == null; i++) {
      Cell cell = row.getCell(i);
      String text = cell == null ? "" : text(cell);
      size += text.length();
      String place = "cell " + (cell == null ? i + 1 : cell.getAddress());
      if (i >= MOST_COLUMNS && !text.isBlank()) {
        problem = Violation.of("row", null, "a row of at most " + MOST_COLUMNS + " cells");
      } else if (text.length() > LONGEST_CELL) {
        problem = Violation.of(place, text, "a cell of at most " + LONGEST_CELL + " characters");
      } else if (size > LONGEST_ROW) {
        problem = Violation.of("row", null, "a row of at most " + LONGEST_ROW + " characters");
      } else if (cell != null && cell.getType() == CellType.ERROR) {
        problem = Violation.of(place, text, "a value; the cell holds an error");
      } else if (i < MOST_COLUMNS) {
        texts.add(text);
      }
    }
    return new Row(number, problem == null ? texts : List.of(), problem);
  }

  private String text(Cell cell) {
    Object value = cell.getValue();
    if (cell.getType() == CellType.EMPTY || value == null) {
      return "";
    }
    if (value instanceof BigDecimal amount) {
      return isDate(cell) ? date(cell, amount) : plain(amount);
    }
    return value.toString();
  }

  private boolean isDate(Cell cell) {
    String format = cell.getDataFormatString();
    return format != null
        && dateFormats.computeIfAbsent(
            format, f -> DATE_LETTER.matcher(NOT_FORMAT.matcher(f).replaceAll("")).find());
  }

  private static String date(Cell cell, BigDecimal days) {
    if (days.signum() < 0 || days.compareTo(BigDecimal.valueOf(2_958_466)) >= 0) {
      return plain(days);
    }
    LocalDateTime moment = cell.asDate().plusNanos(500_000_000).truncatedTo(ChronoUnit.SECONDS);
    if (days.compareTo(BigDecimal.ONE) < 0) {
      return moment.toLocalTime().toString();
    }
    return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? moment.toLocalDate().toString()
        : moment.toString();
  }

  /** Spreadsheets calculate in binary: what stands behind the 15th digit or the 6th decimal place is noise. */
  private static String plain(BigDecimal number) {
    BigDecimal rounded = number.round(SPREADSHEET);
    if (rounded.scale() > DECIMALS) {
      rounded = rounded.setScale(DECIMALS, RoundingMode.HALF_UP);
    }
    rounded = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    return rounded.scale() < -LONGEST_NUMBER ? rounded.toString() : rounded.toPlainString();
  }

  @Override
  public long bytesRead() {
    return Math.min(totalBytes, (long) (totalBytes * (double) read.get() / totalRows));
  }

  @Override
  public void close() {
    stream.close();
    close(workbook);
  }

  private static void close(ReadableWorkbook workbook) {
    try {
      workbook.close();
    } catch (IOException e) {
      throw new UnreadableFileException("The workbook cannot be closed: " + e.getMessage(), e);
    }
  }
}
