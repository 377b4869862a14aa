package io.leadloom.identity.oidc;

import io.leadloom.platform.outgoing.OutgoingHttp;
import io.leadloom.platform.vault.Vault;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * The active providers as Spring Security wants them, and what checks their tokens. A registration's id is that of its
 * provider.
 */
@Component
class Registrations implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {

  /** Where a provider sends the browser back to; the id of the provider follows. */
  static final String CALLBACK = "/login/oauth2/code/";

  private static final String SIGNED_OUT = "/sign-in";

  /** Stands for the id of the provider. */
  static final String ID = "{registrationId}";

  private final KnownProviders providers;
  private final Discovery discovery;
  private final Vault vault;
  private final OutgoingHttp http;
  private final String base;
  private final String redirect;
  private final Map<String, Decoder> decoders = new ConcurrentHashMap<>();

  Registrations(
      KnownProviders providers,
      Discovery discovery,
      Vault vault,
      OutgoingHttp http,
      @Value("${leadloom.url:}") String url) {
    this.providers = providers;
    this.discovery = discovery;
    this.vault = vault;
    this.http = http;
    this.base = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url).strip();
    this.redirect = (base.isEmpty() ? "{baseUrl}" : base) + CALLBACK + ID;
  }

  /** What checks the tokens for one client, with the keys of its provider. */
  private record Decoder(
      String keys,
      String client,
      String issuer,
      Set<SignatureAlgorithm> algorithms,
      JwtDecoder checks) {

    boolean fits(ClientRegistration registration, Set<SignatureAlgorithm> now) {
      return algorithms.equals(now)
          && keys.equals(registration.getProviderDetails().getJwkSetUri())
          && client.equals(registration.getClientId())
          && issuer.equals(registration.getProviderDetails().getIssuerUri());
    }
  }

  /**
   * The registration of an active provider.
   *
   * @throws SignOnRefusal when there is none, or its endpoints cannot be found out
   */
  @Override
  public ClientRegistration findByRegistrationId(@Nullable String id) {
    ProviderRows.Stored stored = active(id);
    SignOnProvider provider = stored.provider();
    return discovery
        .of(provider.issuer())
        .registration()
        .registrationId(Long.toString(provider.id()))
        .clientName(provider.name())
        .clientId(provider.clientId())
        .clientSecret(vault.open(stored.sealed(), ProviderRows.purpose(provider.id())))
        .scope(provider.scopes())
        .redirectUri(redirect)
        .build();
  }

  /** Where a provider sends the browser back to, with what Spring Security replaces in it. */
  String callback() {
    return redirect;
  }

  /** Where a provider may send the browser when it has signed out there; a path when our own name is not known. */
  String signedOut() {
    return base + SIGNED_OUT;
  }

  /** The same, as the browser of this request knows us. */
  String signedOut(HttpServletRequest request) {
    return base.isEmpty()
        ? ServletUriComponentsBuilder.fromContextPath(request).path(SIGNED_OUT).toUriString()
        : signedOut();
  }

  /** The active provider with this id. */
  SignOnProvider provider(@Nullable String id) {
    return active(id).provider();
  }

  private ProviderRows.Stored active(@Nullable String id) {
    return Optional.ofNullable(id)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .flatMap(text -> providers.find(Long.parseLong(text)))
        .filter(stored -> stored.provider().active())
        .orElseThrow(
            () ->
                new SignOnRefusal(
                    SignOnRefusal.Reason.UNKNOWN_PROVIDER, "There is no such provider"));
  }

  @Override
  public JwtDecoder createDecoder(ClientRegistration registration) {
    // Read again with what else the provider says of itself.
    Set<SignatureAlgorithm> algorithms =
        algorithms(registration.getProviderDetails().getIssuerUri());
    return decoders
        .compute(
            registration.getRegistrationId(),
            (id, known) ->
                known != null && known.fits(registration, algorithms)
                    ? known
                    : decoder(registration, algorithms))
        .checks();
  }

  private Decoder decoder(ClientRegistration registration, Set<SignatureAlgorithm> algorithms) {
    String keys = registration.getProviderDetails().getJwkSetUri();
    String issuer = registration.getProviderDetails().getIssuerUri();
    // Kept, so that the provider's keys are fetched when one is unknown and not for each sign-in.
    NimbusJwtDecoder checks =
        NimbusJwtDecoder.withJwkSetUri(keys)
            .jwsAlgorithms(all -> all.addAll(algorithms))
            .restOperations(new RestTemplate(http.requests()))
            .build();
    checks.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
    checks.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
    return new Decoder(keys, registration.getClientId(), issuer, algorithms, checks);
  }

  /** Those that the provider says it signs with; never one with a shared secret, and never none. */
  private Set<SignatureAlgorithm> algorithms(String issuer) {
    Set<SignatureAlgorithm> algorithms = new LinkedHashSet<>();
    for (String name : discovery.of(issuer).algorithms()) {
      SignatureAlgorithm algorithm = SignatureAlgorithm.from(name);
      if (algorithm != null) {
        algorithms.add(algorithm);
      }
    }
    if (algorithms.isEmpty()) {
      algorithms.add(SignatureAlgorithm.RS256);
    }
    return algorithms;
  }
}
