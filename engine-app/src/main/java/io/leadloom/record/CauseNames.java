package io.leadloom.record;

import java.util.Collection;
import java.util.Map;

/** Knows what automations are called, for histories that name them as causes. */
public interface CauseNames {

  /** The names of those automations that still have one. */
  Map<Long, String> automations(Collection<Long> ids);
}
