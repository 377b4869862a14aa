package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import java.util.Collection;
import java.util.Map;

/** What the keeper of the records does for custom fields; called inside the transaction of the field's change. */
public interface FieldData {

  /** How many records have a value in the field. */
  long count(Field field);

  /** How many leads of lists have a value in the field. All of them are read: not for callers that hold the definitions. */
  long countListed(Field field);

  /** How many leads of lists have a choice, see {@link #countChoice}; with the same warning. */
  long countListed(String kind, Collection<String> forms);

  /** Forgets the field's slot values and unique values; the values themselves go with the field's id. */
  void forget(Field field);

  /**
   * Fills slot and unique values from the records' values after the field took a slot or became unique.
   *
   * @throws io.leadloom.platform.RefusedException when it is unique and two live records share a value
   */
  void index(Field field);

  /**
   * How many records of each entity have a choice; those in the trash count, since they can come back.
   *
   * @param kind {@code stage}, {@code status}, {@code source}, {@code group} or {@code rating}
   * @param forms all that records may keep for it
   */
  Map<EntityType, Long> countChoice(String kind, Collection<String> forms);
}
