package io.leadloom.identity.password;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Which passwords do (SET-040): 12 to 200 characters, none that many people use, none made of the user's own name. No
 * rule asks for kinds of characters: such rules lead to passwords that are easy to guess.
 */
public final class PasswordRules {

  /** The least number of characters. */
  public static final int SHORTEST = 12;

  /** The greatest number of characters. */
  public static final int LONGEST = 200;

  private static final int SHORTEST_NAME = 4;
  private static final int FEWEST_DIFFERENT = 5;
  private static final Pattern SEPARATORS = Pattern.compile("[\\s._@+\\-]+");
  private static final Pattern NOT_LETTERS_AT_THE_ENDS = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");

  private static final SingletonSupplier<Set<String>> COMMON =
      SingletonSupplier.of(PasswordRules::read);

  private PasswordRules() {}

  /**
   * Refuses a password that does not do. The refusal names the rule, and never the password.
   *
   * @param field the field of the request, for the refusal
   * @param own login, name and address of the user
   * @throws RefusedException with the rule as expectation
   */
  public static void check(
      String field, String password, Collection<? extends @Nullable String> own) {
    String broken = broken(password, own.stream().filter(Objects::nonNull).toList());
    if (broken != null) {
      throw RefusedException.invalid("The password does not do", Violation.of(field, null, broken));
    }
  }

  private static @Nullable String broken(String password, List<? extends @Nullable String> own) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      return SHORTEST + " to " + LONGEST + " characters";
    }
    String folded = folded(password);
    if (folded.chars().distinct().count() < FEWEST_DIFFERENT) {
      return "at least " + FEWEST_DIFFERENT + " different characters";
    }
    String core = NOT_LETTERS_AT_THE_ENDS.matcher(folded).replaceAll("");
    Set<String> common = Objects.requireNonNull(COMMON.get());
    if (common.contains(folded) || common.contains(core)) {
      return "a password that is not among those that many people use";
    }
    for (String name : own) {
      for (String part : SEPARATORS.split(folded(String.valueOf(name)))) {
        if (part.length() >= SHORTEST_NAME && core.equals(part)) {
          return "a password that is not your login or name";
        }
      }
      String whole = folded(String.valueOf(name));
      if (whole.length() >= SHORTEST_NAME && folded.contains(whole)) {
        return "a password that does not hold your login, name or address";
      }
    }
    return null;
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }

  private static Set<String> read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    PasswordRules.class.getResourceAsStream("/identity/common-passwords.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
