package io.leadloom.record.duplicate;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.jspecify.annotations.Nullable;

/**
 * What counts as like: both names and both companies have a Jaro-Winkler similarity of at least 0.92 and the same words
 * with digits, after taking away accents, letter case, punctuation, titles, single letters and legal forms, and putting
 * the words of persons in order. They are compared only with those whose words begin with the same letters and that have
 * the same words with digits.
 */
final class Likeness {

  private static final double LIKE = 0.92;
  private static final int LONGEST_PART = 99;
  private static final String BETWEEN = "\n";
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern ACCENT = Pattern.compile("\\p{M}+");
  private static final Set<String> TITLES =
      Set.of(
          "mr", "mrs", "ms", "miss", "dr", "prof", "ing", "dipl", "herr", "frau", "sir", "madam",
          "shri", "smt");
  private static final Set<String> LEGAL =
      Set.of(
          "gmbh",
          "mbh",
          "ag",
          "kg",
          "kgaa",
          "ohg",
          "ug",
          "ek",
          "ev",
          "eg",
          "co",
          "inc",
          "incorporated",
          "llc",
          "llp",
          "lp",
          "ltd",
          "limited",
          "corp",
          "corporation",
          "company",
          "plc",
          "pvt",
          "private",
          "pte",
          "pty",
          "sa",
          "sas",
          "sarl",
          "srl",
          "spa",
          "bv",
          "nv",
          "oy",
          "ab",
          "as",
          "aps",
          "se",
          "the",
          "und",
          "and");
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

  private Likeness() {}

  /**
   * What is kept of a record.
   *
   * @param block only records with the same are compared
   * @param text what is compared
   */
  record Form(String block, String text) {}

  /** The form of a person at a company; null when either is missing. */
  static @Nullable Form ofPerson(@Nullable String name, @Nullable String company) {
    List<String> names = person(name);
    List<String> firm = company(company);
    if (names.isEmpty() || firm.isEmpty()) {
      return null;
    }
    String initials =
        names.stream().limit(4).map(word -> start(word, 1)).collect(Collectors.joining());
    String nameText = cut(String.join(" ", names));
    String firmText = cut(String.join(" ", firm));
    return new Form(
        initials
            + numbered(nameText)
            + BETWEEN
            + start(String.join("", firm), 3)
            + numbered(firmText),
        nameText + BETWEEN + firmText);
  }

  /** The form of a company alone; null when it has no name. */
  static @Nullable Form ofCompany(@Nullable String name) {
    List<String> firm = company(name);
    if (firm.isEmpty()) {
      return null;
    }
    String text = cut(String.join(" ", firm));
    return new Form(start(String.join("", firm), 4) + numbered(text), text + BETWEEN);
  }

  /** Only texts with the same words with digits are like, so only those are looked at. */
  private static String numbered(String text) {
    Set<String> numbers = numbers(text);
    return numbers.isEmpty() ? "" : " " + String.join(" ", numbers);
  }

  /** Whether two texts of {@link Form#text()} are like each other. */
  static boolean like(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    String[] these = one.split(BETWEEN, -1);
    String[] those = other.split(BETWEEN, -1);
    return these.length == 2
        && those.length == 2
        && near(these[0], those[0])
        && near(these[1], those[1]);
  }

  /** The library goes through one of two texts of the same length: always the same one. */
  private static boolean near(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    double similarity =
        one.compareTo(other) < 0 ? SIMILARITY.apply(one, other) : SIMILARITY.apply(other, one);
    return similarity >= LIKE && numbers(one).equals(numbers(other));
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new TreeSet<>();
    for (String word : text.split(" ", -1)) {
      if (word.codePoints().anyMatch(Character::isDigit)) {
        numbers.add(word);
      }
    }
    return numbers;
  }

  private static List<String> person(@Nullable String name) {
    List<String> words = without(words(name), TITLES);
    List<String> longer = longer(words);
    return (longer.size() < 2 ? words : longer).stream().sorted().toList();
  }

  private static List<String> company(@Nullable String name) {
    List<String> words = without(words(name), LEGAL);
    List<String> longer = longer(words);
    return longer.isEmpty() ? words : longer;
  }

  private static List<String> longer(List<String> words) {
    return words.stream()
        .filter(word -> word.length() > 1 || Character.isDigit(word.charAt(0)))
        .toList();
  }

  /** The words that do not stand in a set; all of them when they all do. */
  private static List<String> without(List<String> words, Set<String> some) {
    List<String> rest = words.stream().filter(word -> !some.contains(word)).toList();
    return rest.isEmpty() ? words : rest;
  }

  static List<String> words(@Nullable String text) {
    List<String> words = new ArrayList<>();
    if (text != null) {
      String plain =
          ACCENT
              .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
              .replaceAll("")
              .toLowerCase(Locale.ROOT)
              .replace("ß", "ss");
      for (String word : NO_WORD.split(plain)) {
        if (!word.isEmpty()) {
          words.add(word);
        }
      }
    }
    return words;
  }

  /** The first so many letters. */
  private static String start(String text, int letters) {
    return text.codePointCount(0, text.length()) <= letters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, letters));
  }

  /** As much as is kept of a text, never half of a character. */
  private static String cut(String text) {
    if (text.length() <= LONGEST_PART) {
      return text;
    }
    boolean half = Character.isHighSurrogate(text.charAt(LONGEST_PART - 1));
    return text.substring(0, half ? LONGEST_PART - 1 : LONGEST_PART);
  }
}
