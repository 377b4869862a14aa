package io.leadloom.schema;

/** The door to the field definitions. */
public interface Schemas {

  /** The state of now, from memory; other nodes' changes arrive within two seconds. */
  Schema current();
}
