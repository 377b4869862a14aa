package io.leadloom.record;

import java.util.Optional;

/** The smart lists, for those who name them by their ids. */
public interface SmartListDirectory {

  /** The name of a list; empty when it is not there. */
  Optional<String> name(long id);
}
