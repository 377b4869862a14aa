package io.leadloom.platform.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an SVG makes its reader draw, which can be very much more than it writes: a dozen groups of which each uses the
 * one before ten times are a billion shapes. Counts with all references followed, also those of patterns and masks,
 * through attributes, styles and classes.
 */
final class SvgReferences {

  private static final long MOST_DRAWN = 200_000;
  private static final int LONGEST_CHAIN = 500;
  private static final int MOST_AT_ONCE = 64;

  /** An embedded picture takes longer to draw than a shape. */
  private static final long IMAGE = 100;

  private static final Set<String> GRADIENTS = Set.of("linearGradient", "radialGradient");

  /** All others, such as fill, also hold for what is within an element. */
  private static final Set<String> NOT_INHERITED = Set.of("clip-path", "mask", "filter");

  private static final Pattern TARGET = Pattern.compile("(?i)url\\(\\s*['\"]?#([^'\"()\\s]+)");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?(?:\\*/|$)");
  private static final Pattern TEXT = Pattern.compile("\"[^\"{}\n]*\"|'[^'{}\n]*'");
  private static final Pattern CLASS = Pattern.compile("\\s*\\.([A-Za-z_][\\w-]*)\\s*");

  private final String field;
  private final Map<String, Element> byId = new HashMap<>();
  private final Map<String, Set<String>> byClass = new HashMap<>();
  private @Nullable Element root;
  private @Nullable Element open;

  SvgReferences(String field) {
    this.field = field;
  }

  private static final class Element {
    final String name;
    final @Nullable Element parent;
    final List<Element> children = new ArrayList<>();
    final Set<String> own = new LinkedHashSet<>();
    Set<String> inherited = new LinkedHashSet<>();
    String classes = "";
    @Nullable String href;
    long cost = -1;
    long size = -1;
    boolean entered;

    Element(String name, @Nullable Element parent) {
      this.name = name;
      this.parent = parent;
    }
  }

  void begin(String name) {
    Element element = new Element(name, open);
    if (open == null) {
      root = element;
    } else {
      open.children.add(element);
    }
    open = element;
  }

  void end() {
    open = open == null ? null : open.parent;
  }

  /** Takes in an attribute that is kept, of the element that was begun last. */
  void attribute(String name, String value) {
    Element element = open;
    if (element == null) {
      return;
    }
    switch (name) {
      case "id" -> byId.putIfAbsent(value, element);
      case "class" -> element.classes = value;
      case "href" -> element.href = value.startsWith("#") ? value.substring(1) : null;
      default -> (NOT_INHERITED.contains(name) ? element.own : element.inherited).addAll(in(value));
    }
  }

  /**
   * Takes in a style sheet.
   *
   * @return whether it can be told what it holds for: rules that refer to something have names of classes only
   */
  boolean sheet(String text) {
    if (in(text).isEmpty()) {
      return true;
    }
    String bare = COMMENT.matcher(text).replaceAll(" ");
    bare = bare.replaceAll("(?i)url\\(\\s*['\"]?(#[^'\"()\\s]+)['\"]?\\s*\\)", "url($1)");
    bare = TEXT.matcher(bare).replaceAll("");
    if (bare.indexOf('"') >= 0 || bare.indexOf('\'') >= 0) {
      return false;
    }
    Map<String, Set<String>> found = new HashMap<>();
    // By the braces and not by a pattern, which would take the square of the time of a long sheet.
    String[] pieces = bare.split("}", -1);
    for (int i = 0; i < pieces.length; i++) {
      String piece = pieces[i];
      if (in(piece).isEmpty()) {
        continue;
      }
      int open = piece.lastIndexOf('{');
      if (open < 0 || i == pieces.length - 1 || !in(piece.substring(0, open)).isEmpty()) {
        return false;
      }
      int from = piece.lastIndexOf('{', open - 1) + 1;
      Set<String> targets = in(piece.substring(open + 1));
      for (String selector : piece.substring(from, open).split(",", -1)) {
        Matcher name = CLASS.matcher(selector);
        if (!name.matches()) {
          return false;
        }
        found.computeIfAbsent(name.group(1), key -> new LinkedHashSet<>()).addAll(targets);
      }
    }
    found.forEach(
        (name, targets) ->
            byClass.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(targets));
    return true;
  }

  /** Refuses a picture that draws too much, or whose parts refer to themselves. */
  void check() {
    if (root != null) {
      handDown(root, Set.of());
      cost(root, 0);
    }
  }

  private static Set<String> in(String text) {
    Set<String> ids = new LinkedHashSet<>();
    Matcher targets = TARGET.matcher(text);
    while (targets.find()) {
      ids.add(targets.group(1));
    }
    return ids;
  }

  private void handDown(Element element, Set<String> above) {
    for (String name : element.classes.split("\\s+", -1)) {
      element.inherited.addAll(byClass.getOrDefault(name, Set.of()));
    }
    if (element.inherited.isEmpty()) {
      element.inherited = above;
    } else {
      element.inherited.addAll(above);
    }
    if (element.inherited.size() + element.own.size() > MOST_AT_ONCE) {
      throw tooMuch();
    }
    for (Element child : element.children) {
      handDown(child, element.inherited);
    }
  }

  private long cost(Element element, int chain) {
    if (element.cost >= 0) {
      return element.cost;
    }
    if (element.entered || chain > LONGEST_CHAIN) {
      throw tooMuch();
    }
    element.entered = true;
    long cost = element.name.equals("image") ? IMAGE : 1;
    long size = 1;
    for (Element child : element.children) {
      cost = few(cost + cost(child, chain + 1));
      size += child.size;
    }
    if (!GRADIENTS.contains(element.name) && !element.name.equals("stop")) {
      Element used = element.href == null ? null : byId.get(element.href);
      long within = 1;
      if (used != null) {
        cost = few(cost + target(used, chain));
        size += used.size;
        // What is used is drawn with the fill of who uses it.
        within += used.size;
      }
      for (String id : element.own) {
        cost = few(cost + target(byId.get(id), chain));
      }
      for (String id : element.inherited) {
        cost = few(cost + within * target(byId.get(id), chain));
      }
    }
    element.cost = cost;
    element.size = few(size);
    return cost;
  }

  /** Gradients draw nothing of their own, whatever they are made of. */
  private long target(@Nullable Element element, int chain) {
    if (element == null) {
      return 1;
    }
    if (GRADIENTS.contains(element.name)) {
      if (element.size < 0) {
        element.size = 1;
      }
      return 1;
    }
    return cost(element, chain + 1);
  }

  private long few(long count) {
    if (count > MOST_DRAWN) {
      throw tooMuch();
    }
    return count;
  }

  private RuntimeException tooMuch() {
    return Picture.refused(field, "an SVG file that draws too many elements");
  }
}
