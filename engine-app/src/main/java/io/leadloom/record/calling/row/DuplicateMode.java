package io.leadloom.record.calling.row;

/** What becomes of a row whose number is in scope already (LEAD-064 to LEAD-071). */
public enum DuplicateMode {
  SKIP,
  UPDATE,
  MIGRATE
}
