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
   * Puts exactly those into the trash that have a stage now. What is given the stage later is left alone.
   *
   * @param confirmed how many there shall be
   * @throws io.leadloom.platform.RefusedException for who may not delete everybody's, when there are more or fewer than were
   *     confirmed, and when there are too many for one go
   */
  void trash(Collection<String> forms, long confirmed);
}
