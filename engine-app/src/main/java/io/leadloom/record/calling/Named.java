package io.leadloom.record.calling;

import io.leadloom.platform.Folded;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Names that are unique without letter case and outer spaces (LEAD-012), and pages of what they name, in their order. */
final class Named {

  static final int LONGEST = 200;
  private static final int MOST = 200;

  /** What the database keeps of a folded name. */
  private static final int MOST_BYTES = 1_000;

  /** How many ids one call may name. */
  static final int MOST_IDS = 2_000;

  private Named() {}

  /** The name as it is kept, or nothing and a complaint. */
  static Optional<String> name(
      String field, @Nullable String given, int longest, List<Violation> violations) {
    String name = given == null ? "" : stripped(given);
    if (name.isEmpty()
        || name.length() > longest
        || folded(name).length > MOST_BYTES
        || name.chars().anyMatch(Character::isISOControl)) {
      violations.add(
          Violation.of(field, given, "a name of 1 to " + longest + " characters on one line"));
      return Optional.empty();
    }
    return Optional.of(name);
  }

  private static String stripped(String given) {
    int from = 0;
    int to = given.length();
    while (from < to && space(given.charAt(from))) {
      from++;
    }
    while (to > from && space(given.charAt(to - 1))) {
      to--;
    }
    return given.substring(from, to);
  }

  /** Also those that do not break, which come along with what is copied from other programs. */
  private static boolean space(char one) {
    return Character.isWhitespace(one) || Character.isSpaceChar(one);
  }

  /** Ids without repetitions; complains when one of them is missing, or when they are too many. */
  static Set<Long> ids(String field, @Nullable List<Long> given, List<Violation> violations) {
    List<Long> ids = Objects.requireNonNullElse(given, List.of());
    if (ids.size() > MOST_IDS) {
      violations.add(Violation.of(field, ids.size(), "at most " + MOST_IDS + " ids"));
      return Set.of();
    }
    if (ids.stream().anyMatch(Objects::isNull)) {
      violations.add(Violation.of(field, null, "ids, and no null among them"));
      return Set.of();
    }
    return new LinkedHashSet<>(ids);
  }

  /** Names for the audit trail, which tells nothing of none. */
  static @Nullable List<String> some(List<String> names) {
    return names.isEmpty() ? null : names;
  }

  /** What names are compared by. */
  static byte[] folded(String name) {
    return Objects.requireNonNull(Folded.of(name)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes a row whose name the database lets nothing else have.
   *
   * @param kind as in "a name that no other lead list has"
   */
  static void write(String kind, String name, Runnable write) {
    try {
      write.run();
    } catch (DuplicateKeyException e) {
      throw RefusedException.invalid(
          "The name is taken", Violation.of("name", name, "a name that no other " + kind + " has"));
    }
  }

  /** How many rows to read for a page: one more than wanted tells whether there are more. */
  static int read(int limit) {
    return Page.limit(limit, MOST) + 1;
  }

  /** What the names of a page come after. */
  static byte[] after(@Nullable String cursor) {
    try {
      return cursor == null ? new byte[0] : Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw RefusedException.invalid(
          "The cursor is malformed",
          Violation.of("cursor", cursor, "the 'next' of the page before"));
    }
  }

  /** The page of rows that were read by {@link #read}. */
  static <T> Page<T> page(List<T> rows, int limit, Function<T, String> name) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null, null);
    }
    List<T> page = rows.subList(0, limit);
    byte[] last = folded(name.apply(page.get(limit - 1)));
    return new Page<>(page, Base64.getUrlEncoder().withoutPadding().encodeToString(last), null);
  }

  /** Refuses when anything was complained about. */
  static void refuse(String title, List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw RefusedException.invalid(title, violations.toArray(Violation[]::new));
    }
  }

  /** Refuses a change of what somebody else has changed since it was read. */
  static void present(String what, @Nullable Integer seen, int version) {
    if (seen != null && seen != version) {
      throw RefusedException.outdated(what, seen, version);
    }
  }
}
