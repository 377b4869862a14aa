package io.leadloom.schema;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Makes the fixed key of a field from its label (SET-093, SET-094). */
final class FieldKeys {

  private static final int LONGEST = 60;
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
  static String from(String label, Predicate<String> taken) {
    String base = plain(label);
    if (base.isEmpty()) {
      base = "field";
    }
    if (Character.isDigit(base.charAt(0))) {
      base = "field_" + base;
    }
    String key = base;
    for (int n = 2; taken.test(key); n++) {
      key = base + "_" + n;
    }
    return key;
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
}
