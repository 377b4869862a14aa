package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import java.util.List;

/** The record's own id, which filters may name beside its fields; it is compared as a link to the record is. */
public final class IdField {

  public static final String KEY = "id";

  private IdField() {}

  public static Field of(EntityType entity) {
    return new Field(
        0,
        entity,
        null,
        KEY,
        "Id",
        FieldType.RECORD_LINK,
        true,
        true,
        true,
        true,
        true,
        null,
        List.of(),
        entity,
        null,
        Field.Limits.NONE);
  }
}
