package io.leadloom.source;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.vault.Digests;
import io.leadloom.record.Record;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The e-mail addresses and phone numbers by which somebody is known: told as digests of their one kept form, so that what
 * came in about a person is found however it was written (LEAD-112), and that nobody makes two leads of one person at the
 * same moment (LEAD-128).
 */
@Component
class Ways {

  /** So many of one delivery are known. */
  private static final int MOST = 50;

  private static final Pattern MAIL =
      Pattern.compile("[^\\s@<>\"',;:(){}\\[\\]=&]{1,64}+@[\\p{L}\\p{N}.-]{3,250}+");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 ()/.\\-]{5,30}+");

  private final Schemas schemas;
  private final FieldRules rules;
  private final JdbcTemplate jdbc;

  Ways(Schemas schemas, FieldRules rules, JdbcTemplate jdbc) {
    this.schemas = schemas;
    this.rules = rules;
    this.jdbc = jdbc;
  }

  /** Those that a delivery brings under whatever name, also where it could not be read. */
  Set<String> of(Map<String, String> values, @Nullable String raw) {
    Schema schema = schemas.current();
    Field mail = schema.field(EntityType.LEAD, "email").orElse(null);
    Field phone = schema.field(EntityType.LEAD, "phone").orElse(null);
    Set<String> found = new LinkedHashSet<>();
    for (String text : raw == null ? values.values() : List.of(raw)) {
      find(MAIL, text, mail, found);
      find(NUMBER, text, phone, found);
    }
    return found;
  }

  private void find(Pattern pattern, String whole, @Nullable Field field, Set<String> found) {
    Matcher matcher = pattern.matcher(whole);
    while (field != null && found.size() < MOST && matcher.find()) {
      String text = matcher.group().strip();
      // Two zeros before the country are read so wherever the account is.
      for (String one :
          text.startsWith("00") ? List.of(text, "+" + text.substring(2)) : List.of(text)) {
        if (rules.check(field, one) instanceof Converted.Value checked
            && checked.value() instanceof String clean) {
          found.add(digest(clean));
        }
      }
    }
  }

  /** Those of records, in whatever field. */
  Set<String> of(EntityType type, Collection<Record> records) {
    List<Field> fields =
        schemas.current().fields(type).stream()
            .filter(field -> field.type() == FieldType.EMAIL || field.type() == FieldType.PHONE)
            .toList();
    return records.stream()
        .flatMap(
            one -> fields.stream().map(field -> one.values().text(field.key())).filter(Ways::some))
        .map(Ways::digest)
        .collect(Collectors.toSet());
  }

  private static boolean some(@Nullable String text) {
    return text != null;
  }

  private static String digest(String clean) {
    return Digests.hex(clean.toLowerCase(Locale.ROOT));
  }

  /** Nobody else makes a lead of somebody who is known by one of these until the transaction ends. */
  void lock(Collection<String> clean) {
    Set<Integer> slots = new TreeSet<>();
    clean.forEach(way -> slots.add(Digests.of(way.toLowerCase(Locale.ROOT))[0] & 0xff));
    if (!slots.isEmpty()) {
      jdbc.queryForList(
          "select slot from lead_person_lock where slot in ("
              + slots.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + ") order by slot for update",
          Integer.class);
    }
  }
}
