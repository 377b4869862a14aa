package io.leadloom.identity.oidc;

import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.platform.vault.Vault;
import io.leadloom.platform.vault.VaultException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * Signs out at the provider too, where that is chosen for the provider and it offers that (OpenID Connect RP-Initiated
 * Logout). The session keeps for it what the provider has said of the person, sealed; whether a provider answers makes
 * nobody wait who leaves.
 */
@Component
public class SignOuts {

  private static final Logger LOG = LoggerFactory.getLogger(SignOuts.class);
  private static final String PURPOSE = "sign-out-hint";

  private final Registrations registrations;
  private final Discovery discovery;
  private final KnownProviders providers;
  private final Vault vault;

  SignOuts(
      Registrations registrations, Discovery discovery, KnownProviders providers, Vault vault) {
    this.registrations = registrations;
    this.discovery = discovery;
    this.providers = providers;
    this.vault = vault;
  }

  /**
   * Where a browser goes to sign out at the provider, too.
   *
   * @param provider its name
   */
  public record Elsewhere(String provider, String address) {}

  /** None of the three has a space in it. */
  private record Kept(long provider, String endpoint, String token) {

    String text() {
      return provider + " " + endpoint + " " + token;
    }

    static Kept of(String text) {
      String[] parts = text.split(" ", 3);
      return new Kept(Long.parseLong(parts[0]), parts[1], parts[2]);
    }
  }

  /** Lets the session that a person has just opened end at the provider as well. */
  void keep(HttpServletRequest request, SignOnProvider provider, OidcUser person) {
    String endpoint = provider.signOut() ? discovery.of(provider.issuer()).signOut() : null;
    if (endpoint != null) {
      String text = new Kept(provider.id(), endpoint, person.getIdToken().getTokenValue()).text();
      BrowserSessions.keepForSignOut(
          request, Base64.getEncoder().encodeToString(vault.seal(text, PURPOSE)));
    }
  }

  /** Where the browser of the request goes after its session has ended here; empty to stay. Asks nobody. */
  public Optional<Elsewhere> of(HttpServletRequest request) {
    return BrowserSessions.keptForSignOut(request)
        .flatMap(this::opened)
        .flatMap(kept -> elsewhere(kept, request));
  }

  private Optional<Kept> opened(String sealed) {
    try {
      return Optional.of(Kept.of(vault.open(Base64.getDecoder().decode(sealed), PURPOSE)));
    } catch (VaultException e) {
      LOG.warn("Signed out here and not at the provider: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Elsewhere> elsewhere(Kept kept, HttpServletRequest request) {
    return providers
        .find(kept.provider())
        .map(ProviderRows.Stored::provider)
        // As it is set up now, not as it was when the session began.
        .filter(SignOnProvider::signOut)
        .map(
            provider ->
                new Elsewhere(
                    provider.name(),
                    address(kept, provider.clientId(), registrations.signedOut(request))));
  }

  private static String address(Kept kept, String client, String back) {
    return kept.endpoint()
        + (kept.endpoint().contains("?") ? "&" : "?")
        + "id_token_hint="
        + encoded(kept.token())
        + "&client_id="
        + encoded(client)
        + "&post_logout_redirect_uri="
        + encoded(back);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
