package io.leadloom.schema;

/** What the keeper of the records does for custom fields; called inside the transaction of the field's change. */
public interface FieldData {

  /** How many records have a value in the field. */
  long count(Field field);

  /** Forgets the field's slot values and unique values; the values themselves go with the field's id. */
  void forget(Field field);

  /**
   * Fills slot and unique values from the records' values after the field took a slot or became unique.
   *
   * @throws io.leadloom.platform.RefusedException when it is unique and two live records share a value
   */
  void index(Field field);

  /** Gives records that carry a choice its new label. */
  void renameChoice(String fieldKey, String before, String after);
}
