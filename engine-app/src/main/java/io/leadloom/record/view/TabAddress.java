package io.leadloom.record.view;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address of a custom tab: https, with merge fields of the lead behind the host (PLT-D09). Whose page is shown is
 * never up to a value of a lead.
 */
public final class TabAddress {

  /** What names the id of the lead among the merge fields; it is no field. */
  public static final String ID = "id";

  private static final int LONGEST = 2_000;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)https://([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?)(?=[/?#]|$)");
  private static final Pattern MERGED =
      Pattern.compile("\\{\\{\\s*lead\\.([A-Za-z][A-Za-z0-9_]{0,99})\\s*}}");

  private static final Pattern BEHIND_PATH = Pattern.compile("[?#]");
  private static final Pattern DOT = Pattern.compile("(?i)%2e");

  private TabAddress() {}

  /**
   * The address as it is kept; one that does not do is refused.
   *
   * @param tab what the tab is called, for the refusal
   */
  static String checked(@Nullable String given, String tab, Schema schema) {
    String address = given == null ? "" : given.strip();
    if (address.length() > LONGEST) {
      throw refused(tab, null, "at most " + LONGEST + " characters");
    }
    Matcher host = HOST.matcher(address);
    if (!host.lookingAt()) {
      throw refused(
          tab,
          address,
          "an address that begins with https:// and the name of a host, without merge fields in it");
    }
    try {
      URI read = new URI(fill(address, key -> "x"));
      if (read.getHost() == null || read.getPort() > HIGHEST_PORT) {
        throw refused(tab, address, "an address with the name of a host that can be there");
      }
    } catch (URISyntaxException e) {
      throw refused(
          tab,
          address,
          "an address without blanks and braces, with merge fields such as {{lead.email}}");
    }
    return MERGED
        .matcher(address)
        .replaceAll(
            match -> Matcher.quoteReplacement("{{lead." + key(match.group(1), tab, schema) + "}}"));
  }

  /** The key of a merge field as values are kept under it. */
  private static String key(String given, String tab, Schema schema) {
    if (given.equalsIgnoreCase(ID)) {
      return ID;
    }
    return schema
        .field(EntityType.LEAD, given)
        .map(Field::key)
        .orElseThrow(
            () ->
                refused(
                    tab,
                    "{{lead." + given + "}}",
                    "merge fields of leads, such as {{lead.email}} or {{lead.id}}"));
  }

  /** Whether a field is merged into the address. */
  static boolean merges(String address, String key) {
    return MERGED
        .matcher(address)
        .results()
        .anyMatch(match -> match.group(1).equalsIgnoreCase(key));
  }

  /** The address without a field: nothing stands in its place. */
  static String without(String address, String key) {
    return MERGED
        .matcher(address)
        .replaceAll(
            match ->
                match.group(1).equalsIgnoreCase(key)
                    ? ""
                    : Matcher.quoteReplacement(match.group()));
  }

  private static RefusedException refused(String tab, @Nullable Object value, String expected) {
    return RefusedException.invalid(
        "The address of the tab '" + tab + "' does not do", Violation.of("url", value, expected));
  }

  /**
   * The address for one lead, its values encoded.
   *
   * @param values what the reader may see of the lead, as text by field, {@value #ID} for its id; empty for nothing
   */
  public static String filled(String address, Function<String, String> values) {
    Matcher host = HOST.matcher(address);
    if (!host.lookingAt()) {
      throw new IllegalArgumentException("Not an address of a tab: " + address);
    }
    Matcher behind = BEHIND_PATH.matcher(address);
    int end = behind.find(host.end()) ? behind.start() : address.length();
    String path =
        Arrays.stream(address.substring(host.end(), end).split("/", -1))
            .map(segment -> segment(segment, values))
            .collect(Collectors.joining("/"));
    return address.substring(0, host.end()) + path + encoded(address.substring(end), values);
  }

  /** One step of the path. It must not climb by a value, also not by several, or by one behind a dot of the address. */
  private static String segment(String segment, Function<String, String> values) {
    String filled = encoded(segment, values);
    String read = DOT.matcher(filled).replaceAll(".");
    return !filled.equals(segment) && (read.equals(".") || read.equals("..")) ? "" : filled;
  }

  private static String encoded(String part, Function<String, String> values) {
    return fill(
        part,
        key -> {
          String value = values.apply(key);
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
