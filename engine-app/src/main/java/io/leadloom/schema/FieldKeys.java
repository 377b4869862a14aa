package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the fixed key of a new field (SET-093, SET-094). */
public final class FieldKeys {

  private static final int LONGEST = 60;
  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,59}");
  private static final String CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
  private static final String[] CYRILLIC_LATIN = {
    "a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s",
    "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"
  };
  private static final String GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω";
  private static final String[] GREEK_LATIN = {
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s",
    "t", "y", "f", "ch", "ps", "o"
  };
  private static final Map<Character, String> OTHERS =
      Map.of(
          'ß', "ss", 'æ', "ae", 'œ', "oe", 'ø', "o", 'đ', "d", 'ł', "l", 'þ', "th", 'ð', "d", 'ı',
          "i");

  private FieldKeys() {}

  /** A key that is not taken yet. */
  public static String from(String label, Predicate<String> taken) {
    String base = spelled(label);
    if (Character.isDigit(base.charAt(0))) {
      base = "field_" + base;
    }
    String key = base;
    for (int n = 2; taken.test(key); n++) {
      key = base + "_" + n;
    }
    return key;
  }

  /** A name as keys spell it; {@code field} when nothing of it can be spelled. */
  public static String spelled(String label) {
    String plain = plain(label);
    return plain.isEmpty() ? "field" : plain;
  }

  private static String plain(String label) {
    StringBuilder latin = new StringBuilder();
    String lower = Normalizer.normalize(label, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    for (char c : lower.toCharArray()) {
      int cyrillic = CYRILLIC.indexOf(c);
      int greek = GREEK.indexOf(c);
      if (cyrillic >= 0) {
        latin.append(CYRILLIC_LATIN[cyrillic]);
      } else if (greek >= 0) {
        latin.append(GREEK_LATIN[greek]);
      } else {
        latin.append(OTHERS.getOrDefault(c, String.valueOf(c)));
      }
    }
    String key =
        Normalizer.normalize(latin, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    return key.length() > LONGEST ? key.substring(0, LONGEST).replaceAll("_+$", "") : key;
  }

  /** The key that a new field asks for, or one made from its label; refused when it is taken or none. */
  static String free(
      EntityType entity,
      @Nullable String type,
      List<Field> siblings,
      FieldDefinitions.NewField asked) {
    Set<String> taken = new HashSet<>();
    SystemFields.ALL.stream()
        .filter(field -> field.entity() == entity)
        .forEach(field -> taken.add(lower(field.key())));
    for (Field field : siblings) {
      if (type == null || field.activityType() == null || field.activityType().equals(type)) {
        taken.add(lower(field.key()));
      }
    }
    if (asked.key() == null || asked.key().isBlank()) {
      return from(asked.label(), key -> taken.contains(lower(key)));
    }
    if (!KEY.matcher(asked.key()).matches() || taken.contains(lower(asked.key()))) {
      throw RefusedException.invalid(
          "The field is not acceptable",
          Violation.of(
              "key",
              asked.key(),
              "letters, digits and underscores that no other field of "
                  + entity.path()
                  + " has as key"));
    }
    return asked.key();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
