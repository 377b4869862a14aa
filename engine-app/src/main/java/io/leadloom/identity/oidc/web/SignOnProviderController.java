package io.leadloom.identity.oidc.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.identity.Role;
import io.leadloom.identity.oidc.KnownProviders;
import io.leadloom.identity.oidc.SignOnCheck;
import io.leadloom.identity.oidc.SignOnProvider;
import io.leadloom.identity.oidc.SignOnProviders;
import io.leadloom.platform.permission.Needs;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

/** The providers of single sign-on: administrators set them up, the sign-in page asks which there are. */
@Tag(name = "Single sign-on")
@RestController
@RequestMapping("/api/v1")
class SignOnProviderController {

  private final SignOnProviders providers;
  private final KnownProviders known;
  private final SignOnCheck check;

  SignOnProviderController(SignOnProviders providers, KnownProviders known, SignOnCheck check) {
    this.providers = providers;
    this.known = known;
    this.check = check;
  }

  /** A button of the sign-in page. */
  record Choice(long id, String name) {}

  /**
   * A provider without its secret.
   *
   * @param newcomers the key of the role of people who are unknown here; null to refuse them
   * @param signOut whether signing out here signs out at the provider too
   * @param people how many people it has brought here
   */
  record ProviderJson(
      long id,
      String name,
      String issuer,
      String clientId,
      List<String> scopes,
      List<String> domains,
      @JsonInclude @Nullable String newcomers,
      boolean signOut,
      boolean active,
      int people,
      int version) {}

  /**
   * All of them.
   *
   * @param callback where a provider sends browsers back to, without the id of the provider that follows
   * @param signedOut where a provider may send browsers when they have signed out there
   */
  record Providers(List<ProviderJson> items, String callback, String signedOut) {}

  /**
   * A provider to be made, or a change of one: what is missing stays.
   *
   * @param newcomers the key of a role, or "" to refuse people who are unknown
   */
  record Input(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String issuer,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @Nullable List<String> scopes,
      @Nullable List<String> domains,
      @Nullable String newcomers,
      @Nullable Boolean signOut,
      @Nullable Boolean active) {

    SignOnProviders.Wanted wanted() {
      return new SignOnProviders.Wanted(
          name, issuer, clientId, clientSecret, scopes, domains, newcomers, signOut, active);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Input[name=" + name + "]";
    }
  }

  /** The providers that people can sign in with; open to everybody, as the sign-in page needs them. */
  @GetMapping("/session/providers")
  List<Choice> choices() {
    return known.active().stream()
        .map(provider -> new Choice(provider.id(), provider.name()))
        .toList();
  }

  @GetMapping("/settings/single-sign-on")
  @Needs(administrator = true)
  Providers all() {
    Map<Long, Integer> people = providers.people();
    return new Providers(
        providers.all().stream().map(provider -> json(provider, people)).toList(),
        check.callback(),
        check.signedOut());
  }

  @PostMapping("/settings/single-sign-on")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  ProviderJson create(@RequestBody Input input) {
    return json(providers.create(input.wanted()), Map.of());
  }

  @PatchMapping("/settings/single-sign-on/{id}")
  @Needs(administrator = true)
  ProviderJson change(@PathVariable long id, @RequestBody Input input) {
    return json(providers.change(id, input.version(), input.wanted()), providers.people());
  }

  @DeleteMapping("/settings/single-sign-on/{id}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    providers.delete(id);
  }

  /** Asks a provider now for its addresses and says how that went. */
  @PostMapping("/settings/single-sign-on/{id}/check")
  @Needs(administrator = true)
  SignOnCheck.Outcome check(@PathVariable long id) {
    return check.of(providers.one(id));
  }

  private static ProviderJson json(SignOnProvider provider, Map<Long, Integer> people) {
    Role newcomers = provider.newcomers();
    return new ProviderJson(
        provider.id(),
        provider.name(),
        provider.issuer(),
        provider.clientId(),
        provider.scopes(),
        provider.domains(),
        newcomers == null ? null : newcomers.key(),
        provider.signOut(),
        provider.active(),
        people.getOrDefault(provider.id(), 0),
        provider.version());
  }
}
