package io.leadloom.identity.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a user, for those who administer users.
 *
 * @param emailConfirmed whether somebody vouches for the e-mail address; null when there is none
 * @param invitedAt when the last invitation was asked for; null when there is none, or it was accepted
 * @param invitationUntil when its link ends; null while the mail has not left
 */
record UserStanding(
    State state,
    @Nullable Boolean emailConfirmed,
    @Nullable Instant lastSignInAt,
    @Nullable Instant invitedAt,
    @Nullable Instant invitationUntil) {

  /** States of users; the first that fits counts. */
  enum State {
    /** Cannot sign in and own nothing new. */
    INACTIVE,
    /** Has to wait after wrong passwords. */
    LOCKED,
    /** Has been invited and not set a password yet. */
    INVITED,
    /** The link of the invitation has ended, or the mail server refused the mail. */
    INVITATION_FAILED,
    /** Has no password and no invitation. */
    NOT_INVITED,
    ACTIVE;

    /** The name in JSON, for example {@code invitationFailed}. */
    String key() {
      return switch (this) {
        case INVITATION_FAILED -> "invitationFailed";
        case NOT_INVITED -> "notInvited";
        default -> name().toLowerCase(Locale.ROOT);
      };
    }

    static Optional<State> of(String key) {
      return Arrays.stream(values()).filter(state -> state.key().equals(key)).findFirst();
    }
  }
}
