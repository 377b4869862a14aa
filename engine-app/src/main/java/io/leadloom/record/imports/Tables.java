package io.leadloom.record.imports;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.imports.file.CsvTable;
import io.leadloom.record.imports.file.Delimiter;
import io.leadloom.record.imports.file.Table;
import io.leadloom.record.imports.file.TextEncoding;
import io.leadloom.record.imports.file.UnreadableFileException;
import io.leadloom.record.imports.file.XlsxGuard;
import io.leadloom.record.imports.file.XlsxTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what kind of file it is and opens it. */
final class Tables {

  private Tables() {}

  /** A plan without columns: how to open the file. */
  static ImportPlan examine(Path file, ImportRequest request) {
    try {
      byte[] start;
      try (InputStream in = Files.newInputStream(file)) {
        start = in.readNBytes(8);
      }
      if (start.length == 0) {
        throw new UnreadableFileException("The file is empty");
      }
      if (start.length >= 4 && start[0] == 'P' && start[1] == 'K') {
        long rows = XlsxGuard.check(file);
        return new ImportPlan(
            null,
            null,
            rows,
            request.emptyValues(),
            List.of(),
            List.of(),
            false,
            request.starts(),
            request.unreachable());
      }
      if ((start[0] & 0xFF) == 0xD0 && start.length >= 2 && (start[1] & 0xFF) == 0xCF) {
        throw new UnreadableFileException(
            "This is an old or protected Excel file; save it as .xlsx without a password");
      }
      Charset encoding = encoding(file, request.encoding());
      char delimiter =
          request.delimiter() != null
              ? request.delimiter()
              : Delimiter.of(CsvTable.sample(file, encoding));
      return new ImportPlan(
          encoding.name(),
          String.valueOf(delimiter),
          0,
          request.emptyValues(),
          List.of(),
          List.of(),
          false,
          request.starts(),
          request.unreachable());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Charset encoding(Path file, @Nullable String given) throws IOException {
    if (given == null || given.isBlank()) {
      return TextEncoding.of(file);
    }
    try {
      return Charset.forName(given.strip());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw RefusedException.invalid(
          "The file cannot be imported like this",
          Violation.of("encoding", given, "an encoding such as UTF-8 or windows-1252"));
    }
  }

  static Table open(Path file, ImportPlan plan) {
    if (plan.encoding() == null || plan.delimiter() == null) {
      return new XlsxTable(file, plan.sheetRows());
    }
    return new CsvTable(file, Charset.forName(plan.encoding()), plan.delimiter().charAt(0));
  }
}
