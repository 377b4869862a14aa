package io.leadloom.platform.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlSanitizer;

/** What HTML says when it is read without its layout, and text as HTML shows it. */
final class PlainText {

  private static final Set<String> LINES =
      Set.of(
          "address",
          "blockquote",
          "div",
          "dd",
          "dl",
          "dt",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "li",
          "ol",
          "p",
          "pre",
          "table",
          "tr",
          "ul");

  private PlainText() {}

  /**
   * The words of cleaned HTML, a line for each block; a link says where it leads when its words do not, and a picture its
   * description.
   */
  static String of(String html) {
    Reader reader = new Reader();
    HtmlSanitizer.sanitize(html, reader);
    return reader.said();
  }

  /** Text as HTML that shows the same letters and lines. */
  static String toHtml(String text) {
    StringBuilder html = new StringBuilder(text.length() + 32);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&#34;");
        case '\n' -> html.append("<br />\n");
        case '\r' -> {
          // The line feed that follows it ends the line.
        }
        default -> html.append(c);
      }
    }
    return html.toString();
  }

  private static final class Reader implements HtmlSanitizer.Policy {

    private final StringBuilder said = new StringBuilder();
    private final Deque<Link> links = new ArrayDeque<>();

    private record Link(@Nullable String to, int from) {}

    String said() {
      return said.toString().strip();
    }

    @Override
    public void openDocument() {
      // Nothing is said by that.
    }

    @Override
    public void closeDocument() {
      // Nothing is said by that.
    }

    @Override
    public void openTag(String element, List<String> attributes) {
      if (element.equals("br")) {
        newLine();
      } else if (LINES.contains(element)) {
        freshLine();
      } else if (element.equals("td") || element.equals("th")) {
        space();
      } else if (element.equals("img")) {
        words(attribute(attributes, "alt"));
      } else if (element.equals("a")) {
        links.push(new Link(attribute(attributes, "href"), said.length()));
      }
    }

    @Override
    public void closeTag(String element) {
      if (LINES.contains(element)) {
        freshLine();
      } else if (element.equals("a") && !links.isEmpty()) {
        Link link = links.pop();
        String to = link.to();
        String named = said.substring(Math.min(link.from(), said.length())).strip();
        if (to != null && !to.isEmpty() && !address(to).equals(address(named))) {
          space();
          said.append(named.isEmpty() ? to : "(" + to + ")");
        }
      }
    }

    @Override
    public void text(String chunk) {
      words(chunk);
    }

    private void words(@Nullable String text) {
      if (text == null) {
        return;
      }
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.isWhitespace(c)) {
          space();
        } else {
          said.append(c);
        }
      }
    }

    private void space() {
      if (!said.isEmpty() && !Character.isWhitespace(said.charAt(said.length() - 1))) {
        said.append(' ');
      }
    }

    private void freshLine() {
      if (!said.isEmpty() && said.charAt(said.length() - 1) != '\n') {
        newLine();
      }
    }

    private void newLine() {
      int end = said.length();
      while (end > 0 && said.charAt(end - 1) == ' ') {
        end--;
      }
      said.setLength(end);
      said.append('\n');
    }

    private static @Nullable String attribute(List<String> attributes, String name) {
      for (int i = 0; i + 1 < attributes.size(); i += 2) {
        if (attributes.get(i).equals(name)) {
          return attributes.get(i + 1);
        }
      }
      return null;
    }

    /** What a link and its words have in common when they say the same. */
    private static String address(String text) {
      return text.replaceFirst("^(?i:https?://|mailto:|tel:)", "").replaceFirst("/$", "");
    }
  }
}
