package io.leadloom.record;

import io.leadloom.platform.Cause;
import java.util.Collection;
import java.util.Map;

/** Knows what automations and their cards are called, for histories that name them as causes. */
public interface CauseNames {

  /** The names of those automations that still have one. */
  Map<Long, String> automations(Collection<Long> ids);

  /** What the cards of these steps were called in the version that acted; a step whose run is forgotten is left out. */
  Map<Cause.Step, String> cards(Collection<Cause.Step> steps);
}
