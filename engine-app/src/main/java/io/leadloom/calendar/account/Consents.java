package io.leadloom.calendar.account;

import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.calendar.outside.OutsideFailure;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import io.leadloom.calendar.outside.ProviderAddresses;
import io.leadloom.calendar.outside.Silence;
import io.leadloom.platform.outgoing.OutgoingHttp;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Asks providers for the consent of users, by Spring Security: the code flow of OAuth 2 with PKCE, and refreshing. */
@Component
class Consents {

  /** What providers answer to a client that they do not know, and to one that may not. */
  private static final Set<Integer> NAMED = Set.of(401, 403);

  private static final int TOO_MANY = 429;
  private static final String UNREADABLE = "unreadable_answer";

  private final ProviderAddresses addresses;
  private final OutgoingHttp http;
  private final Silence silence;

  Consents(ProviderAddresses addresses, OutgoingHttp http, Silence silence) {
    this.addresses = addresses;
    this.http = http;
    this.silence = silence;
  }

  private ClientRegistration registration(
      CalendarProvider provider, ProviderClients.Client client, String redirect) {
    ProviderAddresses.Of where = addresses.of(provider);
    return ClientRegistration.withRegistrationId(provider.key())
        .clientId(client.id())
        .clientSecret(client.secret())
        .clientAuthenticationMethod(
            provider == CalendarProvider.ZOOM
                ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                : ClientAuthenticationMethod.CLIENT_SECRET_POST)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(redirect)
        .scope(provider.scopes())
        .authorizationUri(where.authorize())
        .tokenUri(where.token())
        .build();
  }

  /** What the browser is sent to ask, and what proves afterwards that it was we who asked. */
  record Question(String address, String verifier) {

    /** Without the proof. */
    @Override
    public String toString() {
      return "Question";
    }
  }

  Question ask(
      CalendarProvider provider, ProviderClients.Client client, String redirect, String state) {
    OAuth2AuthorizationRequest.Builder builder =
        OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri(addresses.of(provider).authorize())
            .clientId(client.id())
            .redirectUri(redirect)
            .scopes(Set.copyOf(provider.scopes()))
            .state(state);
    OAuth2AuthorizationRequestCustomizers.withPkce().accept(builder);
    if (provider == CalendarProvider.GOOGLE) {
      // Google gives no refresh token otherwise, or only the first time.
      builder.additionalParameters(
          more -> {
            more.put("access_type", "offline");
            more.put("prompt", "consent");
          });
    } else if (provider == CalendarProvider.MICROSOFT) {
      builder.additionalParameters(more -> more.put("prompt", "select_account"));
    }
    OAuth2AuthorizationRequest request = builder.build();
    return new Question(
        request.getAuthorizationRequestUri(),
        String.valueOf(request.<Object>getAttribute(PkceParameterNames.CODE_VERIFIER)));
  }

  /** Swaps the code for tokens. */
  OAuth2AccessTokenResponse redeem(
      CalendarProvider provider,
      ProviderClients.Client client,
      String redirect,
      String state,
      String verifier,
      String code)
      throws OutsideFailure {
    OAuth2AuthorizationRequest question =
        OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri(addresses.of(provider).authorize())
            .clientId(client.id())
            .redirectUri(redirect)
            .state(state)
            .attributes(Map.of(PkceParameterNames.CODE_VERIFIER, verifier))
            .build();
    OAuth2AuthorizationResponse answer =
        OAuth2AuthorizationResponse.success(code).redirectUri(redirect).state(state).build();
    RestClientAuthorizationCodeTokenResponseClient endpoint =
        new RestClientAuthorizationCodeTokenResponseClient();
    endpoint.setRestClient(calls(provider));
    return tokens(
        provider,
        () ->
            endpoint.getTokenResponse(
                new OAuth2AuthorizationCodeGrantRequest(
                    registration(provider, client, redirect),
                    new OAuth2AuthorizationExchange(question, answer))));
  }

  /** Fresh tokens for those that have expired. */
  OAuth2AccessTokenResponse refresh(
      CalendarProvider provider, ProviderClients.Client client, AccountRows.Tokens tokens)
      throws OutsideFailure {
    RestClientRefreshTokenTokenResponseClient endpoint =
        new RestClientRefreshTokenTokenResponseClient();
    endpoint.setRestClient(calls(provider));
    OAuth2AccessToken expired =
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER, tokens.access(), null, tokens.expiresAt());
    return tokens(
        provider,
        () ->
            endpoint.getTokenResponse(
                new OAuth2RefreshTokenGrantRequest(
                    registration(provider, client, "https://leadloom.invalid/"),
                    expired,
                    new OAuth2RefreshToken(tokens.refresh(), null))));
  }

  private OAuth2AccessTokenResponse tokens(
      CalendarProvider provider, Supplier<OAuth2AccessTokenResponse> call) throws OutsideFailure {
    URI address = URI.create(addresses.of(provider).token());
    silence.check(provider, address);
    try {
      OAuth2AccessTokenResponse given = call.get();
      silence.answered(address);
      return given;
    } catch (OAuth2AuthorizationException e) {
      if (e.getCause() instanceof ResourceAccessException lost) {
        silence.unanswered(address, lost.getCause());
      } else {
        silence.answered(address);
      }
      String code = e.getError().getErrorCode();
      boolean ended = code.equals(OAuth2ErrorCodes.INVALID_GRANT);
      boolean ours =
          code.equals(OAuth2ErrorCodes.INVALID_CLIENT)
              || code.equals(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);
      throw new OutsideFailure(
          ended ? Kind.CONSENT : ours ? Kind.REFUSED : Kind.LATER,
          ended
              ? provider.label() + " does not accept the consent any more"
              : ours
                  ? provider.label()
                      + " does not accept the client id or secret that an administrator has set"
                  : provider.label() + " gives no access now");
    }
  }

  /** Spring Security reads errors in answers of status 400 only. */
  private static void named(ClientHttpResponse response) throws IOException {
    OAuth2Error error;
    try {
      error = new OAuth2ErrorHttpMessageConverter().read(OAuth2Error.class, response);
    } catch (HttpMessageNotReadableException e) {
      error = new OAuth2Error(UNREADABLE);
    }
    throw new OAuth2AuthorizationException(error);
  }

  /**
   * Takes a consent back.
   *
   * @param client who proves itself, where the provider wants that
   */
  void revoke(CalendarProvider provider, ProviderClients.@Nullable Client client, String token)
      throws OutsideFailure {
    URI address = URI.create(addresses.of(provider).revoke());
    silence.check(provider, address);
    LinkedMultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("token", token);
    int status;
    try {
      status =
          Objects.requireNonNull(
              RestClient.builder()
                  .requestFactory(http.requests(provider.key()))
                  .build()
                  .post()
                  .uri(address)
                  .headers(
                      headers -> {
                        if (client != null) {
                          headers.setBasicAuth(client.id(), client.secret());
                        }
                      })
                  .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                  .body(form)
                  .exchange((request, response) -> response.getStatusCode().value()));
      silence.answered(address);
    } catch (ResourceAccessException e) {
      silence.unanswered(address, e.getCause());
      throw new OutsideFailure(Kind.LATER, provider.label() + " does not answer");
    }
    if (status / 100 != 2) {
      // 400 says that the token is none any more.
      throw new OutsideFailure(
          status == 400
              ? Kind.GONE
              : status == TOO_MANY || status >= 500 ? Kind.LATER : Kind.REFUSED,
          provider.label() + " answered " + status + " to the end of a consent");
    }
  }

  private RestClient calls(CalendarProvider provider) {
    return RestClient.builder()
        .requestFactory(http.requests(provider.key()))
        .messageConverters(
            converters -> {
              converters.clear();
              converters.add(new FormHttpMessageConverter());
              converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
            })
        .defaultStatusHandler(
            status -> NAMED.contains(status.value()), (request, response) -> named(response))
        .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
        .build();
  }
}
