package io.leadloom.record.share;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A share as its history keeps it (AUT-081 to AUT-083, AUT-D06).
 *
 * @param user who may look at the opportunity
 * @param reason why it failed; null unless it did
 * @param writtenAt since when there is access; null while there is none
 * @param expiresAt the planned end
 * @param accessUntil the end as it is known now: the planned one, or when it was stopped
 * @param stopped who or what stopped it; null for nobody
 */
public record Share(
    long id,
    long opportunity,
    long user,
    ShareAccess access,
    ShareStatus status,
    @Nullable String reason,
    ShareTime time,
    Instant requestedAt,
    @Nullable Instant writtenAt,
    @Nullable Instant expiresAt,
    @Nullable Instant accessUntil,
    Origin by,
    @Nullable Origin stopped) {

  /**
   * Who or what shares or stops: a card of a run, or somebody through the API (AUT-082).
   *
   * @param user null for a run, and for the account's own key
   * @param automation null for a person
   * @param card the id of the card in the automation
   */
  public record Origin(
      @Nullable Long user,
      @Nullable Long automation,
      @Nullable Long run,
      @Nullable String card,
      int visit) {

    static Origin api(@Nullable Long user) {
      return new Origin(user, null, null, null, 0);
    }

    public static Origin card(long automation, long run, String card, int visit) {
      return new Origin(null, automation, run, card, visit);
    }
  }

  /** Whether it gives access at a moment. */
  public boolean living(Instant now) {
    return accessUntil != null && accessUntil.isAfter(now);
  }
}
