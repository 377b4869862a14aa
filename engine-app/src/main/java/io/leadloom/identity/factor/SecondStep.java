package io.leadloom.identity.factor;

import io.leadloom.identity.profile.AuthenticationProfile;
import io.leadloom.identity.profile.AuthenticationProfiles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides what comes after a right password. */
@Component
public class SecondStep {

  private final SecondFactors factors;
  private final RememberedDevices devices;
  private final AuthenticationProfiles profiles;

  SecondStep(SecondFactors factors, RememberedDevices devices, AuthenticationProfiles profiles) {
    this.factors = factors;
    this.devices = devices;
    this.profiles = profiles;
  }

  /** What comes after a right password. */
  public enum Needed {
    /** Nothing: the user is in. */
    NOTHING,
    /** A code of the app or a recovery code. */
    CODE,
    /** Setting up a second factor, because the user's profile mandates it (PLT-068). */
    ENROLMENT
  }

  /**
   * What a browser has to do.
   *
   * @param device what the browser kept of a remembered device; null for nothing
   */
  public Needed of(long userId, @Nullable String device) {
    if (factors.since(userId).isPresent()) {
      return devices.knows(userId, device) ? Needed.NOTHING : Needed.CODE;
    }
    return mandated(userId) ? Needed.ENROLMENT : Needed.NOTHING;
  }

  /** Whether the user's profile mandates a second factor. */
  public boolean mandated(long userId) {
    return profiles.of(userId).filter(AuthenticationProfile::secondFactor).isPresent();
  }
}
