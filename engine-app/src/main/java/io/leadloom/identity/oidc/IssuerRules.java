package io.leadloom.identity.oidc;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.outgoing.OutgoingHttp;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which addresses a provider may have: those that the guard of outgoing calls lets through. */
@Component
class IssuerRules {

  private static final String EXAMPLE = "an address such as https://login.example.com";

  private final OutgoingHttp http;

  IssuerRules(OutgoingHttp http) {
    this.http = http;
  }

  /** Refuses an issuer that must not be called, or is none. */
  void check(String issuer) {
    refusal(issuer)
        .or(
            () ->
                issuer.contains("?") || issuer.contains("#")
                    ? Optional.of(EXAMPLE)
                    : Optional.empty())
        .ifPresent(
            expectation -> {
              throw RefusedException.invalid(
                  "The issuer cannot be used", Violation.of("issuer", issuer, expectation));
            });
  }

  /** Why an address cannot be called, as an expectation; empty when it can. */
  Optional<String> refusal(String address) {
    try {
      return http.refusal(new URI(address));
    } catch (URISyntaxException e) {
      return Optional.of(EXAMPLE);
    }
  }
}
