package io.leadloom.identity.web;

import io.leadloom.identity.profile.AuthenticationProfile;
import io.leadloom.identity.profile.AuthenticationProfiles;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Needs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Authentication profiles, for administrators (PLT-065 to PLT-076). */
@RestController
@RequestMapping("/api/v1/authentication-profiles")
class AuthenticationProfileController {

  private final AuthenticationProfiles profiles;
  private final String mobile;

  AuthenticationProfileController(
      AuthenticationProfiles profiles, @Value("${leadloom.mobile-url:}") String mobile) {
    this.profiles = profiles;
    this.mobile = mobile;
  }

  record Profiles(List<AuthenticationProfile> items, boolean mobile) {}

  record Input(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String description,
      @Nullable Boolean secondFactor,
      @Nullable Boolean mobileRedirect,
      @Nullable List<Long> members) {}

  @GetMapping
  @Needs(administrator = true)
  Profiles all() {
    return new Profiles(profiles.all(), !mobile.isBlank());
  }

  @PostMapping
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  AuthenticationProfile create(@RequestBody Input input) {
    return profiles.create(wanted(input));
  }

  @PatchMapping("/{id}")
  @Needs(administrator = true)
  AuthenticationProfile change(@PathVariable long id, @RequestBody Input input) {
    return profiles.change(id, input.version(), wanted(input));
  }

  @DeleteMapping("/{id}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    profiles.delete(id);
  }

  private AuthenticationProfiles.Wanted wanted(Input input) {
    if (Boolean.TRUE.equals(input.mobileRedirect()) && mobile.isBlank()) {
      throw RefusedException.invalid(
          "There is no mobile web app to send users to",
          Violation.of("mobileRedirect", true, "false, until leadloom.mobile-url names one"));
    }
    return new AuthenticationProfiles.Wanted(
        input.name(),
        input.description(),
        input.secondFactor(),
        input.mobileRedirect(),
        input.members());
  }
}
