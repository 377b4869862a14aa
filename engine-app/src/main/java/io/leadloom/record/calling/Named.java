package io.leadloom.record.calling;

import io.leadloom.platform.Folded;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Names that are unique without letter case and outer spaces (LEAD-012), and pages of what they name, in their order. */
final class Named {

  static final int LONGEST = 200;
  private static final int MOST = 200;

  private Named() {}

  /** The name as it is kept, or nothing and a complaint. */
  static Optional<String> name(
      String field, @Nullable String given, int longest, List<Violation> violations) {
    String name = given == null ? "" : given.strip();
    if (name.isEmpty()
        || name.length() > longest
        || name.chars().anyMatch(Character::isISOControl)) {
      violations.add(
          Violation.of(field, given, "a name of 1 to " + longest + " characters on one line"));
      return Optional.empty();
    }
    return Optional.of(name);
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
