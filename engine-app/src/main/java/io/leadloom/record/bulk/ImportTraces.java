package io.leadloom.record.bulk;

import io.leadloom.record.BulkOperation.Traces;
import org.jspecify.annotations.Nullable;

/** What imports have done, for those who take one back. */
public interface ImportTraces {

  /**
   * What the next part of an import did: for a record that it created {@code {"version"}}, for one that it changed {@code
   * {"version", "fields": {key: {"was", "is"}}}}. Beside them, under their negative ids, stand contacts that were made for
   * leads: {@code {"version"}}.
   *
   * @param after the place of the part before; 0 for the first part
   * @return null when there is no more
   */
  @Nullable Traces next(long importId, long after);
}
