package io.leadloom.record.imports;

import io.leadloom.identity.Users;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.Refusals.Refused;
import io.leadloom.record.imports.RowCommands.Planned;
import io.leadloom.record.imports.file.Row;
import io.leadloom.record.imports.file.Table;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows the first rows of a file as they would be stored: the session that would write them is thrown away. */
@Component
public class Preview {

  private static final int ROWS = 20;

  private final ImportSettings settings;
  private final Records records;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final Users users;
  private final Access access;
  private final TransactionTemplate transaction;

  Preview(
      ImportSettings settings,
      Records records,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      Access access,
      PlatformTransactionManager transactions) {
    this.settings = settings;
    this.records = records;
    this.schemas = schemas;
    this.conversion = conversion;
    this.users = users;
    this.access = access;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * A row of a file and what the import would do with it.
   *
   * @param row its number as a spreadsheet shows it
   * @param outcome created, updated, unchanged, skipped or refused
   * @param ref the record that it is about; null for a new one and for a refused row
   * @param values what the record would have, by field; of a refused row the texts of the file. Columns that are to become
   *     fields stand under {@code +} and their header
   * @param problems why it is refused or skipped, the columns by their headers
   */
  public record Line(
      long row,
      String outcome,
      @Nullable String ref,
      Map<String, @Nullable Object> values,
      List<Violation> problems) {}

  List<Line> of(ImportJob job) {
    RowCommands commands = new RowCommands(job, schemas.current(), conversion, users);
    List<Planned> planned = new ArrayList<>();
    List<List<String>> cells = new ArrayList<>();
    try (Table table = Tables.open(settings.file(job.id()), job.plan())) {
      for (Row row = table.next(); row != null && planned.size() < ROWS; row = table.next()) {
        if (!row.blank()) {
          planned.add(commands.plan(row));
          cells.add(row.cells());
        }
      }
    }
    List<Line> shown =
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              return judged(job, commands, planned, cells);
            });
    return Objects.requireNonNull(shown);
  }

  private List<Line> judged(
      ImportJob job, RowCommands commands, List<Planned> planned, List<List<String>> cells) {
    Rights rights = job.rights(access);
    RecordSession session = records.as(rights).open();
    List<Line> shown = new ArrayList<>(planned.size());
    for (int i = 0; i < planned.size(); i++) {
      Planned row = planned.get(i);
      RecordCommand command = row.command();
      WriteResult result = command == null ? null : session.apply(command, job.cause());
      Tally tally = new Tally(commands);
      Tally.Outcome outcome = tally.add(row, result);
      List<Violation> problems =
          tally.named().stream().map(Refused::violations).flatMap(List::stream).toList();
      Record record =
          result instanceof WriteResult.Written written
              ? session.get(written.ref()).orElse(null)
              : null;
      shown.add(
          new Line(
              row.row(),
              outcome.name().toLowerCase(Locale.ROOT),
              record == null || outcome == Tally.Outcome.CREATED ? null : record.ref().toString(),
              record == null ? given(job, cells.get(i)) : stored(job, record, cells.get(i), rights),
              problems));
    }
    return shown;
  }

  /** The cells that are meant for fields, by header, as the file has them. */
  private static Map<String, @Nullable Object> given(ImportJob job, List<String> cells) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<Column> columns = job.plan().columns();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.field() != null || column.create()) {
        values.put(key(column), i < cells.size() ? cells.get(i) : "");
      }
    }
    return values;
  }

  /** What the record would have; of hidden fields what the file has. */
  private static Map<String, @Nullable Object> stored(
      ImportJob job, Record record, List<String> cells, Rights rights) {
    Map<String, @Nullable Object> values = given(job, cells);
    for (Column column : job.plan().columns()) {
      if (column.field() != null && !rights.hides(record.ref().type(), column.field())) {
        values.put(column.field(), FieldConversion.toNatural(record.values().get(column.field())));
      }
    }
    return values;
  }

  /** A column that is to become a field has no key yet. */
  private static String key(Column column) {
    return column.field() == null ? "+" + column.header() : column.field();
  }
}
