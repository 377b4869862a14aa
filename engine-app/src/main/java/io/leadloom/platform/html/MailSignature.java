package io.leadloom.platform.html;

/**
 * What stands under a mail. It is put there after the mail's merge fields were filled in and is no pattern itself: two
 * braces in it stay two braces.
 *
 * @param html cleaned
 * @param text the same without layout
 */
public record MailSignature(String html, String text) {

  /** The line that mail programs take for the beginning of a signature. */
  private static final String DELIMITER = "-- ";

  /** One from what somebody wrote; cleaned. */
  public static MailSignature of(String html) {
    String clean = CleanHtml.of(html);
    return new MailSignature(clean, PlainText.of(clean));
  }

  /** A text with the signature below. */
  public String below(String body) {
    return text.isEmpty() ? body : body.stripTrailing() + "\n\n" + DELIMITER + "\n" + text;
  }

  /** A cleaned HTML body with the signature below. */
  public String belowHtml(String body) {
    return body + "<div><br />" + html + "</div>";
  }

  /** The HTML body of a mail that somebody wrote as text, with the signature below as it was laid out. */
  public String belowAsHtml(String body) {
    return belowHtml("<div>" + PlainText.toHtml(body.stripTrailing()) + "</div>");
  }
}
