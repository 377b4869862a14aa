package io.leadloom.record.calling.upload;

import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.calling.row.Columns;
import io.leadloom.record.calling.row.Columns.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column of a list each column of a file goes to. */
final class HeaderMapping {

  /** What headers are mapped to (LEAD-056). */
  static final List<String> TARGETS =
      List.of("phone1", "phone2", "phone3", "phone4", "phone5", Columns.ZONE, "name");

  private HeaderMapping() {}

  /** By names, and else by the place in the order of the definition (LEAD-042, LEAD-043). */
  static List<@Nullable String> inOrder(List<String> headers, Columns columns) {
    @Nullable String[] names = new String[headers.size()];
    Set<String> taken = new LinkedHashSet<>();
    for (int i = 0; i < names.length; i++) {
      String name = columns.named(headers.get(i)).map(Column::name).orElse(null);
      if (name != null && taken.add(name)) {
        names[i] = name;
      }
    }
    for (int i = 0; i < names.length && i < columns.all().size(); i++) {
      String name = columns.all().get(i).name();
      if (names[i] == null && columns.named(headers.get(i)).isEmpty() && taken.add(name)) {
        names[i] = name;
      }
    }
    return Arrays.asList(names);
  }

  /**
   * As somebody mapped them (LEAD-056 to LEAD-058).
   *
   * @param mapping headers by target; blank for a target that stays empty
   */
  static List<@Nullable String> mapped(
      List<String> headers, Columns columns, Map<String, @Nullable String> mapping) {
    List<Violation> violations = new ArrayList<>();
    @Nullable String[] names = new String[headers.size()];
    mapping.forEach(
        (target, header) -> {
          String folded = Folded.of(target);
          Column column =
              folded != null && TARGETS.contains(folded)
                  ? columns.named(folded).orElse(null)
                  : null;
          int place = place(headers, header);
          if (column == null) {
            violations.add(
                Violation.of(target, header, "one of the columns of the list among " + TARGETS));
          } else if (header != null && !header.isBlank() && place < 0) {
            violations.add(Violation.of(target, header, "a header of the file"));
          } else if (place >= 0 && names[place] != null) {
            violations.add(Violation.of(target, header, "a header that no other target has"));
          } else if (place >= 0) {
            names[place] = column.name();
          }
        });
    columns
        .named(Columns.PHONE)
        .filter(phone -> !phone.definition().nullable())
        .filter(phone -> !Arrays.asList(names).contains(phone.name()))
        .ifPresent(
            phone -> violations.add(Violation.of(Columns.PHONE, null, "a header of the file")));
    if (!violations.isEmpty()) {
      throw RefusedException.invalid(
          "The headers cannot be mapped like this", violations.toArray(Violation[]::new));
    }
    Set<String> taken = new LinkedHashSet<>(Arrays.asList(names));
    for (int i = 0; i < names.length; i++) {
      Column column = columns.named(headers.get(i)).orElse(null);
      if (names[i] == null
          && column != null
          && TARGETS.stream().noneMatch(column::named)
          && taken.add(column.name())) {
        names[i] = column.name();
      }
    }
    return Arrays.asList(names);
  }

  private static int place(List<String> headers, @Nullable String header) {
    String folded = Folded.of(header);
    for (int i = 0; i < headers.size() && folded != null; i++) {
      if (folded.equals(Folded.of(headers.get(i)))) {
        return i;
      }
    }
    return -1;
  }
}
