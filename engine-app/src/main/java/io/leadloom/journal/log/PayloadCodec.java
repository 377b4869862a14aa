package io.leadloom.journal.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.LateChanges;
import io.leadloom.platform.Cause;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compact JSON of an entry's changes, details and cause: {@code c} changes as {@code [before, after]}, {@code d}
 * details, {@code k} kind of the cause, {@code u} its user, {@code r} its reference, {@code h} when automations are
 * kept from starting, {@code s} its chain of {@code [automation, run, card]}. Empty parts are left out.
 */
final class PayloadCodec {

  private static final JsonFactory JSON = new JsonFactory();

  /** How the text of an entry with changes begins. */
  private static final String CHANGES = "{\"c\":{";

  private PayloadCodec() {}

  record Payload(Map<String, FieldChange> changes, Map<String, String> detail, Cause cause) {}

  static String write(JournalEntry entry) {
    StringWriter out = new StringWriter(128);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      if (!entry.changes().isEmpty()) {
        json.writeObjectFieldStart("c");
        for (Map.Entry<String, FieldChange> change : entry.changes().entrySet()) {
          json.writeArrayFieldStart(change.getKey());
          writeValue(json, change.getValue().before());
          writeValue(json, change.getValue().after());
          json.writeEndArray();
        }
        json.writeEndObject();
      }
      if (!entry.detail().isEmpty()) {
        json.writeObjectFieldStart("d");
        for (Map.Entry<String, String> detail : entry.detail().entrySet()) {
          json.writeStringField(detail.getKey(), detail.getValue());
        }
        json.writeEndObject();
      }
      writeCause(json, entry.cause());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void writeCause(JsonGenerator json, Cause cause) throws IOException {
    json.writeNumberField("k", code(cause.kind()));
    Long user = cause.userId();
    if (user != null) {
      json.writeNumberField("u", user);
    }
    String reference = cause.reference();
    if (reference != null) {
      json.writeStringField("r", reference);
    }
    if (cause.starts() != null) {
      json.writeNumberField("h", cause.starts() == Cause.Starts.HELD ? 1 : 2);
    }
    if (!cause.chain().isEmpty()) {
      json.writeArrayFieldStart("s");
      for (Cause.Step step : cause.chain()) {
        json.writeStartArray();
        json.writeNumber(step.automationId());
        json.writeNumber(step.runId());
        json.writeString(step.card());
        json.writeEndArray();
      }
      json.writeEndArray();
    }
  }

  private static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number.toPlainString());
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        writeValue(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> item : map.entrySet()) {
        json.writeFieldName(String.valueOf(item.getKey()));
        writeValue(json, item.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }

  /** Changes stand first; they are read when somebody looks at them, and passed by here. */
  static Payload read(String text) {
    if (!text.startsWith(CHANGES)) {
      return readAll(text);
    }
    int begin = CHANGES.length() - 1;
    int end = end(text, begin);
    Payload rest = readAll("{" + text.substring(Math.min(end + 1, text.length() - 1)));
    String changes = text.substring(begin, end);
    return new Payload(new LateChanges(() -> readChanges(changes)), rest.detail(), rest.cause());
  }

  /** The place after the object that begins here. */
  private static int end(String text, int begin) {
    int depth = 0;
    for (int at = begin; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '"' -> at = closing(text, at);
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (--depth == 0) {
            return at + 1;
          }
        }
        default -> {
          // Part of a value that is no text.
        }
      }
    }
    throw new IllegalStateException("The changes of an event do not end");
  }

  /** The place of the quotation mark that ends the text which begins here. */
  private static int closing(String text, int quote) {
    int at = quote + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  private static Map<String, FieldChange> readChanges(String object) {
    Map<String, FieldChange> changes = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(object)) {
      json.nextToken();
      readChanges(json, changes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return changes;
  }

  private static Payload readAll(String text) {
    Map<String, FieldChange> changes = new LinkedHashMap<>();
    Map<String, String> detail = new LinkedHashMap<>();
    Cause.Kind kind = Cause.Kind.SYSTEM;
    Long user = null;
    String reference = null;
    Cause.Starts starts = null;
    List<Cause.Step> chain = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      String part;
      while ((part = json.nextFieldName()) != null) {
        json.nextToken();
        switch (part) {
          case "c" -> readChanges(json, changes);
          case "d" -> {
            while (json.nextToken() != JsonToken.END_OBJECT) {
              String key = json.currentName();
              detail.put(key, json.nextTextValue());
            }
          }
          case "k" -> kind = kind(json.getIntValue());
          case "u" -> user = json.getLongValue();
          case "r" -> reference = json.getText();
          case "h" -> starts = json.getIntValue() == 1 ? Cause.Starts.HELD : Cause.Starts.NONE;
          case "s" -> readChain(json, chain);
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Payload(changes, detail, new Cause(kind, user, reference, chain, starts));
  }

  private static void readChanges(JsonParser json, Map<String, FieldChange> changes)
      throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      json.nextToken();
      Object before = readValue(json);
      json.nextToken();
      Object after = readValue(json);
      json.nextToken();
      changes.put(key, new FieldChange(before, after));
    }
  }

  private static void readChain(JsonParser json, List<Cause.Step> chain) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      long automation = json.nextLongValue(0);
      long run = json.nextLongValue(0);
      String card = json.nextTextValue();
      json.nextToken();
      chain.add(new Cause.Step(automation, run, card));
    }
  }

  private static @Nullable Object readValue(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) json.getDecimalValue()
              : (Object) json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(readValue(json));
        }
        yield items;
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> items = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String key = json.currentName();
          json.nextToken();
          items.put(key, readValue(json));
        }
        yield items;
      }
      default -> null;
    };
  }

  private static int code(Cause.Kind kind) {
    return switch (kind) {
      case USER -> 1;
      case API -> 2;
      case AUTOMATION -> 3;
      case IMPORT -> 4;
      case CONNECTOR -> 5;
      case SYSTEM -> 6;
    };
  }

  private static Cause.Kind kind(int code) {
    return switch (code) {
      case 1 -> Cause.Kind.USER;
      case 2 -> Cause.Kind.API;
      case 3 -> Cause.Kind.AUTOMATION;
      case 4 -> Cause.Kind.IMPORT;
      case 5 -> Cause.Kind.CONNECTOR;
      default -> Cause.Kind.SYSTEM;
    };
  }
}
