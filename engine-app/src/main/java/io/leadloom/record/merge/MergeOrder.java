package io.leadloom.record.merge;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be merged.
 *
 * @param survivor the record that stays
 * @param version the version of it that the caller has seen; null to merge whatever stands there
 * @param others the records that become part of it, in the order in which they fill its gaps
 * @param take the id of the record whose value a field gets, by the field's key; a field that is not named keeps the
 *     survivor's value, or gets the first of the others' when it has none
 */
public record MergeOrder(
    RecordRef survivor, @Nullable Integer version, List<Other> others, Map<String, Long> take) {

  public MergeOrder {
    others = List.copyOf(others);
    take = Map.copyOf(take);
  }

  /**
   * A record that becomes part of another.
   *
   * @param version the version that the caller has seen; null to merge whatever stands there
   */
  public record Other(long id, @Nullable Integer version) {}

  EntityType type() {
    return survivor.type();
  }
}
