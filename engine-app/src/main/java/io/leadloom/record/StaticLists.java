package io.leadloom.record;

import java.util.Optional;

/** The door to the static lists themselves; members come and go through {@link RecordCommand}. */
public interface StaticLists {

  /** Finds a list by its name (without letter case) or its id as text. */
  Optional<StaticList> find(String nameOrId);

  /** A named set of leads or contacts. */
  record StaticList(long id, String name) {}
}
