package io.leadloom.record.imports;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.columns.Synonyms;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.FieldType.Slot;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which column goes to which field. */
final class ColumnMapping {

  private final ImportRequest request;
  private final Map<String, Field> byName = new LinkedHashMap<>();
  private final Map<String, Field> byKey = new LinkedHashMap<>();

  ColumnMapping(ImportRequest request, Schema schema) {
    this.request = request;
    List<Field> fields = new ArrayList<>(schema.fields(request.entity()));
    if (request.activityType() != null) {
      fields.addAll(0, schema.activityFields(request.activityType()));
    }
    if (!schema.leadSettings().stageImport()) {
      fields.removeIf(field -> field.entity() == EntityType.LEAD && field.key().equals("stage"));
    }
    for (Field field : fields) {
      if (!field.readOnly()) {
        byKey.putIfAbsent(field.key().toLowerCase(Locale.ROOT), field);
        byName.putIfAbsent(folded(field.key()), field);
      }
    }
    for (Field field : fields) {
      if (!field.readOnly()) {
        byName.putIfAbsent(folded(field.label()), field);
      }
    }
  }

  /** Letters and digits only, in lower case. */
  static String folded(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  /** The columns of a file with this header; {@code linkColumns} are those that hold nothing but ids so far. */
  List<Column> columns(List<String> header, Set<Integer> linkColumns) {
    Map<Integer, Field> wished = wished(header);
    Set<Field> taken = new HashSet<>(wished.values());
    Set<Integer> left = leftOut(header);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip();
      Field field = wished.get(i);
      if (field == null && !left.contains(i)) {
        Field known = byName.get(folded(name));
        boolean fits =
            known != null
                && (known.type() != FieldType.RECORD_LINK || linkColumns.contains(i))
                && taken.add(known);
        field = fits ? known : null;
      }
      boolean create =
          field == null && request.createFields() && !left.contains(i) && !folded(name).isEmpty();
      String shown = name.length() > 250 ? name.substring(0, 250) : name;
      columns.add(new Column(shown, field == null ? null : field.key(), create));
    }
    return columns;
  }

  /** The columns with a field for those, too, whose header means one by another name; for people to look at. */
  List<Column> guessed(List<Column> columns) {
    Set<String> taken = new HashSet<>();
    columns.stream().map(Column::field).filter(Objects::nonNull).forEach(taken::add);
    List<Column> guessed = new ArrayList<>(columns.size());
    for (Column column : columns) {
      Field field = column.field() == null ? guess(folded(column.header()), taken) : null;
      if (field == null) {
        guessed.add(column);
      } else {
        taken.add(field.key());
        guessed.add(new Column(column.header(), field.key(), false));
      }
    }
    return guessed;
  }

  private @Nullable Field guess(String header, Set<String> taken) {
    List<String> keys = new ArrayList<>(Synonyms.keys(header));
    String near = Synonyms.near(header, byName.keySet());
    Field close = near == null ? null : byName.get(near);
    if (close != null) {
      keys.add(close.key());
    }
    return keys.stream()
        .map(key -> byKey.get(key.toLowerCase(Locale.ROOT)))
        .filter(field -> field != null && field.type() != FieldType.RECORD_LINK)
        .filter(field -> !taken.contains(field.key()))
        .findFirst()
        .orElse(null);
  }

  /** The columns as somebody had them before, as far as the fields are still there. */
  List<Column> recalled(List<Column> columns, List<ImportChoice.Target> before) {
    List<Column> recalled = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String header = columns.get(i).header();
      String key = before.get(i).field();
      Field field = key == null ? null : byKey.get(key.toLowerCase(Locale.ROOT));
      recalled.add(
          new Column(
              header,
              field == null ? null : field.key(),
              key == null && before.get(i).create() && !folded(header).isEmpty()));
    }
    return recalled;
  }

  /** Whether records can still be found by a field that they were found by before. */
  boolean stillMatches(@Nullable String key, List<Column> columns) {
    Field field = key == null ? null : byKey.get(key.toLowerCase(Locale.ROOT));
    return field != null
        && usable(field)
        && columns.stream().anyMatch(column -> field.key().equals(column.field()));
  }

  /** The headers of a file that brings a value for every field that can be imported; each finds its field again. */
  List<String> sample() {
    List<String> headers = new ArrayList<>();
    Set<Field> seen = new HashSet<>();
    for (Field field : byKey.values()) {
      if (field.type() != FieldType.RECORD_LINK && seen.add(field)) {
        boolean clear = field.equals(byName.get(folded(field.label())));
        headers.add(clear ? field.label() : field.key());
      }
    }
    return headers;
  }

  /**
   * The planned columns as somebody wants them instead.
   *
   * @param choices one for each column
   */
  List<Column> chosen(List<Column> planned, List<ImportChoice.Target> choices) {
    if (choices.size() != planned.size()) {
      throw refused(
          "columns", Integer.toString(choices.size()), "one entry for each of " + planned.size());
    }
    List<Column> columns = new ArrayList<>();
    Set<Field> taken = new HashSet<>();
    for (int i = 0; i < choices.size(); i++) {
      String header = planned.get(i).header();
      String key = choices.get(i).field();
      String place = "columns[" + i + "]";
      if (key == null || key.isBlank()) {
        boolean create = choices.get(i).create();
        if (create && folded(header).isEmpty()) {
          throw refused(place, header, "a header with letters or digits to name the field by");
        }
        columns.add(new Column(header, null, create));
        continue;
      }
      Field field = byKey.get(key.strip().toLowerCase(Locale.ROOT));
      if (field == null) {
        throw refused(
            place,
            key,
            "the key of a field of " + request.entity().path() + " that can be written");
      }
      if (!taken.add(field)) {
        throw refused(place, key, "a field that no other column goes to");
      }
      columns.add(new Column(header, field.key(), false));
    }
    return columns;
  }

  /** Refuses a plan by which nothing would be written. */
  void checkSome(List<Column> columns) {
    List<String> header = columns.stream().map(Column::header).toList();
    if (columns.stream().noneMatch(column -> column.field() != null || column.create())) {
      throw RefusedException.invalid(
          "No column of the file is a field",
          Violation.of(
              "file",
              String.join(", ", header),
              "a header with keys or labels of fields of "
                  + request.entity().path()
                  + ", a mapping, or createFields=true"));
    }
  }

  private Set<Integer> leftOut(List<String> header) {
    Set<Integer> left = new HashSet<>();
    request
        .mapping()
        .forEach(
            (name, key) -> {
              if (key.isBlank()) {
                left.add(place(header, name));
              }
            });
    return left;
  }

  private Map<Integer, Field> wished(List<String> header) {
    Map<Integer, Field> wished = new HashMap<>();
    request
        .mapping()
        .forEach(
            (name, key) -> {
              int place = place(header, name);
              if (!key.isBlank()) {
                Field field = byKey.get(key.strip().toLowerCase(Locale.ROOT));
                if (field == null) {
                  throw refused(
                      "mapping." + name,
                      key,
                      "the key of a field of " + request.entity().path() + " that can be written");
                }
                if (wished.containsValue(field)) {
                  throw refused("mapping." + name, key, "a field that no other column goes to");
                }
                wished.put(place, field);
              }
            });
    return wished;
  }

  private static int place(List<String> header, String name) {
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).strip().equals(name.strip())) {
        return i;
      }
    }
    for (int i = 0; i < header.size(); i++) {
      if (!folded(name).isEmpty() && folded(header.get(i)).equals(folded(name))) {
        return i;
      }
    }
    throw refused("mapping." + name, name, "a header of the file: " + String.join(", ", header));
  }

  /**
   * The key of the field that rows are matched by, or the header of the column that is still to become one; null when
   * every row creates a record.
   */
  @Nullable String match(List<Column> columns) {
    String wanted = request.match();
    if (wanted == null || wanted.isBlank()) {
      return null;
    }
    Field named = byKey.get(wanted.strip().toLowerCase(Locale.ROOT));
    Field field = named != null ? named : byName.get(folded(wanted));
    for (Column column : columns) {
      if (field != null && field.key().equals(column.field())) {
        if (!usable(field)) {
          throw refused("match", wanted, "a filterable text field, for example email");
        }
        return field.key();
      }
    }
    for (Column column : columns) {
      if (column.open() && folded(column.header()).equals(folded(wanted))) {
        return column.header();
      }
    }
    throw refused("match", wanted, "a field that a column of the file goes to");
  }

  private static boolean usable(Field field) {
    return field.type().slot() == Slot.TEXT
        && field.names() == null
        && (field.system() || field.slot() != null);
  }

  private static RefusedException refused(String place, String value, String expectation) {
    return RefusedException.invalid(
        "The file cannot be imported like this", Violation.of(place, value, expectation));
  }
}
