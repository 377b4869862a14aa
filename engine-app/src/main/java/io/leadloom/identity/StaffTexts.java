package io.leadloom.identity;

import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The texts of users and teams: what does not do is refused with a reason. */
public final class StaffTexts {

  private static final Pattern LOGIN = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,100}");
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_EMAIL = 250;

  private StaffTexts() {}

  /** Something that one can sign in with, whether or not somebody has it. */
  public static String login(String login) {
    String stripped = login.strip();
    if (!LOGIN.matcher(stripped).matches()) {
      throw RefusedException.invalid(
          "The login does not do",
          Violation.of("login", login, "1 to 100 letters, digits or characters of . _ @ + -"));
    }
    return stripped;
  }

  /** A login that nobody else has. */
  static String login(String login, List<Account> all) {
    String stripped = login(login);
    String folded = Folded.of(stripped);
    if (all.stream().anyMatch(account -> Objects.equals(Folded.of(account.login()), folded))) {
      throw RefusedException.invalid(
          "The login is taken", Violation.of("login", login, "a login that no other user has"));
    }
    return stripped;
  }

  /** A name of a user or of something that administrators keep. */
  public static String name(String field, String name) {
    return name(field, name, LONGEST_NAME);
  }

  private static String name(String field, String name, int longest) {
    String stripped = name.strip();
    if (stripped.isEmpty()
        || stripped.length() > longest
        || stripped.chars().anyMatch(Character::isISOControl)) {
      throw RefusedException.invalid(
          "The name does not do",
          Violation.of(field, name, "1 to " + longest + " characters on one line"));
    }
    return stripped;
  }

  /**
   * A name that nothing else of its kind has.
   *
   * @param kind as in "a name that no other group has"
   * @param others the names of all others of this kind
   */
  public static String nameOfItsOwn(String name, String kind, Stream<String> others) {
    return nameOfItsOwn(name, LONGEST_NAME, kind, others);
  }

  /**
   * A name that nothing else of its kind has.
   *
   * @param longest in characters
   * @param kind as in "a name that no other group has"
   * @param others the names of all others of this kind
   */
  public static String nameOfItsOwn(String name, int longest, String kind, Stream<String> others) {
    String kept = name("name", name, longest);
    String folded = Folded.of(kept);
    if (others.anyMatch(other -> Objects.equals(Folded.of(other), folded))) {
      throw RefusedException.invalid(
          "The name is taken", Violation.of("name", name, "a name that no other " + kind + " has"));
    }
    return kept;
  }

  /** An e-mail address, or null when it is blank. */
  public static @Nullable String email(@Nullable String email) {
    String stripped = blankToNull(email);
    if (stripped != null && !EMAIL.matcher(stripped).matches()) {
      throw RefusedException.invalid(
          "The e-mail address does not do",
          Violation.of("email", email, "an address such as name@example.com"));
    }
    if (stripped != null && stripped.length() > LONGEST_EMAIL) {
      throw RefusedException.invalid(
          "The e-mail address does not do",
          Violation.of("email", email, "at most " + LONGEST_EMAIL + " characters"));
    }
    return stripped;
  }

  /** The id of a time zone, or null when it is blank. */
  static @Nullable String timeZone(@Nullable String zone) {
    String stripped = blankToNull(zone);
    if (stripped != null) {
      try {
        ZoneId.of(stripped);
      } catch (DateTimeException e) {
        throw RefusedException.invalid(
            "The time zone is unknown",
            Violation.of("timeZone", zone, "an IANA time zone such as Asia/Kolkata"));
      }
    }
    return stripped;
  }

  static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
