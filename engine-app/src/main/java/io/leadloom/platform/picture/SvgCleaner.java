package io.leadloom.platform.picture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Copies of an SVG what draws and nothing that acts: no scripts, handlers, links, foreign content, animations, and no
 * address of anything outside the picture itself. What it does not know it leaves out.
 */
final class SvgCleaner {

  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";
  private static final int DEEPEST = 100;
  private static final int MOST_ELEMENTS = 50_000;

  private static final Set<String> ELEMENTS =
      Set.of(
          "svg",
          "g",
          "defs",
          "symbol",
          "use",
          "title",
          "desc",
          "path",
          "rect",
          "circle",
          "ellipse",
          "line",
          "polyline",
          "polygon",
          "text",
          "tspan",
          "textPath",
          "image",
          "style",
          "linearGradient",
          "radialGradient",
          "stop",
          "clipPath",
          "mask",
          "pattern",
          "filter",
          "feBlend",
          "feColorMatrix",
          "feComponentTransfer",
          "feComposite",
          "feConvolveMatrix",
          "feDropShadow",
          "feFlood",
          "feFuncA",
          "feFuncB",
          "feFuncG",
          "feFuncR",
          "feGaussianBlur",
          "feMerge",
          "feMergeNode",
          "feMorphology",
          "feOffset",
          "feTile",
          "feTurbulence");

  /** No more and no other name of a function stands in a style: others, such as image-set, fetch what they name. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "url",
          "rgb",
          "rgba",
          "hsl",
          "hsla",
          "calc",
          "matrix",
          "translate",
          "translatex",
          "translatey",
          "scale",
          "scalex",
          "scaley",
          "rotate",
          "skewx",
          "skewy",
          "blur",
          "drop-shadow",
          "not",
          "nth-child",
          "nth-of-type");

  private static final String BEFORE_NAMES = " \t\r\n\f(){},:;'\"+*/";

  private static final Pattern OUTSIDE =
      Pattern.compile(
          "url\\((?!\\s*(['\"]?)#[^%'\"()\\s]+\\1\\s*\\))|@import|expression|javascript:|-moz-binding|behavior"
              + "|\\\\");
  private static final Pattern WITHIN = Pattern.compile("#[^%()'\"\\\\\\s]+");
  private static final Pattern RASTER =
      Pattern.compile("data:image/(?:png|jpe?g);base64,([A-Za-z0-9+/=\\s]*+)");

  /** Each is drawn anew, which takes a while. */
  private static final int MOST_RASTERS = 10;

  private final String field;
  private final int longestSide;
  private final SvgReferences references;
  private int rasters;

  /**
   * Made for one picture.
   *
   * @param longestSide the dots that embedded raster pictures keep at most in each direction
   */
  SvgCleaner(String field, int longestSide) {
    this.field = field;
    this.longestSide = longestSide;
    this.references = new SvgReferences(field);
  }

  byte[] clean(byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    try {
      XMLStreamReader reader = input().createXMLStreamReader(new ByteArrayInputStream(file));
      XMLStreamWriter writer = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      copy(reader, writer);
      writer.close();
      reader.close();
    } catch (XMLStreamException e) {
      throw Picture.refused(field, "an SVG file that cannot be read");
    }
    references.check();
    return out.toByteArray();
  }

  private static XMLInputFactory input() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
    return factory;
  }

  private void copy(XMLStreamReader reader, XMLStreamWriter writer) throws XMLStreamException {
    int depth = 0;
    int count = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++count > MOST_ELEMENTS || depth >= DEEPEST) {
            throw Picture.refused(field, "an SVG file with too many elements");
          }
          boolean kept =
              SVG.equals(reader.getNamespaceURI()) && ELEMENTS.contains(reader.getLocalName());
          if (depth == 0 && !(kept && reader.getLocalName().equals("svg"))) {
            throw Picture.refused(field, "a file of another kind");
          }
          if (!kept) {
            skip(reader);
          } else if (reader.getLocalName().equals("style")) {
            style(reader, writer);
          } else {
            begin(reader, writer, depth == 0);
            depth++;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          writer.writeEndElement();
          references.end();
          depth--;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (depth > 0) {
            writer.writeCharacters(reader.getText());
          }
        }
        default -> {
          // Comments, instructions and the document type say nothing that is drawn.
        }
      }
    }
  }

  /** Looks at all of a style at once, so that nothing is put together from parts; elements within it are refused. */
  private void style(XMLStreamReader reader, XMLStreamWriter writer) throws XMLStreamException {
    String text = reader.getElementText();
    if (!outside(text) && references.sheet(text)) {
      writer.writeStartElement("style");
      writer.writeCharacters(text);
      writer.writeEndElement();
    }
  }

  private void begin(XMLStreamReader reader, XMLStreamWriter writer, boolean root)
      throws XMLStreamException {
    writer.writeStartElement(reader.getLocalName());
    references.begin(reader.getLocalName());
    if (root) {
      writer.writeDefaultNamespace(SVG);
      writer.writeNamespace("xlink", XLINK);
    }
    String href = null;
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String space = reader.getAttributeNamespace(i);
      String name = reader.getAttributeLocalName(i);
      String value = reader.getAttributeValue(i);
      boolean plain = space == null || space.isEmpty();
      if (name.equals("href")) {
        href = href == null && (plain || space.equals(XLINK)) ? href(reader, value) : href;
      } else if (plain && !name.toLowerCase(Locale.ROOT).startsWith("on") && !outside(value)) {
        writer.writeAttribute(name, value);
        references.attribute(name, value);
      }
    }
    if (href != null) {
      writer.writeAttribute("href", href);
      references.attribute("href", href);
    }
  }

  /** The address of something within the picture, or an embedded raster picture drawn anew. */
  private @Nullable String href(XMLStreamReader reader, String value) {
    if (!reader.getLocalName().equals("image")) {
      return WITHIN.matcher(value).matches() ? value : null;
    }
    Matcher raster = RASTER.matcher(value);
    if (!raster.matches()) {
      return null;
    }
    if (++rasters > MOST_RASTERS) {
      throw Picture.refused(field, "an SVG file with more than " + MOST_RASTERS + " pictures");
    }
    Picture drawn = Picture.embedded(field, decoded(raster.group(1)), longestSide);
    return "data:"
        + drawn.mediaType()
        + ";base64,"
        + Base64.getEncoder().encodeToString(drawn.content());
  }

  private byte[] decoded(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw Picture.refused(field, "an SVG file with a picture that cannot be read");
    }
  }

  private static boolean outside(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    return OUTSIDE.matcher(folded).find() || !knowsFunctions(folded);
  }

  private static boolean knowsFunctions(String text) {
    for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
      int from = open;
      while (from > 0 && BEFORE_NAMES.indexOf(text.charAt(from - 1)) < 0) {
        from--;
      }
      if (from < open && !FUNCTIONS.contains(text.substring(from, open))) {
        return false;
      }
    }
    return true;
  }

  private static void skip(XMLStreamReader reader) throws XMLStreamException {
    int open = 1;
    while (open > 0) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        open++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        open--;
      }
    }
  }
}
