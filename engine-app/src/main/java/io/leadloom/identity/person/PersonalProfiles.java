package io.leadloom.identity.person;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.company.ContactForms;
import io.leadloom.platform.company.FormTexts;
import io.leadloom.platform.html.CleanHtml;
import io.leadloom.platform.picture.Picture;
import io.leadloom.platform.picture.Pictures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Personal profiles: everybody changes the own one and nobody else's. */
@Component
public class PersonalProfiles {

  private static final int PHOTO_SIDE = 512;
  private static final int LONGEST_SIGNATURE = 20_000;

  private static final FormTexts TEXTS =
      new FormTexts(
          wrong -> {
            throw refused(wrong);
          });

  private final ProfileRows rows;
  private final Staff staff;
  private final Pictures pictures;
  private final AccountSettings settings;
  private final AuditTrail trail;

  PersonalProfiles(
      ProfileRows rows,
      Staff staff,
      Pictures pictures,
      AccountSettings settings,
      AuditTrail trail) {
    this.rows = rows;
    this.staff = staff;
    this.pictures = pictures;
    this.settings = settings;
    this.trail = trail;
  }

  /**
   * A profile with what is kept about the user.
   *
   * @param version of both together; rises with each change of either
   */
  public record Shown(Account account, PersonalProfile profile, int version) {

    static Shown of(Account account, PersonalProfile profile) {
      return new Shown(account, profile, account.version() + profile.version());
    }
  }

  /**
   * What is to stand in a profile; what is missing is emptied, but the name stays, and reminders by mail are on.
   *
   * @param password the present password, which another e-mail address asks for: mails with links that set a password
   *     go there
   */
  public record Wanted(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String email,
      @Nullable String password,
      @Nullable String phone,
      @Nullable String mobile,
      @Nullable String jobTitle,
      @Nullable String timeZone,
      @Nullable String locale,
      @Nullable String meetingLocation,
      @Nullable Map<String, List<Availability.Text>> availability,
      @Nullable String signature,
      @Nullable Boolean followUpMail) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Wanted[version=" + version + "]";
    }
  }

  /** The profile of a user. */
  @Transactional(readOnly = true)
  public Shown of(long userId) {
    return Shown.of(staff.account(userId), rows.read(userId));
  }

  /** Changes a profile. */
  public Shown change(long userId, Wanted wanted) {
    String email =
        TEXTS.form(
            "email", wanted.email(), ContactForms::email, "an address such as name@example.com");
    String present = staff.account(userId).email();
    boolean moves = email == null ? present != null : !email.equalsIgnoreCase(present);
    if (moves) {
      if (wanted.password() == null || wanted.password().isEmpty()) {
        throw refused(
            "current", null, "your present password, as links to your account go to this address");
      }
      staff.verifyPassword(userId, wanted.password());
    }
    PersonalProfile texts = texts(userId, wanted);
    staff.aside(
        userId,
        () -> {
          Shown before = of(userId);
          if (!Objects.equals(wanted.version(), before.version())) {
            throw RefusedException.outdated("the profile", wanted.version(), before.version());
          }
          if (moves) {
            checkNobodyElseHas(email, userId);
          }
          staff.changeOwn(
              userId,
              new Staff.AccountChange(
                  before.account().version(),
                  wanted.name(),
                  Objects.requireNonNullElse(moves ? email : present, ""),
                  Objects.requireNonNullElse(phone("phone", wanted.phone(), "+49 30 901820"), ""),
                  null,
                  null,
                  null,
                  Objects.requireNonNullElse(wanted.timeZone(), ""),
                  language(wanted.locale()),
                  null));
          write(before, texts.withPhoto(before.profile().photo()));
          return userId;
        });
    return of(userId);
  }

  private void checkNobodyElseHas(@Nullable String email, long userId) {
    String folded = Folded.of(email);
    if (folded != null
        && staff.roster().accounts().stream()
            .filter(other -> other.active() && other.id() != userId)
            .anyMatch(
                other ->
                    folded.equals(Folded.of(other.email()))
                        || folded.equals(Folded.of(other.login())))) {
      throw refused("email", email, "an address that no other user has");
    }
  }

  /** Chooses the language of the pages; null for that of the account. */
  public void speak(long userId, @Nullable String locale) {
    staff.change(
        userId,
        new Staff.AccountChange(
            null, null, null, null, null, null, null, null, language(locale), null));
  }

  /** Puts another photo in the place of the present one, or removes it. */
  public Shown changePhoto(long userId, byte @Nullable [] file) {
    Picture fresh = file == null ? null : Picture.of("photo", file, PHOTO_SIDE);
    staff.aside(
        userId,
        () -> {
          Shown before = of(userId);
          if (fresh == null) {
            pictures.remove(place(userId));
          } else {
            pictures.put(place(userId), fresh);
          }
          write(before, before.profile().withPhoto(fresh == null ? null : fresh.hash()));
          return userId;
        });
    return of(userId);
  }

  /** The photo of a user. */
  @Transactional(readOnly = true)
  public Optional<Picture> photo(long userId) {
    return pictures.find(place(userId));
  }

  private void write(Shown shown, PersonalProfile after) {
    PersonalProfile before = shown.profile();
    AuditEvent event =
        AuditEvent.of("profile.changed", "user", shown.account().id(), shown.account().login())
            .change("jobTitle", before.jobTitle(), after.jobTitle())
            .change("mobile", before.mobile(), after.mobile())
            .change("meetingLocation", before.meetingLocation(), after.meetingLocation())
            .change(
                "availability", rows.text(before.availability()), rows.text(after.availability()))
            .change("signature", before.signature(), after.signature())
            .change("photo", before.photo(), after.photo())
            .change("followUpMail", before.followUpMail(), after.followUpMail());
    if (!event.unchanged()) {
      rows.write(after);
      trail.record(event);
    }
  }

  private PersonalProfile texts(long userId, Wanted wanted) {
    String signature = wanted.signature();
    if (signature != null && signature.length() > LONGEST_SIGNATURE) {
      throw refused("signature", null, "at most " + LONGEST_SIGNATURE + " characters");
    }
    String clean = signature == null || signature.isBlank() ? null : CleanHtml.of(signature);
    return new PersonalProfile(
        userId,
        TEXTS.line("jobTitle", wanted.jobTitle(), 100),
        phone("mobile", wanted.mobile(), "+49 170 1234567"),
        TEXTS.line("meetingLocation", wanted.meetingLocation(), 500),
        Availability.read(Objects.requireNonNullElse(wanted.availability(), Map.of())),
        clean == null || clean.isBlank() ? null : clean,
        null,
        !Boolean.FALSE.equals(wanted.followUpMail()),
        0);
  }

  private @Nullable String phone(String field, @Nullable String given, String example) {
    return TEXTS.form(
        field,
        given,
        text -> ContactForms.phone(text, settings.region()),
        "a phone number such as " + example);
  }

  private static String language(@Nullable String locale) {
    if (locale == null || locale.isBlank()) {
      return "";
    }
    if (!AccountSettings.LANGUAGES.contains(locale)) {
      throw refused("locale", locale, "one of " + String.join(", ", AccountSettings.LANGUAGES));
    }
    return locale;
  }

  private static String place(long userId) {
    return "user:" + userId;
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return refused(Violation.of(field, value, expectation));
  }

  private static RefusedException refused(Violation wrong) {
    return RefusedException.invalid("The profile cannot be saved", wrong);
  }
}
