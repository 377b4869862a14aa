package io.leadloom.platform.company;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of e-mail addresses, phone numbers and web addresses, the same for records, users and the account. */
public final class ContactForms {

  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_ADDRESS = 500;
  private static final int LONGEST_PHONE = 50;
  private static final Pattern AUTHORITY =
      Pattern.compile("(?i)(https?://(?:[^/?#@\\s]*@)?)([^/?#@:\\s\\[\\]]+)(.*)");
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{7,14}");
  private static final Pattern PHONE_LIKE =
      Pattern.compile("[+]?[0-9()./\\- ]{3,40}(?:\\s*(?:x|ext\\.?)\\s*[0-9]{1,7})?");
  private static final Pattern EMAIL_ADDRESS =
      Pattern.compile(
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*@"
              + "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+\\p{L}[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}]");

  private ContactForms() {}

  /** The address without blanks around it; empty when it is none. */
  public static Optional<String> email(String given) {
    String text = given.strip();
    int at = text.lastIndexOf('@');
    boolean fits =
        text.length() <= LONGEST_EMAIL
            && at > 0
            && at <= 64
            && EMAIL_ADDRESS.matcher(text).matches();
    return fits ? Optional.of(text) : Optional.empty();
  }

  /**
   * The number in the international form where it is understood, otherwise as it was typed; empty when it is none.
   *
   * @param region the region of numbers without a country code
   */
  public static Optional<String> phone(String given, String region) {
    String text = given.strip();
    if (E164.matcher(text).matches()) {
      return Optional.of(text);
    }
    if (text.length() > LONGEST_PHONE || !PHONE_LIKE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
      PhoneNumber number = phones.parse(text, region);
      if (phones.isPossibleNumber(number)) {
        return Optional.of(phones.format(number, PhoneNumberFormat.E164));
      }
    } catch (NumberParseException e) {
      // Not understood: kept as typed, for example the short number of an extension.
    }
    return text.chars().filter(Character::isDigit).count() < 3
        ? Optional.empty()
        : Optional.of(text);
  }

  /** An address that begins with http or https; empty when it is none. */
  public static Optional<String> website(String given) {
    String text = given.strip();
    return text.length() > LONGEST_ADDRESS ? Optional.empty() : host(text).map(host -> text);
  }

  /**
   * The host of an address that begins with http or https, which may be in any script, as computers write it; empty when
   * it is none.
   */
  public static Optional<String> host(String address) {
    Matcher parts = AUTHORITY.matcher(address);
    try {
      String text = address;
      if (parts.matches()) {
        // Hosts have underscores, which URIs do not know.
        String host = IDN.toASCII(parts.group(2), IDN.ALLOW_UNASSIGNED).replace('_', 'x');
        text = parts.group(1) + host + parts.group(3);
      }
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      return web ? Optional.ofNullable(uri.getHost()) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
