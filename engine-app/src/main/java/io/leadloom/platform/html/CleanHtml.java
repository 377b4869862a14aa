package io.leadloom.platform.html;

import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/** The one rule for HTML of mails and signatures: letters, layout, links and pictures; no scripts, forms, frames or handlers. */
public final class CleanHtml {

  private static final PolicyFactory POLICY =
      Sanitizers.FORMATTING
          .and(Sanitizers.BLOCKS)
          .and(Sanitizers.LINKS)
          .and(Sanitizers.TABLES)
          .and(Sanitizers.STYLES)
          .and(Sanitizers.IMAGES);

  private CleanHtml() {}

  /** The HTML without everything that acts. Cleaning it again changes nothing. */
  public static String of(String html) {
    return POLICY.sanitize(html);
  }
}
