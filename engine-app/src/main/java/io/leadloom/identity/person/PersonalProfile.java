package io.leadloom.identity.person;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says about himself (SET-039 to SET-043).
 *
 * @param meetingLocation where meetings take place, for invitations
 * @param signature cleaned HTML that is put under mails of this person
 * @param photo the hash of the photo; null for none
 * @param followUpMail whether reminders of follow-ups come by mail too (LEAD-091)
 */
public record PersonalProfile(
    long userId,
    @Nullable String jobTitle,
    @Nullable String mobile,
    @Nullable String meetingLocation,
    Availability availability,
    @Nullable String signature,
    @Nullable String photo,
    boolean followUpMail,
    int version) {

  static PersonalProfile empty(long userId) {
    return new PersonalProfile(userId, null, null, null, Availability.NONE, null, null, true, 0);
  }

  /** Where the photo is served; null for none. */
  public @Nullable String photoAddress() {
    return photo == null ? null : "/api/v1/users/" + userId + "/photo?v=" + photo;
  }

  PersonalProfile withAvailability(Availability hours) {
    return new PersonalProfile(
        userId, jobTitle, mobile, meetingLocation, hours, signature, photo, followUpMail, version);
  }

  PersonalProfile withPhoto(@Nullable String hash) {
    return new PersonalProfile(
        userId,
        jobTitle,
        mobile,
        meetingLocation,
        availability,
        signature,
        hash,
        followUpMail,
        version);
  }
}
