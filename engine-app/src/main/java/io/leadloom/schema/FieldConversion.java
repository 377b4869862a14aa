package io.leadloom.schema;

import io.leadloom.platform.company.AccountSettings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns values of fields into their Java types and back. Reading only settles the type; {@link FieldRules} then
 * normalises and validates, on the one write path.
 */
@Component
public class FieldConversion {

  private static final DateTimeFormatter DOTTED_DATE =
      DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT);
  private static final Pattern AMOUNT =
      Pattern.compile(
          "(?<before>[A-Za-z]{3})?\\s*(?<amount>[-+]?[0-9.]{1,40})\\s*(?<after>[A-Za-z]{3})?");

  private final AccountSettings account;

  public FieldConversion(AccountSettings account) {
    this.account = account;
  }

  /**
   * Reads a value in JSON-natural form: text, number, true or false, list, map, null; dates and moments in ISO form;
   * money as {@code {"amount", "currency"}}.
   */
  public Converted fromNatural(Field field, @Nullable Object natural) {
    if (natural == null) {
      return Converted.EMPTY;
    }
    return switch (field.type()) {
      case TEXT, LONG_TEXT, EMAIL, PHONE, URL ->
          natural instanceof String ? Converted.of(natural) : wrong(field);
      case DROPDOWN -> option(field, natural);
      case WHOLE_NUMBER ->
          natural instanceof Number number ? wholeNumber(field, number) : wrong(field);
      case USER, RECORD_LINK ->
          natural instanceof Number number ? wholeNumber(field, number) : wrong(field);
      case DECIMAL -> natural instanceof Number number ? decimal(field, number) : wrong(field);
      case BOOLEAN -> natural instanceof Boolean ? Converted.of(natural) : wrong(field);
      case DATE, DATE_TIME -> natural instanceof String text ? fromText(field, text) : wrong(field);
      case MULTI_SELECT -> natural instanceof List<?> list ? texts(field, list) : wrong(field);
      case MONEY -> money(field, natural);
    };
  }

  /** A name; of the choices of a classifying field also the id, which the rules turn into the name. */
  private static Converted option(Field field, Object natural) {
    boolean id = field.names() != null && (natural instanceof Integer || natural instanceof Long);
    return natural instanceof String || id ? Converted.of(natural.toString()) : wrong(field);
  }

  /** Reads a value from text as people and files write it; blank means empty. */
  public Converted fromText(Field field, String given) {
    String text = given.strip();
    if (text.isEmpty()) {
      return Converted.EMPTY;
    }
    try {
      return switch (field.type()) {
        case TEXT, LONG_TEXT, DROPDOWN, EMAIL, PHONE, URL -> Converted.of(given);
        case WHOLE_NUMBER, USER, RECORD_LINK ->
            text.length() > 60 ? wrong(field) : wholeNumber(field, new BigDecimal(text));
        case DECIMAL -> text.length() > 60 ? wrong(field) : decimal(field, new BigDecimal(text));
        case MONEY -> moneyText(field, text);
        case BOOLEAN -> booleanText(field, text);
        case DATE -> Converted.of(date(text));
        case DATE_TIME -> Converted.of(moment(text));
        case MULTI_SELECT -> texts(field, List.of(text.split("\\s*[;,]\\s*")));
      };
    } catch (NumberFormatException | DateTimeException e) {
      return wrong(field);
    }
  }

  /** The JSON-natural form of a value in the field's Java type. */
  public static @Nullable Object toNatural(@Nullable Object value) {
    if (value instanceof Money money) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("amount", money.amount().toPlainString());
      map.put("currency", money.currency());
      return map;
    }
    return value instanceof Instant || value instanceof LocalDate ? value.toString() : value;
  }

  /** What a value of this field has to be, for messages. */
  public static String expectation(Field field) {
    return switch (field.type()) {
      case TEXT -> "a text of at most 250 characters on one line";
      case LONG_TEXT -> "a text of at most 50,000 characters";
      case WHOLE_NUMBER -> "a whole number, for example 42";
      case DECIMAL -> "a number with at most 6 decimal places, for example 12.5";
      case MONEY ->
          "an amount with its currency, for example {\"amount\": \"12.50\", \"currency\": \"EUR\"}";
      case BOOLEAN -> "true or false";
      case DATE -> "a date in the form 2026-01-31";
      case DATE_TIME -> "a moment in the form 2026-01-31T14:30:00Z";
      case DROPDOWN -> "one of: " + options(field);
      case MULTI_SELECT -> "a list of some of: " + options(field);
      case EMAIL -> "an e-mail address, for example ana@example.com";
      case PHONE -> "a phone number, for example +49 30 123456";
      case URL -> "a web address that starts with http:// or https://, at most 500 characters";
      case USER -> "the id of a user";
      case RECORD_LINK ->
          "the id of " + article(field.link() == null ? "record" : field.link().key());
    };
  }

  private static String article(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  private static String options(Field field) {
    List<String> options = field.options();
    String shown = String.join(", ", options.subList(0, Math.min(20, options.size())));
    return options.size() > 20 ? shown + ", … (" + options.size() + " in all)" : shown;
  }

  static Converted wrong(Field field) {
    return new Converted.Wrong(expectation(field));
  }

  private static Converted wholeNumber(Field field, Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return Converted.of(number.longValue());
    }
    BigDecimal exact = exact(number);
    if (exact == null || exact.scale() < -18 || exact.precision() > 60) {
      return wrong(field);
    }
    try {
      return Converted.of(exact.longValueExact());
    } catch (ArithmeticException e) {
      return wrong(field);
    }
  }

  private static Converted decimal(Field field, Number number) {
    BigDecimal exact = exact(number);
    return exact == null || Math.abs((long) exact.scale()) > 60
        ? wrong(field)
        : Converted.of(exact);
  }

  private static @Nullable BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      return Double.isFinite(number.doubleValue()) ? new BigDecimal(number.toString()) : null;
    }
    return BigDecimal.valueOf(number.longValue());
  }

  private static Converted texts(Field field, List<?> list) {
    List<String> texts = new ArrayList<>(list.size());
    for (Object element : list) {
      if (!(element instanceof String text)) {
        return wrong(field);
      }
      texts.add(text);
    }
    return texts.isEmpty() ? Converted.EMPTY : Converted.of(texts);
  }

  private Converted money(Field field, Object natural) {
    if (natural instanceof Number number) {
      BigDecimal amount = exact(number);
      return amount == null ? wrong(field) : Converted.of(new Money(amount, account.currency()));
    }
    if (!(natural instanceof Map<?, ?> map)
        || !java.util.Set.of("amount", "currency").containsAll(map.keySet())) {
      return wrong(field);
    }
    Object currency = map.get("currency") == null ? account.currency() : map.get("currency");
    Object amount = map.get("amount");
    if (!(currency instanceof String code) || amount == null) {
      return wrong(field);
    }
    if (amount instanceof Number number) {
      BigDecimal exact = exact(number);
      return exact == null ? wrong(field) : Converted.of(new Money(exact, code));
    }
    if (amount instanceof String text && text.length() <= 60) {
      try {
        return Converted.of(new Money(new BigDecimal(text.strip()), code));
      } catch (NumberFormatException e) {
        return wrong(field);
      }
    }
    return wrong(field);
  }

  private Converted moneyText(Field field, String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches() || (matcher.group("before") != null && matcher.group("after") != null)) {
      return wrong(field);
    }
    String currency =
        matcher.group("before") != null ? matcher.group("before") : matcher.group("after");
    return Converted.of(
        new Money(
            new BigDecimal(matcher.group("amount")),
            currency == null ? account.currency() : currency));
  }

  private static Converted booleanText(Field field, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "1", "on" -> Converted.of(true);
      case "false", "no", "n", "0", "off" -> Converted.of(false);
      default -> wrong(field);
    };
  }

  private static LocalDate date(String text) {
    if (text.indexOf('.') > 0) {
      return LocalDate.parse(text, DOTTED_DATE);
    }
    return LocalDate.parse(text);
  }

  /** A moment with offset, or a local time or date in the account's time zone. */
  private Instant moment(String text) {
    String iso =
        text.length() > 10 && text.charAt(10) == ' '
            ? text.substring(0, 10) + 'T' + text.substring(11)
            : text;
    Instant moment;
    if (iso.length() <= 10) {
      moment = date(iso).atStartOfDay(account.timeZone()).toInstant();
    } else if (iso.endsWith("Z")
        || iso.endsWith("z")
        || iso.lastIndexOf('+') > 10
        || iso.lastIndexOf('-') > 10) {
      moment = OffsetDateTime.parse(iso).toInstant();
    } else {
      moment = LocalDateTime.parse(iso).atZone(account.timeZone()).toInstant();
    }
    return moment.truncatedTo(ChronoUnit.MICROS);
  }

  /** The one form of a number, so that equal numbers are equal objects. */
  static BigDecimal plain(BigDecimal number, int minimumScale) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < minimumScale
        ? stripped.setScale(minimumScale, RoundingMode.UNNECESSARY)
        : stripped;
  }
}
