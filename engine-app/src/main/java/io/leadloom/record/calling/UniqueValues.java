package io.leadloom.record.calling;

/** Compares what leads of lists have in a column that becomes unique (LEAD-209). */
public interface UniqueValues {

  /** So many leads with a value are compared while an administrator waits. */
  int MOST = 50_000;

  /** And so many are looked at, with a value or without: fields and uploads wait meanwhile. */
  long MOST_LOOKED_AT = 500_000;

  /**
   * Compares the leads in the lists of all processes of a definition, whose rows are locked, each within the lists that it
   * is compared in (LEAD-212), and keeps their values for those that come later.
   *
   * @param after the definition as it shall be
   * @return how many leads share their value with another one
   */
  long shared(TableDefinition after, TableColumn column);
}
