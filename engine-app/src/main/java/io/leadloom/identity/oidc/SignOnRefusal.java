package io.leadloom.identity.oidc;

import java.util.Locale;
import org.springframework.security.core.AuthenticationException;

/** A sign-in with a provider that ends without anybody being signed in. */
public final class SignOnRefusal extends AuthenticationException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why; the sign-in page has a sentence for each. */
  public enum Reason {
    /** The provider is gone or switched off. */
    UNKNOWN_PROVIDER,
    /** It does not answer, or answers nonsense where its addresses should stand. */
    UNREACHABLE,
    /** Too late, started in another window, or not asked for by this browser. */
    EXPIRED,
    /** Too many tries from this address. */
    WAIT,
    /** The person said no at the provider. */
    CANCELLED,
    /** What the provider says does not hold: signature, nonce, issuer, receiver. */
    INVALID,
    /** It gives no e-mail address, or one that it has not verified. */
    EMAIL_NOT_VERIFIED,
    /** The person's address is of another domain. */
    OTHER_DOMAIN,
    /** Nobody here has the person's address. */
    UNKNOWN_PERSON,
    /** A user here has entered it in the own profile, and nobody has confirmed it. */
    EMAIL_NOT_CONFIRMED,
    /** Several users here have it. */
    SEVERAL_USERS,
    /** The user is inactive. */
    INACTIVE;

    /** The name in addresses and in the audit trail. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public SignOnRefusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  SignOnRefusal(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
