package io.leadloom.record.duplicate;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.company.ContactForms;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What records have by the rules: two with the same key of an exact rule are a match. */
final class MatchKeys {

  /** Rises when keys are made in another way, so that all are made anew. */
  private static final String FORM = "4 ";

  private static final int FEWEST_DIGITS = 5;
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]+");
  private static final Pattern ONE_DIGIT = Pattern.compile("([0-9])\\1*");
  private static final Pattern ADDRESS_START = Pattern.compile("^https?://(www\\.)?");
  private static final Pattern ADDRESS_END = Pattern.compile("[/\\s\\p{Z}]+$");

  private MatchKeys() {}

  /**
   * What a record has by a rule.
   *
   * @param hash of the normalised value
   * @param likeness what is compared among those with the same hash; empty for exact rules
   */
  record Key(long rule, long hash, String likeness) {}

  /** What keys depend on beside the values. */
  static String basis(String region) {
    return FORM + region;
  }

  /**
   * The keys of a record.
   *
   * @param region of phone numbers without a country code
   */
  static Set<Key> of(MatchRule rule, Values values, Schema schema, String region) {
    Set<Key> keys = new LinkedHashSet<>();
    if (rule.kind() == MatchKind.NAME) {
      Likeness.Form form = form(rule.entity(), values);
      if (form != null) {
        keys.add(new Key(rule.id(), hash(form.block()), form.text()));
      }
      return keys;
    }
    for (Field field : rule.fields(schema)) {
      String normal = normal(field, values.get(field.key()), region);
      if (normal != null) {
        keys.add(new Key(rule.id(), hash(normal), ""));
      }
    }
    return keys;
  }

  private static Likeness.@Nullable Form form(EntityType type, Values values) {
    if (type == EntityType.ACCOUNT) {
      return Likeness.ofCompany(text(values, "name"));
    }
    String first = text(values, "firstName");
    String last = text(values, "lastName");
    String name = (first == null ? "" : first) + " " + (last == null ? "" : last);
    if (type == EntityType.LEAD) {
      return Likeness.ofPerson(name, text(values, "company"));
    }
    if (!(values.get("account") instanceof Long account)) {
      return null;
    }
    Likeness.Form form = Likeness.ofPerson(name, "account" + account);
    // Only those of one account are compared with each other.
    return form == null ? null : new Likeness.Form(form.block() + account, form.text());
  }

  private static @Nullable String text(Values values, String key) {
    return values.get(key) instanceof String text ? text : null;
  }

  /** The form in which values of a field are the same; null for an empty one, or one that says nothing. */
  static @Nullable String normal(Field field, @Nullable Object value, String region) {
    if (!(value instanceof String text) || text.isBlank()) {
      return null;
    }
    return switch (field.type()) {
      case PHONE -> phone(text, region);
      case EMAIL -> Folded.of(text);
      case URL -> address(text);
      default -> Folded.of(SPACES.matcher(text).replaceAll(" "));
    };
  }

  private static @Nullable String phone(String text, String region) {
    String understood = ContactForms.phone(text, region).orElse(text);
    String digits = NO_DIGIT.matcher(understood).replaceAll("");
    String typed = NO_DIGIT.matcher(text).replaceAll("");
    if (digits.length() < FEWEST_DIGITS
        || ONE_DIGIT.matcher(digits).matches()
        || ONE_DIGIT.matcher(typed).matches()) {
      // What somebody types who has to type something.
      return null;
    }
    return understood.startsWith("+") ? "+" + digits : digits;
  }

  private static @Nullable String address(String text) {
    String folded = text.strip().toLowerCase(Locale.ROOT);
    String rest =
        ADDRESS_END.matcher(ADDRESS_START.matcher(folded).replaceFirst("")).replaceFirst("");
    return rest.isEmpty() ? null : rest;
  }

  static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
