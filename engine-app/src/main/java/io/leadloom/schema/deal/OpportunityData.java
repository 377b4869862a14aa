package io.leadloom.schema.deal;

import java.util.Collection;

/** What the keeper of opportunities does when their stage goes; called inside the transaction of that change (REV-030). */
public interface OpportunityData {

  /**
   * How many have a stage, those in the trash left out.
   *
   * @param forms all that records may keep for it
   */
  long live(Collection<String> forms);

  /**
   * Puts all that have a stage into the trash.
   *
   * @throws io.leadloom.platform.RefusedException for who may not delete everybody's, and when there are too many for one go
   */
  void trash(Collection<String> forms);
}
