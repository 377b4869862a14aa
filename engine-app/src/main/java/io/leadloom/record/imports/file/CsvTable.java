package io.leadloom.record.imports.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.leadloom.platform.Violation;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file. A quote that is never closed costs only its own row: reading goes on with the next line, as does reading
 * after a cell that does not end within 16 million characters.
 */
public final class CsvTable implements Table {

  private static final int LONGEST_READABLE_CELL = 16 * 1024 * 1024;
  private static final int MOST_RESTARTS = 20;
  private static final int SAMPLE = 64 * 1024;

  private final Path file;
  private final Charset encoding;
  private final char delimiter;
  private final List<String> header;
  private Counted bytes;
  private CellCollector collector;
  private CloseableIterator<CellCollector.Cells> rows;
  private long linesBefore;
  private long number;
  private int restarts;

  public CsvTable(Path file, Charset encoding, char delimiter) {
    this.file = file;
    this.encoding = encoding;
    this.delimiter = delimiter;
    this.bytes = new Counted(InputStream.nullInputStream());
    this.collector = new CellCollector();
    this.rows = open(0);
    try {
      this.header = readHeader();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The start of a file as text, enough to find its delimiter. */
  public static String sample(Path file, Charset encoding) throws IOException {
    char[] start = new char[SAMPLE];
    try (Reader reader = new InputStreamReader(Files.newInputStream(file), encoding)) {
      int length = 0;
      int read = 0;
      while (length < SAMPLE && (read = reader.read(start, length, SAMPLE - length)) >= 0) {
        length += read;
      }
      int from = length > 0 && start[0] == '\uFEFF' ? 1 : 0;
      return new String(start, from, length - from);
    }
  }

  private CloseableIterator<CellCollector.Cells> open(long skipLines) {
    try {
      bytes = new Counted(Files.newInputStream(file));
      BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, encoding), SAMPLE);
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
      skip(reader, skipLines);
      linesBefore = skipLines;
      collector = new CellCollector();
      return CsvReader.builder()
          .fieldSeparator(delimiter)
          .skipEmptyLines(false)
          .allowExtraFields(true)
          .allowMissingFields(true)
          .allowExtraCharsAfterClosingQuote(true)
          .allowUnclosedQuote(false)
          .maxBufferSize(LONGEST_READABLE_CELL)
          .build(collector, reader)
          .iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line ends with a line feed, a carriage return or both, as for the parser. */
  private static void skip(BufferedReader reader, long lines) throws IOException {
    long left = lines;
    while (left > 0) {
      int c = reader.read();
      if (c < 0) {
        return;
      }
      if (c == '\r') {
        reader.mark(1);
        if (reader.read() != '\n') {
          reader.reset();
        }
      }
      if (c == '\r' || c == '\n') {
        left--;
      }
    }
  }

  private List<String> readHeader() {
    for (Row row = next(); row != null; row = next()) {
      if (row.problem() != null) {
        throw new UnreadableFileException(
            "The header row cannot be read: "
                + row.problem().expectation()
                + " was expected in "
                + row.problem().field());
      }
      if (!row.blank()) {
        return row.cells();
      }
    }
    throw new UnreadableFileException("The file has no header row");
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
      CellCollector.Cells cells = rows.next();
      return new Row(++number, cells.texts(), cells.problem());
    } catch (CsvParseException e) {
      return afterUnreadableRow();
    } catch (UncheckedIOException e) {
      throw new UnreadableFileException("The file cannot be read: " + e.getMessage(), e);
    }
  }

  private Row afterUnreadableRow() {
    long line = linesBefore + collector.line();
    if (++restarts > MOST_RESTARTS) {
      throw new UnreadableFileException(
          "Reading stopped at line "
              + line
              + ": more than "
              + MOST_RESTARTS
              + " rows have quotes that are never closed");
    }
    close();
    rows = open(line);
    return new Row(
        ++number,
        List.of(),
        Violation.of(
            "row",
            "line " + line,
            "a closing quote: one opens on this line and does not end within "
                + LONGEST_READABLE_CELL
                + " characters"));
  }

  @Override
  public long bytesRead() {
    return bytes.count;
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts what has been read. */
  private static final class Counted extends FilterInputStream {

    private volatile long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      add(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      add(Math.max(0, read));
      return read;
    }

    /** One thread reads, others only look. */
    private void add(int bytes) {
      long before = count;
      count = before + bytes;
    }
  }
}
