package io.leadloom.record.imports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Looks through a workbook, without trusting what it says about itself, before it is parsed. */
public final class XlsxGuard {

  private static final int MOST_PARTS = 10_000;
  private static final long MOST_INFLATED = 8L * 1024 * 1024 * 1024;
  private static final long MOST_STRINGS = 256L * 1024 * 1024;

  private XlsxGuard() {}

  /**
   * Checks all parts.
   *
   * @return how many rows the sheets have
   * @throws UnreadableFileException when it is not a workbook or a dangerous one
   */
  public static long check(Path file) {
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      return check(zip);
    } catch (UnreadableFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableFileException(
          "The file is not a readable .xlsx workbook: " + e.getMessage(), e);
    }
  }

  private static long check(ZipFile zip) throws IOException {
    List<ZipArchiveEntry> parts = Collections.list(zip.getEntries());
    if (parts.size() > MOST_PARTS) {
      throw new UnreadableFileException("The workbook has more than " + MOST_PARTS + " parts");
    }
    Set<String> names = new HashSet<>();
    long left = MOST_INFLATED;
    long rows = 0;
    for (ZipArchiveEntry part : parts) {
      if (!names.add(part.getName().toLowerCase(Locale.ROOT))) {
        throw new UnreadableFileException("The workbook has two parts " + part.getName());
      }
      boolean sheet = part.getName().contains("sheet");
      long most = sheet ? left : Math.min(left, MOST_STRINGS);
      InflatedLimit limit = new InflatedLimit(part.getName(), part.getCompressedSize(), most);
      XmlScan scan = new XmlScan();
      try (InputStream in = zip.getInputStream(part)) {
        if (in == null) {
          throw new UnreadableFileException("The part " + part.getName() + " cannot be read");
        }
        scan.read(in, limit);
      }
      left -= limit.inflated();
      rows += scan.rows();
    }
    return rows;
  }
}
