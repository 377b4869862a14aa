package io.leadloom.record;

import io.leadloom.platform.permission.Rights;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The smart lists, for those who name them by their ids. */
public interface SmartListDirectory {

  /** The name of a list; empty when it is not there. */
  Optional<String> name(long id);

  /** The names, by id, of those of the lists that somebody sees. */
  Map<Long, String> seen(Set<Long> ids, Rights rights);
}
