package io.leadloom.automation.card;

import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.Operand;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Money;
import io.leadloom.schema.Schema;
import io.leadloom.schema.deal.OpportunityFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Field values as designers write them in cards and as people read them in messages. */
public final class FieldText {

  private static final Pattern RELATIVE =
      Pattern.compile(
          "(now|today)(?:\\s*([+-])\\s*(\\d{1,6})\\s*([a-z]+))?", Pattern.CASE_INSENSITIVE);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private FieldText() {}

  /**
   * Reads a value in the field's Java type; a blank text is empty (null). Beyond what files and requests may say, a card
   * may name users by login and times relative to the moment of the run.
   *
   * @throws IllegalArgumentException with what was expected
   */
  public static @Nullable Object read(
      Field field, String text, FieldConversion conversion, Users users, Instant now, ZoneId zone) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return null;
    }
    if (field.type() == FieldType.USER) {
      return user(stripped, users);
    }
    Matcher relative = RELATIVE.matcher(stripped);
    if (relative.matches() && field.type() == FieldType.DATE) {
      return relative(relative, now, zone).atZone(zone).toLocalDate();
    }
    if (relative.matches() && field.type() == FieldType.DATE_TIME) {
      return relative(relative, now, zone);
    }
    if (field.type() == FieldType.DROPDOWN) {
      return option(field, stripped);
    }
    Converted converted = conversion.fromText(field, text);
    if (converted instanceof Converted.Wrong wrong) {
      throw new IllegalArgumentException(wrong.expectation());
    }
    return ((Converted.Value) converted).value();
  }

  /** How people read a value. */
  public static String show(
      @Nullable Object value, @Nullable FieldType type, Users users, ZoneId zone) {
    if (value == null) {
      return "";
    }
    if (type == FieldType.USER && value instanceof Long id) {
      return users.find(id).map(Users.Person::name).orElse("");
    }
    if (value instanceof Instant moment) {
      return MOMENT.format(moment.atZone(zone));
    }
    if (value instanceof Money money) {
      return money.amount().toPlainString() + " " + money.currency();
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Boolean flag) {
      return flag ? "yes" : "no";
    }
    if (value instanceof List<?> list) {
      return String.join(", ", list.stream().map(String::valueOf).toList());
    }
    return value.toString();
  }

  private static String option(Field field, String text) {
    ChoiceNames names = field.names();
    if (names != null) {
      String label =
          names
              .find(text)
              .map(Schema.Choice::label)
              .orElseThrow(() -> new IllegalArgumentException(names.expectation(text)));
      // Stages of several pipelines share names; which one is meant, the opportunity's pipeline
      // says when it is written.
      boolean stage =
          field.entity() == EntityType.OPPORTUNITY && field.key().equals(OpportunityFields.STAGE);
      return stage ? text : label;
    }
    return field.options().stream()
        .filter(option -> option.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("one of: " + String.join(", ", field.options())));
  }

  private static Long user(String text, Users users) {
    String login = text.startsWith("user:") ? text.substring(5) : text;
    return users
        .byLogin(login)
        .map(Users.Person::id)
        .orElseThrow(() -> new IllegalArgumentException("the login of an existing user"));
  }

  private static Instant relative(Matcher matcher, Instant now, ZoneId zone) {
    Instant anchor =
        matcher.group(1).equalsIgnoreCase("now")
            ? now
            : now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    if (matcher.group(2) == null) {
      return anchor;
    }
    long amount = Long.parseLong(matcher.group(3)) * (matcher.group(2).equals("-") ? -1 : 1);
    var unit =
        Arrays.stream(Operand.Unit.values())
            .filter(
                each -> (each.name() + "S").startsWith(matcher.group(4).toUpperCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("minutes, hours, days, weeks, months or years"));
    return new Duration(amount, unit).after(anchor, zone);
  }
}
