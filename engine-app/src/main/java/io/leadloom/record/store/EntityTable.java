package io.leadloom.record.store;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of an entity: which delivered field stands in which column. */
public final class EntityTable {

  private static final Map<String, String> SPECIAL =
      Map.of(
          "group",
          "lead_group",
          "user",
          "by_user_id",
          "createdBy",
          "created_by",
          "updatedBy",
          "updated_by",
          "value",
          "deal_value");

  private final EntityType entity;
  private final List<Column> columns;
  private final List<String> names;
  private final String selectList;

  /**
   * A column.
   *
   * @param key the key of the field it holds
   * @param name the name in the database
   */
  public record Column(String key, FieldType type, String name) {}

  private EntityTable(EntityType entity, List<Column> columns) {
    this.entity = entity;
    this.columns = List.copyOf(columns);
    List<String> all = new ArrayList<>(List.of("id", "version", "trashed_at", "custom"));
    for (Column column : columns) {
      all.add(column.name());
      if (column.type() == FieldType.MONEY) {
        all.add(column.name() + "_currency");
      }
    }
    this.names = List.copyOf(all);
    this.selectList = "r." + String.join(", r.", all);
  }

  static EntityTable of(EntityType entity, Schema schema) {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields(entity)) {
      if (field.system()) {
        columns.add(new Column(field.key(), field.type(), columnName(field)));
      }
    }
    return new EntityTable(entity, columns);
  }

  /** The column of a delivered field. */
  public static String columnName(Field field) {
    String special = SPECIAL.get(field.key());
    if (special != null) {
      return special;
    }
    String snake = field.key().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    return field.type() == FieldType.USER || field.type() == FieldType.RECORD_LINK
        ? snake + "_id"
        : snake;
  }

  /** The name of an entity's table. */
  public static String name(EntityType entity) {
    return entity.path();
  }

  /** The name of the side table with the values of filterable custom fields. */
  public static String slots(EntityType entity) {
    return entity.key() + "_slot";
  }

  /** The number that stands for an entity in tables of marks. */
  public static int code(EntityType entity) {
    return entity.ordinal() + 1;
  }

  EntityType entity() {
    return entity;
  }

  List<Column> columns() {
    return columns;
  }

  /** All columns, with the table's alias {@code r}, in the order that {@link RowReader} expects. */
  String selectList() {
    return selectList;
  }

  /** The names of all columns, in the order that {@link RowReader} and {@link RowWriter} expect. */
  List<String> names() {
    return names;
  }
}
