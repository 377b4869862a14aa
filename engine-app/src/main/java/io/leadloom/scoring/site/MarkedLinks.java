package io.leadloom.scoring.site;

import io.leadloom.record.LeadLinks;
import java.net.IDN;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Puts the mark of a lead into links to websites whose visits are counted; all other links stay as they are. */
@Component
class MarkedLinks implements LeadLinks {

  /** What the script of a website reads. */
  private static final String PARAMETER = "ll";

  private static final Pattern TARGET =
      Pattern.compile("(?i)(?<=\\shref=\")https?://[^\\s\"<>]{3,2000}(?=\")");

  private static final Pattern ADDRESS = Pattern.compile("(?i)\\bhttps?://[^\\s\"'<>]++");

  /** What browsers take for the host; whoever gives a name or password with it goes elsewhere than it seems. */
  private static final Pattern HOST =
      Pattern.compile("(?i)https?://([^/?#:@\\\\]+)(?::\\d*)?(?=[/?#\\\\]|$).*", Pattern.DOTALL);

  private static final String PUNCTUATION = ".,;:!?";
  private static final String CLOSING = ")]}";
  private static final String OPENING = "([{";

  private static final Pattern MARK = Pattern.compile("(?<=[?&])ll=[^&]*");

  /** The same in HTML, where what parts and joins is written in other ways as well. */
  private static final Pattern MARK_OF_HTML =
      Pattern.compile("(?<=[?&]|&amp;|&#38;)ll(?:=|&#61;)(?:[^&]++|&#(?!38;)\\d{1,5};)*+");

  private static final Pattern FRAGMENT = Pattern.compile("#");

  /** In HTML some letters are written by their numbers, for example &amp;#61;. */
  private static final Pattern FRAGMENT_OF_HTML = Pattern.compile("(?<!&)#");

  private final Sites sites;
  private final VisitTokens tokens;

  MarkedLinks(Sites sites, VisitTokens tokens) {
    this.sites = sites;
    this.tokens = tokens;
  }

  @Override
  public String marked(long lead, String text, boolean html) {
    List<String> domains = sites.domains();
    if (domains.isEmpty() || !text.toLowerCase(java.util.Locale.ROOT).contains("http")) {
      return text;
    }
    Matcher found = (html ? TARGET : ADDRESS).matcher(text);
    StringBuilder marked = new StringBuilder(text.length() + 64);
    while (found.find()) {
      String whole = found.group();
      String link = html ? whole : whole.substring(0, end(whole));
      String shown = ours(link, domains) ? with(link, lead, html) : link;
      found.appendReplacement(
          marked, Matcher.quoteReplacement(shown + whole.substring(link.length())));
    }
    return found.appendTail(marked).toString();
  }

  /** Where an address in a sentence ends: brackets belong to it that were opened in it. */
  private static int end(String address) {
    int[] open = new int[CLOSING.length()];
    address
        .chars()
        .forEach(
            letter -> {
              if (OPENING.indexOf(letter) >= 0) {
                open[OPENING.indexOf(letter)]++;
              } else if (CLOSING.indexOf(letter) >= 0) {
                open[CLOSING.indexOf(letter)]--;
              }
            });
    int end = address.length();
    while (true) {
      char last = address.charAt(end - 1);
      int bracket = CLOSING.indexOf(last);
      if (bracket >= 0 && open[bracket] < 0) {
        open[bracket]++;
      } else if (PUNCTUATION.indexOf(last) < 0) {
        return end;
      }
      end--;
    }
  }

  private static boolean ours(String link, List<String> domains) {
    Matcher parts = HOST.matcher(link);
    if (!parts.matches()) {
      return false;
    }
    try {
      String host = IDN.toASCII(parts.group(1), IDN.ALLOW_UNASSIGNED);
      return domains.stream().anyMatch(domain -> Site.covers(domain, host));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String with(String link, long lead, boolean html) {
    Matcher fragment = (html ? FRAGMENT_OF_HTML : FRAGMENT).matcher(link);
    int hash = fragment.find() ? fragment.start() : -1;
    String page = hash < 0 ? link : link.substring(0, hash);
    String rest = hash < 0 ? "" : link.substring(hash);
    String mark = PARAMETER + "=" + tokens.of(lead);
    int query = page.indexOf('?');
    if (query < 0) {
      return page + "?" + mark + rest;
    }
    Matcher present = (html ? MARK_OF_HTML : MARK).matcher(page.substring(query));
    if (present.find()) {
      // The script of the website reads the first one, for example of a mail that is passed on.
      return page.substring(0, query) + present.replaceAll(Matcher.quoteReplacement(mark)) + rest;
    }
    return page + (html ? "&amp;" : "&") + mark + rest;
  }
}
