package io.leadloom.record.imports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a file is opened as a table.
 *
 * @param encoding of a text file; null for a workbook
 * @param delimiter of a text file; null for a workbook
 * @param sheetRows how many rows the sheets of a workbook have
 */
public record TableFile(@Nullable String encoding, @Nullable String delimiter, long sheetRows) {

  private static final int START = 4_096;

  /**
   * Finds out what a file is.
   *
   * @param encoding of a text file
   * @throws UnreadableFileException when it is neither a CSV file nor a workbook
   */
  public static TableFile examine(Path file, Charset encoding) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(START);
    }
    if (start.length == 0) {
      throw new UnreadableFileException("The file is empty");
    }
    if (TextEncoding.starts(start, 'P', 'K')) {
      return new TableFile(null, null, XlsxGuard.check(file));
    }
    if (TextEncoding.starts(start, 0xD0, 0xCF)) {
      throw new UnreadableFileException(
          "This is an old or protected Excel file; save it as .xlsx without a password");
    }
    String sample = CsvTable.sample(file, encoding);
    if (sample.indexOf('\0') >= 0) {
      throw new UnreadableFileException("This is no text in " + encoding.name());
    }
    return new TableFile(encoding.name(), String.valueOf(Delimiter.of(sample)), 0);
  }

  /** Whether it is a text file, whose rows have all their cells. */
  public boolean text() {
    return delimiter != null;
  }

  public Table open(Path file) {
    return encoding == null || delimiter == null
        ? new XlsxTable(file, sheetRows)
        : new CsvTable(file, Charset.forName(encoding), delimiter.charAt(0));
  }

  /**
   * How many rows it has; 0 when there are surely not more than these.
   *
   * @return -1 when it was stopped
   */
  public long counted(Path file, long most, java.util.function.BooleanSupplier stop)
      throws IOException {
    if (text() ? RowCount.surelyAtMost(file, most) : sheetRows <= most) {
      return 0;
    }
    try (Table table = open(file)) {
      return RowCount.of(table, count -> {}, stop);
    }
  }
}
