package io.leadloom.decision;

import io.leadloom.rules.verdict.Assignment;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The decision tables of the {@code rules} module (AUT-060). */
public interface DecisionTables {

  /** The names of all tables, for example {@code territory}. */
  List<String> names();

  /**
   * A table by its name.
   *
   * @throws io.leadloom.platform.RefusedException (NOT_FOUND) when there is none
   */
  DecisionTable named(String name);

  /** One table that says who shall own a lead. Thread-safe. */
  interface DecisionTable {

    /** The keys of the lead fields that tables read. */
    Set<String> fields();

    /** For each lead, in order, what the first row that fits says; empty when no row fits. */
    List<Optional<Assignment>> assign(List<Values> leads);
  }
}
