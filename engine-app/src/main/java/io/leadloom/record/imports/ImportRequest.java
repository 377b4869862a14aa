package io.leadloom.record.imports;

import io.leadloom.platform.EntityType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to make of a file.
 *
 * @param activityType the type of the activities in it; null for other entities
 * @param match the field (or the header of the column) by which rows find the record they update; null to create a
 *     record for each row
 * @param fileName the name that users see
 * @param mapping field keys by header; an empty key leaves the column out; columns that are not named are mapped by key
 *     or label
 * @param createFields whether columns that are no field yet become custom fields
 * @param emptyValues texts that stand for "empty"
 * @param delimiter what stands between the cells of a CSV file; null to find out
 * @param encoding the encoding of a CSV file; null to find out
 * @param userId who imports; null for the account itself
 */
public record ImportRequest(
    EntityType entity,
    @Nullable String activityType,
    @Nullable String match,
    String fileName,
    Map<String, String> mapping,
    boolean createFields,
    List<String> emptyValues,
    @Nullable Character delimiter,
    @Nullable String encoding,
    @Nullable Long userId) {

  public ImportRequest {
    mapping = Map.copyOf(mapping);
    emptyValues = List.copyOf(emptyValues);
  }
}
