package io.leadloom.identity.person.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Users;
import io.leadloom.identity.person.Availability;
import io.leadloom.identity.person.PersonalProfile;
import io.leadloom.identity.person.PersonalProfiles;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.picture.PictureAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The own profile (SET-039 to SET-043, SET-135). It is changed in person, not by a key. */
@Tag(name = "Profile")
@RestController
@RequestMapping("/api/v1")
class PersonalProfileController {

  private final PersonalProfiles profiles;
  private final Users users;
  private final AccountSettings settings;

  PersonalProfileController(PersonalProfiles profiles, Users users, AccountSettings settings) {
    this.profiles = profiles;
    this.users = users;
    this.settings = settings;
  }

  /**
   * The own profile.
   *
   * @param timeZone the own zone; null for that of the account
   * @param accountTimeZone what that is now
   * @param locale the own language; null for that of the account
   * @param accountLocale what that is now; null for that of the browser
   * @param availability intervals by weekday, in the user's time zone
   * @param photo the address of the photo; null for none
   * @param followUpMail whether reminders of follow-ups come by mail too
   */
  record ProfileJson(
      long id,
      String login,
      String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String mobile,
      @Nullable String jobTitle,
      @Nullable String timeZone,
      String accountTimeZone,
      @Nullable String locale,
      @Nullable String accountLocale,
      @Nullable String meetingLocation,
      Map<String, List<Availability.Text>> availability,
      @Nullable String signature,
      @Nullable String photo,
      boolean followUpMail,
      int version) {}

  /** A language to choose. */
  record Language(@Nullable String locale) {}

  /** The own profile. */
  @GetMapping("/profile")
  @Operation(summary = "The own profile")
  ProfileJson profile() {
    return json(profiles.of(me()));
  }

  /** Changes it. */
  @PutMapping("/profile")
  @Operation(
      summary = "Change the own profile",
      description =
          "Needs the version that was read; what is missing is emptied. Another e-mail address needs the present"
              + " password. The signature is cleaned of everything that acts.")
  ProfileJson change(@RequestBody PersonalProfiles.Wanted wanted) {
    return json(profiles.change(inPerson(), wanted));
  }

  /** Chooses the language alone. */
  @PutMapping("/profile/language")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Choose the language of the pages: en, de, or nothing for the account's")
  void speak(@RequestBody Language language) {
    profiles.speak(inPerson(), language.locale());
  }

  /** Puts a photo there. */
  @PutMapping(value = "/profile/photo", consumes = MediaType.ALL_VALUE)
  @Operation(
      summary = "Upload the own photo",
      description = "The body is the file itself: PNG, JPG or SVG, at most 2 MB.")
  ProfileJson changePhoto(@RequestBody(required = false) byte @Nullable [] file) {
    return json(profiles.changePhoto(inPerson(), file == null ? new byte[0] : file));
  }

  /** Takes it away. */
  @DeleteMapping("/profile/photo")
  @Operation(summary = "Remove the own photo")
  ProfileJson removePhoto() {
    return json(profiles.changePhoto(inPerson(), null));
  }

  /** The photo of somebody. */
  @GetMapping("/users/{id}/photo")
  @Operation(summary = "The photo of a user, for everybody who is signed in")
  ResponseEntity<byte[]> photo(
      @PathVariable("id") long id, @RequestParam(required = false) @Nullable String v) {
    return profiles
        .photo(id)
        .map(picture -> PictureAnswer.of(picture, v))
        .orElseThrow(() -> RefusedException.notFound("photo of user", id));
  }

  private long me() {
    return users.current().map(Users.Person::id).orElseThrow(PersonalProfileController::forbidden);
  }

  private long inPerson() {
    if (ActingPrincipal.byKey()) {
      throw forbidden();
    }
    return me();
  }

  private static RefusedException forbidden() {
    return new RefusedException(
        RefusedException.Reason.FORBIDDEN,
        "A profile is changed by the person whose it is, not by a key",
        List.of());
  }

  private ProfileJson json(PersonalProfiles.Shown shown) {
    Account account = shown.account();
    PersonalProfile profile = shown.profile();
    return new ProfileJson(
        account.id(),
        account.login(),
        account.name(),
        account.email(),
        account.phone(),
        profile.mobile(),
        profile.jobTitle(),
        account.timeZone(),
        settings.timeZone().getId(),
        account.locale(),
        settings.language().orElse(null),
        profile.meetingLocation(),
        profile.availability().texts(),
        profile.signature(),
        profile.photoAddress(),
        profile.followUpMail(),
        shown.version());
  }
}
