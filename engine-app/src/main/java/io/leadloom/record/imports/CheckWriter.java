package io.leadloom.record.imports;

import io.leadloom.platform.Folded;
import io.leadloom.platform.Violation;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.imports.ChunkQueue.Chunk;
import io.leadloom.record.imports.ImportRows.Lease;
import io.leadloom.record.imports.RowCommands.Planned;
import io.leadloom.record.imports.check.SeenRows;
import io.leadloom.record.imports.check.SeenRows.Seen;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says what rows would do without writing them: a session works them off as the import will and is thrown away. What rows
 * of earlier chunks would have written is known by its print, so that a row whose record one of them makes is no second
 * new one; such a row counts as updated even when it would change nothing.
 */
final class CheckWriter implements ChunkQueue.Taker {

  private final ImportJob job;
  private final Lease lease;
  private final Supplier<Records> records;
  private final Schema schema;
  private final FieldRules rules;
  private final ImportRows rows;
  private final Refusals refusals;
  private final SeenRows seenRows;
  private final TransactionTemplate transaction;
  private final List<Field> telling = new ArrayList<>();

  CheckWriter(
      ImportJob job,
      Lease lease,
      Supplier<Records> records,
      Schema schema,
      FieldRules rules,
      ImportRows rows,
      Refusals refusals,
      SeenRows seenRows,
      TransactionTemplate transaction) {
    this.job = job;
    this.lease = lease;
    this.records = records;
    this.schema = schema;
    this.rules = rules;
    this.rows = rows;
    this.refusals = refusals;
    this.seenRows = seenRows;
    this.transaction = transaction;
    for (Field field : fields()) {
      if (field.unique() || field.key().equals(job.match())) {
        telling.add(field);
      }
    }
  }

  private List<Field> fields() {
    List<Field> fields = new ArrayList<>(schema.fields(job.entity()));
    if (job.activityType() != null) {
      fields.addAll(schema.activityFields(job.activityType()));
    }
    return fields;
  }

  /** What a chunk comes to. */
  private record Judged(Tally tally, List<Seen> seen) {}

  /** The prints of the values by which a row is told from others. */
  private record Prints(@Nullable Long match, Map<Long, Field> all) {
    long of(long row) {
      return match == null ? row : match;
    }
  }

  @Override
  public boolean write(Chunk chunk) {
    Judged judged =
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              return judge(chunk);
            });
    return judged != null
        && Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  seenRows.add(job.id(), judged.seen());
                  refusals.insert(job.id(), judged.tally().named());
                  boolean ours = rows.advance(lease, judged.tally().progress(chunk));
                  if (!ours) {
                    status.setRollbackOnly();
                  }
                  return ours;
                }));
  }

  private Judged judge(Chunk chunk) {
    Map<Planned, Prints> prints = new HashMap<>();
    Set<Long> wanted = new HashSet<>();
    for (Planned row : chunk.rows()) {
      Values values = values(row.command());
      if (values != null && !telling.isEmpty()) {
        Prints of = prints(values);
        prints.put(row, of);
        wanted.addAll(of.all().keySet());
      }
    }
    Map<Long, Seen> before = wanted.isEmpty() ? Map.of() : seenRows.find(job.id(), wanted);
    Tally tally = new Tally(chunk.commands());
    List<Planned> open = new ArrayList<>();
    for (Planned row : chunk.rows()) {
      Prints of = prints.get(row);
      Seen same = of == null || of.match() == null ? null : before.get(of.match());
      if (row.command() == null) {
        tally.add(row, null);
      } else if (same != null) {
        tally.again(row, same.row());
      } else {
        List<Violation> taken = of == null ? List.of() : taken(chunk, row, of, before);
        if (taken.isEmpty()) {
          open.add(row);
        } else {
          tally.refuse(row, taken);
        }
      }
    }
    return new Judged(tally, apply(open, tally, before.keySet()));
  }

  /** Complains about unique values that an earlier row would have written to another record. */
  private static List<Violation> taken(
      Chunk chunk, Planned row, Prints of, Map<Long, Seen> before) {
    List<Violation> taken = new ArrayList<>(0);
    Values values = values(row.command());
    of.all()
        .forEach(
            (print, field) -> {
              Seen seen = before.get(print);
              if (seen != null && field.unique() && seen.of() != of.of(row.row())) {
                taken.add(
                    Violation.of(
                        chunk.commands().header(field.key()),
                        values == null ? null : FieldConversion.toNatural(values.get(field.key())),
                        "a value that no other row has; row " + seen.row() + " has it"));
              }
            });
    return taken;
  }

  private List<Seen> apply(List<Planned> open, Tally tally, Set<Long> known) {
    List<RecordCommand> commands = new ArrayList<>(open.size());
    for (Planned row : open) {
      if (row.command() != null) {
        commands.add(row.command());
      }
    }
    RecordSession session = records.get().open();
    List<WriteResult> results = session.applyAll(commands, job.cause());
    Map<Long, Seen> seen = new HashMap<>();
    for (int i = 0; i < open.size(); i++) {
      Planned row = open.get(i);
      WriteResult result = results.get(i);
      tally.add(row, result);
      if (!telling.isEmpty()
          && result instanceof WriteResult.Written written
          && written.changed()) {
        Record record = session.get(written.ref()).orElse(null);
        Prints of = record == null ? null : prints(record.values());
        if (of != null) {
          for (Long print : of.all().keySet()) {
            if (!known.contains(print)) {
              seen.putIfAbsent(print, new Seen(print, of.of(row.row()), row.row()));
            }
          }
        }
      }
    }
    return List.copyOf(seen.values());
  }

  private static @Nullable Values values(@Nullable RecordCommand command) {
    if (command instanceof RecordCommand.Upsert upsert) {
      return upsert.values();
    }
    return command instanceof RecordCommand.Create create ? create.values() : null;
  }

  private Prints prints(Values values) {
    Map<Long, Field> all = new HashMap<>(4);
    Long match = null;
    for (Field field : telling) {
      Converted converted = rules.check(field, values.get(field.key()));
      Object value = converted instanceof Converted.Value kept ? kept.value() : null;
      String folded =
          value instanceof String text
              ? Folded.of(text)
              : value == null ? null : String.valueOf(FieldConversion.toNatural(value));
      if (folded != null) {
        long print = SeenRows.print(field.key(), folded);
        all.put(print, field);
        if (field.key().equals(job.match())) {
          match = print;
        }
      }
    }
    return new Prints(match, all);
  }
}
