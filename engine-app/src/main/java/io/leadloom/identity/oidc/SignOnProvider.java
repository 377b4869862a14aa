package io.leadloom.identity.oidc;

import io.leadloom.identity.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider of OpenID Connect that people sign in with, without its client secret.
 *
 * @param name what the button on the sign-in page says
 * @param issuer its issuer URL; the rest of its addresses stands below that
 * @param scopes what it is asked for, {@code openid} among it
 * @param domains e-mail domains in lower case whose people may come in; empty for all
 * @param newcomers the role of people who are unknown here and get a user at their first sign-in; null to refuse them
 * @param signOut whether signing out here signs out there too, if the provider offers that
 * @param version the base of optimistic locking
 */
public record SignOnProvider(
    long id,
    String name,
    String issuer,
    String clientId,
    List<String> scopes,
    List<String> domains,
    @Nullable Role newcomers,
    boolean signOut,
    boolean active,
    int version) {

  public SignOnProvider {
    scopes = List.copyOf(scopes);
    domains = List.copyOf(domains);
  }
}
