package io.leadloom.record.store;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.schema.Field;
import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms in which unique values are compared; names and web addresses of companies have their own (LEAD-178). */
public final class CompanyForms {

  /** Spaces of every kind, such as those that do not break. */
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private static final Pattern HOST = Pattern.compile("^[^/?#:]+");
  private static final Pattern BEFORE_THE_HOST = Pattern.compile("^(?:https?://)?(?:www\\.)?");
  private static final Pattern SLASHES = Pattern.compile("/+$");

  private CompanyForms() {}

  /** The form of a text in a unique field; null for a blank one. */
  public static @Nullable String of(Field field, String text) {
    if (field.system() && field.entity() == EntityType.ACCOUNT) {
      switch (field.key()) {
        case "name" -> {
          return name(text);
        }
        case "website" -> {
          return website(text);
        }
        default -> {
          // Compared like any other text.
        }
      }
    }
    return Folded.of(text);
  }

  /** A name without letter case and repeated or outer spaces; null for none. */
  static @Nullable String name(@Nullable String name) {
    return name == null ? null : Folded.of(SPACES.matcher(name).replaceAll(" "));
  }

  /** A web address without letter case, scheme, leading {@code www.} and trailing slash; null for none. */
  static @Nullable String website(@Nullable String address) {
    String folded = Folded.of(address);
    if (folded == null) {
      return null;
    }
    String rest = BEFORE_THE_HOST.matcher(folded).replaceFirst("");
    String bare = SLASHES.matcher(rest).replaceFirst("");
    return bare.isEmpty() ? folded : inAscii(bare);
  }

  /** The host in the form that computers know it by, which is the same however people write it. */
  private static String inAscii(String address) {
    Matcher host = HOST.matcher(address);
    if (!host.find()) {
      return address;
    }
    try {
      return IDN.toASCII(host.group(), IDN.ALLOW_UNASSIGNED) + address.substring(host.end());
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
