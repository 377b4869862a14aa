package io.leadloom.identity.oidc;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.stereotype.Component;

/** Tries a provider for whoever sets it up. Whether client and secret are right shows only when somebody signs in. */
@Component
public class SignOnCheck {

  private final Discovery discovery;
  private final Registrations registrations;

  SignOnCheck(Discovery discovery, Registrations registrations) {
    this.discovery = discovery;
    this.registrations = registrations;
  }

  /**
   * How it went.
   *
   * @param problem what is wrong, in a sentence; null when the provider answered well
   * @param endpoints the addresses that it named
   * @param signOut whether people can sign out there
   */
  public record Outcome(
      boolean reachable, @Nullable String problem, List<String> endpoints, boolean signOut) {}

  /** Asks the provider now, whatever is known of it. */
  public Outcome of(SignOnProvider provider) {
    try {
      Discovery.Found found = discovery.again(provider.issuer());
      ClientRegistration.ProviderDetails named =
          found
              .registration()
              .clientId(provider.clientId())
              .redirectUri(registrations.callback())
              .build()
              .getProviderDetails();
      return new Outcome(
          true,
          null,
          Stream.of(
                  named.getAuthorizationUri(),
                  named.getTokenUri(),
                  named.getUserInfoEndpoint().getUri(),
                  named.getJwkSetUri(),
                  found.signOut())
              .filter(Objects::nonNull)
              .toList(),
          found.signOut() != null);
    } catch (SignOnRefusal e) {
      return new Outcome(false, e.getMessage(), List.of(), false);
    }
  }

  /**
   * Where a provider sends browsers back to, without the id of the provider that follows; without scheme and host when
   * {@code leadloom.url} does not name them.
   */
  public String callback() {
    String whole = registrations.callback();
    return whole.substring(0, whole.length() - Registrations.ID.length()).replace("{baseUrl}", "");
  }

  /** Where a provider may send browsers when they have signed out there; a path as above. */
  public String signedOut() {
    return registrations.signedOut();
  }
}
