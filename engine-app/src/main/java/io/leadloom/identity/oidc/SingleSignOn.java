package io.leadloom.identity.oidc;

import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.outgoing.OutgoingHttp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * The door for people whom a provider vouches for, for the chain of security filters: {@code /oauth2/authorization/<id>}
 * sends a browser to a provider, {@code /login/oauth2/code/<id>} takes it back. Authorization code with PKCE, state and
 * nonce; all of it is Spring Security's, with calls that go through the guard of outgoing addresses.
 */
@Component
public class SingleSignOn {

  private static final String START = "/oauth2/authorization";

  private final Registrations registrations;
  private final SignOnEnd end;
  private final OutgoingHttp http;
  private final Attempts attempts;
  private final StartLimit starts;

  SingleSignOn(
      Registrations registrations,
      SignOnEnd end,
      OutgoingHttp http,
      Attempts attempts,
      StartLimit starts) {
    this.attempts = attempts;
    this.starts = starts;
    this.registrations = registrations;
    this.end = end;
    this.http = http;
  }

  /** The filters in their order; no beans, as beans of their kind would run outside of the security chain too. */
  public List<Filter> filters() {
    AskedProviders asked = new AskedProviders();
    OAuth2AuthorizationRequestRedirectFilter start =
        new OAuth2AuthorizationRequestRedirectFilter(new Questions(registrations));
    start.setAuthorizationRequestRepository(asked);
    start.setAuthenticationFailureHandler(end);
    OAuth2LoginAuthenticationFilter back =
        new OAuth2LoginAuthenticationFilter(
            registrations, new NothingKept(), Registrations.CALLBACK + "*");
    back.setAuthorizationRequestRepository(asked);
    back.setAuthenticationManager(
        authentication -> {
          // Each answer of a provider costs calls to it, also one that somebody made up.
          attempts
              .begin(SignOnEnd.attempt(authentication))
              .ifPresent(
                  wait -> {
                    throw new SignOnRefusal(
                        SignOnRefusal.Reason.WAIT, "Too many tries from this address");
                  });
          return new ProviderManager(provider()).authenticate(authentication);
        });
    back.setAuthenticationSuccessHandler(end);
    back.setAuthenticationFailureHandler(end);
    return List.of(starts.before(START), start, back);
  }

  /** What swaps a code for tokens and checks them. Made for each sign-in: those are few, and most starts see none. */
  private OidcAuthorizationCodeAuthenticationProvider provider() {
    RestClientAuthorizationCodeTokenResponseClient tokens =
        new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(
        RestClient.builder()
            .requestFactory(http.requests())
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.add(new FormHttpMessageConverter());
                  converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    RestTemplate plain = new RestTemplate(http.requests());
    plain.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
    DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
    userInfo.setRestOperations(plain);
    OidcUserService people = new OidcUserService();
    people.setOauth2UserService(userInfo);
    OidcAuthorizationCodeAuthenticationProvider provider =
        new OidcAuthorizationCodeAuthenticationProvider(tokens, people);
    provider.setJwtDecoderFactory(registrations);
    return provider;
  }

  /** Asks a provider: with PKCE, also where there is a client secret, and with the page that comes afterwards. */
  private static final class Questions implements OAuth2AuthorizationRequestResolver {

    private final DefaultOAuth2AuthorizationRequestResolver usual;

    Questions(Registrations registrations) {
      this.usual = new DefaultOAuth2AuthorizationRequestResolver(registrations, START);
      this.usual.setAuthorizationRequestCustomizer(
          OAuth2AuthorizationRequestCustomizers.withPkce());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
      return withNext(usual.resolve(request), request);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String id) {
      return withNext(usual.resolve(request, id), request);
    }

    private static @Nullable OAuth2AuthorizationRequest withNext(
        @Nullable OAuth2AuthorizationRequest question, HttpServletRequest request) {
      return question == null
          ? null
          : OAuth2AuthorizationRequest.from(question)
              .attributes(
                  all ->
                      all.put(
                          AskedProviders.NEXT,
                          AskedProviders.own(request.getParameter(AskedProviders.NEXT))))
              .build();
    }
  }

  /** Nobody calls a provider on a person's behalf afterwards, so its tokens are not kept. */
  private static final class NothingKept implements OAuth2AuthorizedClientRepository {

    @Override
    // The interface expects null for a client that is not there.
    @SuppressWarnings("NullAway")
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
        String registration, Authentication principal, HttpServletRequest request) {
      return null;
    }

    @Override
    public void saveAuthorizedClient(
        OAuth2AuthorizedClient client,
        Authentication principal,
        HttpServletRequest request,
        HttpServletResponse response) {}

    @Override
    public void removeAuthorizedClient(
        String registration,
        Authentication principal,
        HttpServletRequest request,
        HttpServletResponse response) {}
  }
}
