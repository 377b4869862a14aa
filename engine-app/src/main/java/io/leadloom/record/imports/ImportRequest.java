package io.leadloom.record.imports;

import io.leadloom.platform.EntityType;
import io.leadloom.record.imports.starts.Starts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to make of a file.
 *
 * @param activityType the type of the activities in it; null for other entities
 * @param match the field (or the header of the column) by which rows find the record they update; null to create a
 *     record for each row
 * @param duplicates what becomes of rows whose record is there already
 * @param fileName the name that users see
 * @param mapping field keys by header; an empty key leaves the column out; columns that are not named are mapped by key
 *     or label
 * @param createFields whether columns that are no field yet become custom fields
 * @param emptyValues texts that stand for "empty"
 * @param delimiter what stands between the cells of a CSV file; null to find out
 * @param encoding the encoding of a CSV file; null to find out
 * @param userId who imports; null for the account itself
 * @param starts whether its rows start automations
 * @param unreachable whether leads are taken that name no way of reaching the person (LEAD-217)
 */
public record ImportRequest(
    EntityType entity,
    @Nullable String activityType,
    @Nullable String match,
    Duplicates duplicates,
    String fileName,
    Map<String, String> mapping,
    boolean createFields,
    List<String> emptyValues,
    @Nullable Character delimiter,
    @Nullable String encoding,
    @Nullable Long userId,
    Starts starts,
    boolean unreachable) {

  public ImportRequest {
    mapping = Map.copyOf(mapping);
    emptyValues = List.copyOf(emptyValues);
  }

  /** A job's file once more, with another choice or read in another way; null for what is not given. */
  static ImportRequest again(
      ImportJob job,
      @Nullable ImportChoice choice,
      @Nullable Character delimiter,
      @Nullable String encoding) {
    return new ImportRequest(
        job.entity(),
        job.activityType(),
        choice == null ? null : choice.match(),
        choice == null ? job.duplicates() : choice.duplicates(),
        job.fileName(),
        Map.of(),
        false,
        job.plan().emptyValues(),
        delimiter,
        encoding,
        job.createdBy(),
        job.plan().starts(),
        choice == null ? job.plan().unreachable() : choice.unreachable());
  }

  /** No file yet. */
  static ImportRequest about(EntityType entity, @Nullable Long userId) {
    return new ImportRequest(
        entity,
        null,
        null,
        Duplicates.UPDATE,
        "",
        Map.of(),
        false,
        List.of(),
        null,
        null,
        userId,
        Starts.YES,
        false);
  }
}
