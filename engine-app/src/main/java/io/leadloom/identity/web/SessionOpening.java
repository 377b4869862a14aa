package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.person.PersonalProfiles;
import io.leadloom.identity.profile.AuthenticationProfile;
import io.leadloom.identity.profile.AuthenticationProfiles;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.LastSignIns;
import io.leadloom.platform.company.AccountSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.stereotype.Component;

/** Opens a browser's session at the end of a sign-in and tells the pages whose it is. */
@Component
class SessionOpening {

  private final BrowserSessions sessions;
  private final Staff staff;
  private final AuthenticationProfiles profiles;
  private final PersonalProfiles people;
  private final AccountSettings settings;
  private final LastSignIns signIns;
  private final String mobile;

  SessionOpening(
      BrowserSessions sessions,
      Staff staff,
      AuthenticationProfiles profiles,
      PersonalProfiles people,
      AccountSettings settings,
      LastSignIns signIns,
      @Value("${leadloom.mobile-url:}") String mobile) {
    this.sessions = sessions;
    this.staff = staff;
    this.profiles = profiles;
    this.people = people;
    this.settings = settings;
    this.signIns = signIns;
    this.mobile = mobile;
  }

  /**
   * Who is signed in.
   *
   * @param locale the language of the pages: the user's own, else the account's; null for that of the browser
   * @param redirect the mobile web app that this user works in (PLT-071); null for these pages
   */
  record Me(Person user, String timeZone, @Nullable String locale, @Nullable String redirect) {}

  /**
   * The person.
   *
   * @param photo the address of the own photo; null for none
   */
  record Person(long id, String login, String name, List<String> roles, @Nullable String photo) {}

  /**
   * Opens a session.
   *
   * @param ends how often all sessions of the user had been ended before the user was checked
   */
  void open(long userId, long ends, HttpServletRequest request, HttpServletResponse response) {
    sessions.open(request, userId, ends);
    signIns.note(userId);
    CookieCsrfTokenRepository csrf = CookieCsrfTokenRepository.withHttpOnlyFalse();
    csrf.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    csrf.saveToken(csrf.generateToken(request), request, response);
  }

  Me me(long userId) {
    Account account = staff.account(userId);
    String zone = account.timeZone();
    String locale = account.locale();
    boolean redirected =
        !mobile.isBlank()
            && profiles.of(userId).filter(AuthenticationProfile::mobileRedirect).isPresent();
    return new Me(
        new Person(
            account.id(),
            account.login(),
            account.name(),
            account.roles().stream().sorted().map(Role::key).toList(),
            people.of(userId).profile().photoAddress()),
        zone == null ? settings.timeZone().getId() : zone,
        locale == null ? settings.language().orElse(null) : locale,
        redirected ? mobile : null);
  }
}
