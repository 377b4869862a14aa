package io.leadloom.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.schema.Field.Limits;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The custom fields in their table. */
@Component
class FieldRows {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final JdbcTemplate jdbc;
  private final FieldConversion conversion;

  FieldRows(JdbcTemplate jdbc, FieldConversion conversion) {
    this.jdbc = jdbc;
    this.conversion = conversion;
  }

  List<Field> all() {
    return jdbc.query(
        "select * from custom_field order by entity, activity_type, position, id", this::read);
  }

  private Field read(ResultSet row, int n) throws SQLException {
    EntityType entity = EntityType.valueOf(row.getString("entity"));
    String link = row.getString("link");
    String activityType = row.getString("activity_type");
    Field field =
        new Field(
            row.getLong("id"),
            entity,
            activityType.isEmpty() ? null : activityType,
            row.getString("field_key"),
            row.getString("label"),
            FieldType.valueOf(row.getString("field_type")),
            false,
            false,
            row.getBoolean("mandatory"),
            row.getBoolean("is_unique"),
            row.getBoolean("filterable"),
            row.getString("slot"),
            texts(row.getString("choices")),
            link == null ? null : EntityType.valueOf(link),
            null,
            new Limits(
                number(row.getBigDecimal("minimum")),
                number(row.getBigDecimal("maximum")),
                row.getObject("max_length") == null ? null : row.getInt("max_length"),
                row.getString("pattern")));
    String defaultValue = row.getString("default_value");
    return defaultValue == null ? field : withDefault(field, parse(defaultValue));
  }

  private Field withDefault(Field field, @Nullable Object natural) {
    Object value =
        conversion.fromNatural(field, natural) instanceof Converted.Value typed
            ? typed.value()
            : null;
    return new Field(
        field.id(),
        field.entity(),
        field.activityType(),
        field.key(),
        field.label(),
        field.type(),
        false,
        false,
        field.mandatory(),
        field.unique(),
        field.filterable(),
        field.slot(),
        field.options(),
        field.link(),
        value,
        field.limits());
  }

  void insert(Field field, @Nullable String placeholder, int position, Instant now) {
    jdbc.update(
        "insert into custom_field (entity, activity_type, field_key, label, field_type, mandatory, is_unique,"
            + " filterable, slot, choices, link, default_value, minimum, maximum, max_length, pattern, position,"
            + " created_at, id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        field.entity().name(),
        field.activityType() == null ? "" : field.activityType(),
        field.key(),
        field.label(),
        field.type().name(),
        field.mandatory(),
        field.unique(),
        field.filterable(),
        field.slot(),
        write(field.options()),
        field.link() == null ? null : field.link().name(),
        write(FieldConversion.toNatural(field.defaultValue())),
        field.limits().minimum(),
        field.limits().maximum(),
        field.limits().maxLength(),
        field.limits().pattern(),
        position,
        Utc.column(now),
        field.id());
    if (placeholder != null && !placeholder.isBlank()) {
      jdbc.update(
          "insert into field_look (field_id, version, placeholder, disabled, criterion) values (?, ?, ?, ?, ?)",
          field.id(),
          0,
          placeholder.strip(),
          false,
          true);
    }
  }

  void update(Field field) {
    jdbc.update(
        "update custom_field set label = ?, mandatory = ?, is_unique = ?, filterable = ?, slot = ?, choices = ?,"
            + " default_value = ?, minimum = ?, maximum = ?, max_length = ?, pattern = ? where id = ?",
        field.label(),
        field.mandatory(),
        field.unique(),
        field.filterable(),
        field.slot(),
        write(field.options()),
        write(FieldConversion.toNatural(field.defaultValue())),
        field.limits().minimum(),
        field.limits().maximum(),
        field.limits().maxLength(),
        field.limits().pattern(),
        field.id());
  }

  void delete(long id) {
    jdbc.update("delete from field_look where field_id = ?", id);
    jdbc.update("delete from custom_field where id = ?", id);
  }

  private static @Nullable String write(@Nullable Object value) {
    if (value == null || (value instanceof List<?> list && list.isEmpty())) {
      return null;
    }
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass() + " as JSON", e);
    }
  }

  private static @Nullable Object parse(String json) {
    try {
      return JSON.readValue(json, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The default value of a field is not JSON: " + json, e);
    }
  }

  private static @Nullable BigDecimal number(@Nullable BigDecimal stored) {
    return stored == null ? null : FieldConversion.plain(stored, 0);
  }

  private static List<String> texts(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    return parse(json) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
