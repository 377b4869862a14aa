package io.leadloom.record.imports;

import io.leadloom.platform.Violation;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.record.imports.ChunkQueue.Chunk;
import io.leadloom.record.imports.ImportRows.Progress;
import io.leadloom.record.imports.Refusals.Refused;
import io.leadloom.record.imports.RowCommands.Planned;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what became of rows, with the reasons of those that were refused or skipped. */
final class Tally {

  /** What became of one row. */
  enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    SKIPPED,
    REFUSED
  }

  private final RowCommands commands;
  private final long[] counts = new long[Outcome.values().length];
  private final List<Refused> named = new ArrayList<>();

  Tally(RowCommands commands) {
    this.commands = commands;
  }

  /**
   * Counts a row.
   *
   * @param result what the session says; null when the row was refused before that
   */
  Outcome add(Planned row, @Nullable WriteResult result) {
    if (result instanceof WriteResult.Written written) {
      Outcome outcome = outcome(row, written);
      counts[outcome.ordinal()]++;
      if (outcome == Outcome.SKIPPED) {
        named.add(new Refused(row.row(), List.of(there(row, written.ref().toString()))));
      }
      return outcome;
    }
    if (result instanceof WriteResult.Refused violated) {
      return refuse(row, commands.named(violated.violations()));
    }
    if (result instanceof WriteResult.Forbidden forbidden) {
      return refuse(
          row,
          List.of(
              Violation.of("row", forbidden.what(), "a row that your permissions let you write")));
    }
    return refuse(row, row.violations());
  }

  private static Outcome outcome(Planned row, WriteResult.Written written) {
    if (written.created()) {
      return Outcome.CREATED;
    }
    boolean kept =
        row.command() instanceof RecordCommand.Upsert upsert && upsert.keep() && !written.changed();
    if (kept) {
      return Outcome.SKIPPED;
    }
    return written.changed() ? Outcome.UPDATED : Outcome.UNCHANGED;
  }

  /** Counts a row whose record an earlier row writes. */
  Outcome again(Planned row, long earlier) {
    boolean skip = row.command() instanceof RecordCommand.Upsert upsert && upsert.keep();
    if (skip) {
      named.add(new Refused(row.row(), List.of(there(row, "row " + earlier))));
    }
    Outcome outcome = skip ? Outcome.SKIPPED : Outcome.UPDATED;
    counts[outcome.ordinal()]++;
    return outcome;
  }

  /** Counts a row that is not written, for these reasons. */
  Outcome refuse(Planned row, List<Violation> violations) {
    counts[Outcome.REFUSED.ordinal()]++;
    named.add(new Refused(row.row(), violations));
    return Outcome.REFUSED;
  }

  private Violation there(Planned row, String holder) {
    if (row.command() instanceof RecordCommand.Upsert upsert) {
      return Violation.of(
          commands.header(upsert.matchField()),
          upsert.values().get(upsert.matchField()),
          "a value that no "
              + upsert.type().key()
              + " has; "
              + holder
              + " has it, so it is skipped");
    }
    return Violation.of("row", holder, "a row that is not there yet");
  }

  /** The rows that were refused or skipped. */
  List<Refused> named() {
    return named;
  }

  Progress progress(Chunk chunk) {
    return new Progress(
        chunk.position(),
        chunk.rows().size(),
        counts[Outcome.CREATED.ordinal()],
        counts[Outcome.UPDATED.ordinal()],
        counts[Outcome.UNCHANGED.ordinal()],
        counts[Outcome.SKIPPED.ordinal()],
        counts[Outcome.REFUSED.ordinal()],
        chunk.bytes());
  }
}
