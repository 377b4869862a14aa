package io.leadloom.record.view;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.schema.Schema;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a custom tab: https, with merge fields of the lead behind the host (PLT-D09). Whose page is shown is
 * never up to a value of a lead.
 */
public final class TabAddress {

  private static final int LONGEST = 2_000;
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)https://([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?)(?=[/?#]|$)");
  private static final Pattern MERGED =
      Pattern.compile("\\{\\{\\s*lead\\.([A-Za-z][A-Za-z0-9_]{0,99})\\s*}}");

  private TabAddress() {}

  /** The address as it is kept; one that does not do is refused. */
  static String checked(@Nullable String given, String field, Schema schema) {
    String address = given == null ? "" : given.strip();
    if (address.length() > LONGEST) {
      throw refused(field, null, "at most " + LONGEST + " characters");
    }
    Matcher host = HOST.matcher(address);
    if (!host.lookingAt()) {
      throw refused(
          field,
          address,
          "an address that begins with https:// and the name of a host, without merge fields in it");
    }
    Matcher fields = MERGED.matcher(address);
    while (fields.find()) {
      String key = fields.group(1);
      if (schema.field(EntityType.LEAD, key).isEmpty()) {
        throw refused(field, key, "merge fields of leads, such as {{lead.email}}");
      }
    }
    try {
      new URI(fill(address, key -> "x"));
    } catch (URISyntaxException e) {
      throw refused(
          field,
          address,
          "an address without blanks and braces, with merge fields such as {{lead.email}}");
    }
    return address;
  }

  private static RefusedException refused(String field, @Nullable Object value, String expected) {
    return RefusedException.invalid(
        "The address of the tab does not do", Violation.of(field, value, expected));
  }

  /**
   * The address for one lead, its values encoded.
   *
   * @param values what the reader may see of the lead, as text by field; empty for nothing
   */
  public static String filled(String address, Function<String, String> values) {
    return fill(
        address,
        key -> {
          String value = values.apply(key);
          // A path must not climb by a value.
          return value.equals(".") || value.equals("..")
              ? ""
              : URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        });
  }

  private static String fill(String address, Function<String, String> values) {
    return MERGED
        .matcher(address)
        .replaceAll(match -> Matcher.quoteReplacement(values.apply(match.group(1))));
  }

  /** Scheme, host and port, the only place whose pages the tab shows; of letters, digits and the characters . - : / only. */
  public static String origin(String address) {
    Matcher host = HOST.matcher(address);
    if (!host.lookingAt()) {
      throw new IllegalArgumentException("Not an address of a tab: " + address);
    }
    return "https://" + host.group(1).toLowerCase(Locale.ROOT);
  }
}
