package io.leadloom.journal.log;

import io.leadloom.journal.JournalKind;
import io.leadloom.journal.JournalTail;
import io.leadloom.platform.RecordRef;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the journal along without its payloads. */
public final class JdbcJournalTail implements JournalTail {

  private static final String CHANGES =
      Arrays.stream(JournalKind.values())
          .filter(JournalKind::changesRecord)
          .map(kind -> Integer.toString(kind.code()))
          .collect(Collectors.joining(",", " and kind in (", ")"));

  private final JdbcTemplate jdbc;

  public JdbcJournalTail(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String identity() {
    return Objects.requireNonNull(
        jdbc.queryForObject("select id from journal_identity", String.class));
  }

  @Override
  public long[] ends() {
    long[] ends = new long[Places.PARTITIONS];
    jdbc.query(
        "select id, next_seq from journal_partition",
        row -> {
          ends[row.getInt(1)] = row.getLong(2) - 1;
        });
    return ends;
  }

  @Override
  public List<String> marks(long[] positions) {
    String[] marks = new String[positions.length];
    Arrays.fill(marks, "");
    List<Object> places = new ArrayList<>();
    for (int partition = 0; partition < positions.length; partition++) {
      if (positions[partition] > 0) {
        places.add(Places.of(partition, positions[partition]));
      }
    }
    if (!places.isEmpty()) {
      jdbc.query(
          "select place, happened_at, kind, subject_id from journal where place in ("
              + String.join(",", Collections.nCopies(places.size(), "?"))
              + ")",
          row -> {
            marks[Places.partition(row.getLong(1))] =
                row.getObject(2, LocalDateTime.class) + " " + row.getInt(3) + " " + row.getLong(4);
          },
          places.toArray());
    }
    return List.of(marks);
  }

  @Override
  public boolean goesOn(long[] positions, List<String> marks) {
    long[] ends = ends();
    if (positions.length != ends.length || marks.size() != ends.length) {
      return false;
    }
    long[] looked = positions.clone();
    for (int partition = 0; partition < ends.length; partition++) {
      // Who has read nothing has missed nothing while the first event is there.
      looked[partition] = Math.max(positions[partition], Math.min(1, ends[partition]));
    }
    List<String> present = marks(looked);
    for (int partition = 0; partition < ends.length; partition++) {
      String now = present.get(partition);
      boolean begins = positions[partition] == 0 && (!now.isEmpty() || ends[partition] == 0);
      boolean same = now.equals(marks.get(partition)) && !now.isEmpty();
      boolean nothingSince = now.isEmpty() && ends[partition] == positions[partition];
      if (!begins && !same && !nothingSince) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<Touch> touched(long[] after, long[] until) {
    List<Object> arguments = new ArrayList<>();
    for (int partition = 0; partition < after.length; partition++) {
      if (until[partition] > after[partition]) {
        arguments.add(Places.of(partition, after[partition] + 1));
        arguments.add(Places.of(partition, until[partition]));
      }
    }
    if (arguments.isEmpty()) {
      return List.of();
    }
    int count = Places.filledUp(arguments.size() / 2);
    while (arguments.size() < 2 * count) {
      // Nothing lies there.
      arguments.add(1L);
      arguments.add(0L);
    }
    List<String> parts =
        Collections.nCopies(
            count,
            "(select place, subject_type, subject_id from journal where place between ? and ?"
                + CHANGES
                + ")");
    return jdbc.query(
        String.join(" union all ", parts) + " order by place",
        (row, n) ->
            new Touch(
                Places.partition(row.getLong(1)),
                Places.sequence(row.getLong(1)),
                new RecordRef(EntityCodes.type(row.getInt(2)), row.getLong(3))),
        arguments.toArray());
  }
}
