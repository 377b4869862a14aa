package io.leadloom.scoring.site;

import io.leadloom.record.LeadLinks;
import java.net.URI;
import java.net.URISyntaxException;
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

  /** What stands behind an address in a sentence is no part of it. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\bhttps?://[^\\s\"'<>]{2,2000}[^\\s\"'<>.,;:!?)\\]}]");

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
      String link = found.group();
      found.appendReplacement(
          marked, Matcher.quoteReplacement(ours(link, domains) ? with(link, lead, html) : link));
    }
    return found.appendTail(marked).toString();
  }

  private static boolean ours(String link, List<String> domains) {
    try {
      String host = new URI(link.replaceFirst("[?#].*$", "")).getHost();
      return domains.stream().anyMatch(domain -> Site.covers(domain, host));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private String with(String link, long lead, boolean html) {
    Matcher fragment = (html ? FRAGMENT_OF_HTML : FRAGMENT).matcher(link);
    int hash = fragment.find() ? fragment.start() : -1;
    String page = hash < 0 ? link : link.substring(0, hash);
    String rest = hash < 0 ? "" : link.substring(hash);
    String joint = page.indexOf('?') < 0 ? "?" : html ? "&amp;" : "&";
    return page + joint + PARAMETER + "=" + tokens.of(lead) + rest;
  }
}
