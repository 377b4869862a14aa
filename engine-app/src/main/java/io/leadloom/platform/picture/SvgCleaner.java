package io.leadloom.platform.picture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

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
          "marker",
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

  private static final Pattern OUTSIDE =
      Pattern.compile(
          "url\\((?!\\s*['\"]?#)|@import|expression|javascript:|-moz-binding|behavior|\\\\");
  private static final Pattern RASTER =
      Pattern.compile("data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\\s]*");

  private final String field;

  SvgCleaner(String field) {
    this.field = field;
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
    boolean style = false;
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
          if (kept) {
            begin(reader, writer, depth == 0);
            style = reader.getLocalName().equals("style");
            depth++;
          } else {
            skip(reader);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          writer.writeEndElement();
          style = false;
          depth--;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (depth > 0 && !(style && outside(reader.getText()))) {
            writer.writeCharacters(reader.getText());
          }
        }
        default -> {
          // Comments, instructions and the document type say nothing that is drawn.
        }
      }
    }
  }

  private static void begin(XMLStreamReader reader, XMLStreamWriter writer, boolean root)
      throws XMLStreamException {
    writer.writeStartElement(reader.getLocalName());
    if (root) {
      writer.writeDefaultNamespace(SVG);
      writer.writeNamespace("xlink", XLINK);
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String space = reader.getAttributeNamespace(i);
      String name = reader.getAttributeLocalName(i);
      String value = reader.getAttributeValue(i);
      boolean plain = space == null || space.isEmpty();
      if (name.equals("href") && (plain || space.equals(XLINK))) {
        if (value.startsWith("#")
            || reader.getLocalName().equals("image") && RASTER.matcher(value).matches()) {
          writer.writeAttribute("href", value);
        }
      } else if (plain && !name.toLowerCase(Locale.ROOT).startsWith("on") && !outside(value)) {
        writer.writeAttribute(name, value);
      }
    }
  }

  private static boolean outside(String text) {
    return OUTSIDE.matcher(text.toLowerCase(Locale.ROOT)).find();
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
