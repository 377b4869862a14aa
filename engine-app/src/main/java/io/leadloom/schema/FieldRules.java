package io.leadloom.schema;

import io.leadloom.platform.SafePattern;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.company.ContactForms;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Normalises and validates values that already have their field's Java type: phones become E.164, options take the
 * spelling of the schema, blank texts become empty. Applying it twice changes nothing.
 */
@Component
public class FieldRules {

  private static final int LINE = 250;
  private static final int TEXT = 50_000;
  private static final BigDecimal LARGEST = new BigDecimal("1000000000000000000");
  private static final LocalDate FIRST_DAY = LocalDate.of(1000, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
  private static final Instant FIRST_MOMENT = Instant.parse("1000-01-01T00:00:00Z");
  private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final String region;

  public FieldRules(AccountSettings account) {
    this.region = account.region();
  }

  /** Returns the value in its one kept form, or says what was expected. */
  public Converted check(Field field, @Nullable Object value) {
    if (value == null) {
      return Converted.EMPTY;
    }
    if (!field.type().valueType().isInstance(value)) {
      return FieldConversion.wrong(field);
    }
    return switch (field.type()) {
      case TEXT -> line(field, (String) value);
      case LONG_TEXT -> longText(field, (String) value);
      case WHOLE_NUMBER -> limited(field, (Long) value, BigDecimal.valueOf((Long) value));
      case DECIMAL -> decimal(field, (BigDecimal) value);
      case MONEY -> money(field, (Money) value);
      case BOOLEAN -> Converted.of(value);
      case DATE -> {
        LocalDate date = (LocalDate) value;
        yield date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)
            ? FieldConversion.wrong(field)
            : Converted.of(date);
      }
      case DATE_TIME -> {
        Instant moment = ((Instant) value).truncatedTo(ChronoUnit.MICROS);
        boolean outside = moment.isBefore(FIRST_MOMENT) || moment.isAfter(LAST_MOMENT);
        yield outside ? FieldConversion.wrong(field) : Converted.of(moment);
      }
      case DROPDOWN -> option(field, (String) value);
      case MULTI_SELECT -> options(field, (List<?>) value);
      case EMAIL -> email(field, (String) value);
      case PHONE -> phone(field, (String) value);
      case URL -> url(field, (String) value);
      case USER, RECORD_LINK ->
          (Long) value < 1 ? FieldConversion.wrong(field) : Converted.of(value);
    };
  }

  private Converted line(Field field, String given) {
    String text = given.strip();
    if (text.isEmpty()) {
      return Converted.EMPTY;
    }
    if (text.length() > LINE || !clean(text, false)) {
      return FieldConversion.wrong(field);
    }
    if (field.system() && field.key().equals("timeZone")) {
      return zone(text);
    }
    return limitedText(field, text);
  }

  private static Converted zone(String text) {
    try {
      return Converted.of(ZoneId.of(text).getId());
    } catch (DateTimeException e) {
      return new Converted.Wrong("a time zone such as Europe/Berlin or an offset such as +05:30");
    }
  }

  private static Converted longText(Field field, String text) {
    if (text.isBlank()) {
      return Converted.EMPTY;
    }
    return text.length() > TEXT || !clean(text, true)
        ? FieldConversion.wrong(field)
        : limitedText(field, text);
  }

  /** Whether a text has no control characters (line breaks and tabs only where allowed) and no broken surrogates. */
  private static boolean clean(String text, boolean lines) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && !(lines && (c == '\n' || c == '\r' || c == '\t'))) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(++i))) {
          return false;
        }
      }
    }
    return true;
  }

  private static Converted limitedText(Field field, String text) {
    Integer maxLength = field.limits().maxLength();
    if (maxLength != null && text.length() > maxLength) {
      return new Converted.Wrong("a text of at most " + maxLength + " characters");
    }
    String pattern = field.limits().pattern();
    if (pattern != null && !SafePattern.matches(pattern, text)) {
      return new Converted.Wrong("a text that matches the pattern " + pattern);
    }
    return Converted.of(text);
  }

  private static Converted limited(Field field, Object value, BigDecimal number) {
    BigDecimal minimum = field.limits().minimum();
    BigDecimal maximum = field.limits().maximum();
    if (minimum != null && number.compareTo(minimum) < 0) {
      return new Converted.Wrong("a number of at least " + minimum.toPlainString());
    }
    if (maximum != null && number.compareTo(maximum) > 0) {
      return new Converted.Wrong("a number of at most " + maximum.toPlainString());
    }
    return Converted.of(value);
  }

  private static Converted decimal(Field field, BigDecimal value) {
    if (value.abs().compareTo(LARGEST) >= 0 || value.stripTrailingZeros().scale() > 6) {
      return FieldConversion.wrong(field);
    }
    return limited(field, FieldConversion.plain(value, 0), value);
  }

  private static Converted money(Field field, Money money) {
    BigDecimal amount = money.amount();
    String code = money.currency().strip().toUpperCase(Locale.ROOT);
    if (amount.abs().compareTo(LARGEST) >= 0 || amount.stripTrailingZeros().scale() > 6) {
      return FieldConversion.wrong(field);
    }
    try {
      Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      return new Converted.Wrong("an ISO 4217 currency such as EUR");
    }
    return limited(field, new Money(FieldConversion.plain(amount, 2), code), amount);
  }

  private static Converted option(Field field, String given) {
    String text = given.strip();
    if (text.isEmpty()) {
      return Converted.EMPTY;
    }
    ChoiceNames names = field.names();
    if (names != null) {
      return names
          .find(text)
          .map(choice -> Converted.of(choice.label()))
          .orElseGet(() -> new Converted.Wrong(names.expectation(text)));
    }
    String known = known(field, text);
    return known == null ? FieldConversion.wrong(field) : Converted.of(known);
  }

  private static @Nullable String known(Field field, String text) {
    for (String option : field.options()) {
      if (option.equalsIgnoreCase(text)) {
        return option;
      }
    }
    return null;
  }

  private static Converted options(Field field, List<?> given) {
    Set<String> chosen = new LinkedHashSet<>();
    for (Object element : given) {
      String known = element instanceof String text ? known(field, text.strip()) : null;
      if (known == null) {
        return FieldConversion.wrong(field);
      }
      chosen.add(known);
    }
    if (chosen.isEmpty()) {
      return Converted.EMPTY;
    }
    List<String> ordered = new ArrayList<>(field.options());
    ordered.retainAll(chosen);
    return Converted.of(List.copyOf(ordered));
  }

  private static Converted email(Field field, String given) {
    String text = given.strip();
    if (text.isEmpty()) {
      return Converted.EMPTY;
    }
    return ContactForms.email(text)
        .map(Converted::of)
        .orElseGet(() -> FieldConversion.wrong(field));
  }

  private Converted phone(Field field, String given) {
    String text = given.strip();
    if (text.isEmpty()) {
      return Converted.EMPTY;
    }
    return ContactForms.phone(text, region)
        .map(Converted::of)
        .orElseGet(() -> FieldConversion.wrong(field));
  }

  private static Converted url(Field field, String given) {
    String text = given.strip();
    if (text.isEmpty()) {
      return Converted.EMPTY;
    }
    return ContactForms.website(text)
        .map(Converted::of)
        .orElseGet(() -> FieldConversion.wrong(field));
  }
}
