package io.leadloom.record.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.ImportPlan.Sample;
import io.leadloom.record.imports.columns.ColumnMemory;
import io.leadloom.record.imports.file.ReceivedFile;
import io.leadloom.record.imports.file.Table;
import io.leadloom.record.imports.file.UnreadableFileException;
import io.leadloom.schema.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Receives files and finds out how they are to be read and where their columns go. */
@Component
class FileReading {

  /** So many rows are looked at before the import is accepted. */
  private static final int FIRST_ROWS = 1_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final ImportSettings settings;
  private final Schemas schemas;
  private final ColumnMemory memory;

  FileReading(ImportSettings settings, Schemas schemas, ColumnMemory memory) {
    this.settings = settings;
    this.schemas = schemas;
    this.memory = memory;
  }

  /** How a file is read, and the field by which its rows find their records. */
  record Read(ImportPlan plan, @Nullable String match, Duplicates duplicates) {}

  /**
   * Stores a file.
   *
   * @return its size in bytes
   */
  long store(InputStream content, Path file) throws IOException {
    return ReceivedFile.store(content, file, settings.maxSize().toBytes());
  }

  /** What a request makes of a file; every part of the request is binding. */
  Read asAsked(Path file, ImportRequest request) {
    return read(file, request, false);
  }

  /**
   * What is suggested for a file: what whoever asks last had for the same header, else what the names of the columns tell.
   */
  Read suggested(Path file, ImportRequest request) {
    return read(file, request, true);
  }

  private Read read(Path file, ImportRequest request, boolean suggest) {
    try {
      ImportPlan opening = Tables.examine(file, request);
      ColumnMapping mapping = new ColumnMapping(request, schemas.current());
      try (Table table = Tables.open(file, opening)) {
        Set<Integer> links = new HashSet<>();
        List<ColumnSniffer> sniffers =
            NewColumns.sniff(table, FIRST_ROWS, ColumnSniffer.emptyValues(request.emptyValues()));
        for (int i = 0; i < sniffers.size(); i++) {
          if (sniffers.get(i).onlyWholeNumbers()) {
            links.add(i);
          }
        }
        List<Column> columns = mapping.columns(table.header(), links);
        if (!suggest) {
          mapping.checkSome(columns);
          return new Read(opening.with(columns), mapping.match(columns), request.duplicates());
        }
        List<Sample> samples = sniffers.stream().map(ColumnSniffer::sample).toList();
        return suggested(request, mapping, opening, columns, samples);
      }
    } catch (UnreadableFileException e) {
      throw RefusedException.invalid(
          "The file cannot be read",
          Violation.of(
              "file", request.fileName(), "a readable CSV or XLSX file. " + e.getMessage()));
    }
  }

  private Read suggested(
      ImportRequest request,
      ColumnMapping mapping,
      ImportPlan opening,
      List<Column> named,
      List<Sample> samples) {
    String match = mapping.match(named);
    ImportChoice before = request.mapping().isEmpty() ? remembered(request, named) : null;
    if (before == null || before.columns().size() != named.size()) {
      return new Read(
          opening.with(mapping.guessed(named), samples, false), match, request.duplicates());
    }
    List<Column> columns = mapping.recalled(named, before.columns());
    return new Read(
        opening.taking(before.unreachable()).with(columns, samples, true),
        mapping.stillMatches(before.match(), columns) ? before.match() : null,
        before.duplicates());
  }

  private @Nullable ImportChoice remembered(ImportRequest request, List<Column> columns) {
    Long user = request.userId();
    return user == null
        ? null
        : memory.find(user, kind(request), header(columns)).map(FileReading::read).orElse(null);
  }

  private static String kind(ImportRequest request) {
    return request.entity().key();
  }

  private static List<String> header(List<Column> columns) {
    return columns.stream().map(Column::header).toList();
  }

  /** Keeps what somebody decided for the next file with this header; part of the current transaction. */
  void remember(ImportRequest request, List<Column> columns, ImportChoice choice) {
    Long user = request.userId();
    if (user != null) {
      try {
        memory.keep(user, kind(request), header(columns), JSON.writeValueAsString(choice));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("Cannot keep the columns of an import", e);
      }
    }
  }

  private static ImportChoice read(String json) {
    try {
      return JSON.readValue(json, ImportChoice.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the columns of an import", e);
    }
  }
}
