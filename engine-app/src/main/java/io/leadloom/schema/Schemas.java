package io.leadloom.schema;

/** The door to the field definitions. */
public interface Schemas {

  /** The state of now, from memory; other nodes' changes arrive within two seconds. */
  Schema current();

  /** The state of now with a look at the database, for work that follows a change which another node has just made. */
  Schema latest();

  /** The latest state, which nobody changes before the caller's transaction ends. */
  Schema held();

  /**
   * Called when a record has a value of a field that a schema does not know: that of a deleted field may be left behind,
   * that of a new one not.
   *
   * @throws StaleSchemaException when the schema is not the latest; the next one that is asked for is
   */
  void confirmUnknown(Schema schema, long fieldId);
}
