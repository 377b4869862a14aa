package io.leadloom.identity.profile;

import java.util.List;

/**
 * Users with common sign-in settings (PLT-066).
 *
 * @param secondFactor whether its users need a second factor (PLT-068)
 * @param mobileRedirect whether its users are sent to the mobile web app after they signed in (PLT-070)
 * @param members user ids; a user is in one profile at most (PLT-D13)
 * @param version the base of optimistic locking
 */
public record AuthenticationProfile(
    long id,
    String name,
    String description,
    boolean secondFactor,
    boolean mobileRedirect,
    List<Long> members,
    int version) {

  public AuthenticationProfile {
    members = List.copyOf(members);
  }
}
