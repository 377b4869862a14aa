package io.leadloom.record.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.leadloom.schema.Field;
import io.leadloom.schema.Money;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The custom values of a record as one JSON object. Keys are the permanent ids of the fields, so that the values of a
 * deleted field are gone at once and a field of the same name never sees them.
 */
final class CustomDocument {

  /** What a row holds at most, in characters. */
  static final int LARGEST = 1_000_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LARGEST).build())
          .build();

  private CustomDocument() {}

  /** Writes the values of custom fields; null when there are none. */
  static @Nullable String write(
      Values values, java.util.function.Function<String, @Nullable Field> customField) {
    StringWriter out = null;
    JsonGenerator json = null;
    try {
      for (Map.Entry<String, @Nullable Object> entry : values.asMap().entrySet()) {
        Object value = entry.getValue();
        Field field = value == null ? null : customField.apply(entry.getKey());
        if (field == null || value == null) {
          continue;
        }
        if (json == null) {
          out = new StringWriter(512);
          json = JSON.createGenerator(out);
          json.writeStartObject();
        }
        json.writeFieldName(Long.toString(field.id()));
        writeValue(json, value);
      }
      if (json == null || out == null) {
        return null;
      }
      json.writeEndObject();
      json.close();
      return out.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeValue(JsonGenerator json, Object value) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeString(number.toPlainString());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Money money) {
      json.writeString(money.amount().toPlainString() + " " + money.currency());
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        json.writeString(String.valueOf(element));
      }
      json.writeEndArray();
    } else {
      json.writeString(value.toString());
    }
  }

  /**
   * Adds the values to a record's; values of fields that the schema does not know are left out.
   *
   * @param unknown hears of the ids of those fields
   */
  static void read(String document, Schema schema, Values into, LongConsumer unknown) {
    try (JsonParser json = JSON.createParser(document)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        long id = Long.parseLong(json.currentName());
        Field field = schema.field(id).orElse(null);
        json.nextToken();
        if (field == null) {
          unknown.accept(id);
          json.skipChildren();
        } else {
          into.with(field.key(), readValue(json, field));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object readValue(JsonParser json, Field field) throws IOException {
    return switch (field.type()) {
      case TEXT, LONG_TEXT, DROPDOWN, EMAIL, PHONE, URL -> json.getText();
      case WHOLE_NUMBER, USER, RECORD_LINK -> json.getLongValue();
      case DECIMAL -> new BigDecimal(json.getText());
      case MONEY -> {
        String text = json.getText();
        int space = text.indexOf(' ');
        yield new Money(new BigDecimal(text.substring(0, space)), text.substring(space + 1));
      }
      case BOOLEAN -> json.getBooleanValue();
      case DATE -> LocalDate.parse(json.getText());
      case DATE_TIME -> Instant.parse(json.getText());
      case MULTI_SELECT -> {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          texts.add(json.getText());
        }
        yield List.copyOf(texts);
      }
    };
  }
}
