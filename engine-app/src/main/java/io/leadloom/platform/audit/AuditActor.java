package io.leadloom.platform.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who acted.
 *
 * @param userId the user, when it is known which one
 * @param name the login, or what acted by itself, for example {@code import 12}
 * @param apiKey the name of the API key that was used
 * @param address the network address the request came from
 */
public record AuditActor(
    Kind kind,
    @Nullable Long userId,
    String name,
    @Nullable String apiKey,
    @Nullable String address) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ADDRESS = 64;

  public AuditActor {
    name = AuditEvent.cut(name, LONGEST_NAME);
    apiKey = apiKey == null ? null : AuditEvent.cut(apiKey, LONGEST_NAME);
    address = address == null ? null : AuditEvent.cut(address, LONGEST_ADDRESS);
  }

  /** Kinds of actors. */
  public enum Kind {
    USER,
    KEY,
    SYSTEM;

    /** The name in JSON and in the database. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT));
    }
  }

  /** Leadloom itself, with the address of the request that it answers, if any. */
  public static AuditActor system(String name) {
    return new AuditActor(Kind.SYSTEM, null, name, null, requestAddress());
  }

  /** A user whose sign-in is not (or no longer) in the current request, with the request's address. */
  public static AuditActor user(long id, String login) {
    return new AuditActor(Kind.USER, id, login, null, requestAddress());
  }

  /** Whoever the current request acts for; Leadloom itself outside of requests. */
  static AuditActor current() {
    return ActingPrincipal.current().map(AuditActor::of).orElseGet(() -> system("system"));
  }

  private static AuditActor of(ActingPrincipal acting) {
    String key = acting.apiKey();
    return new AuditActor(
        key == null ? Kind.USER : Kind.KEY,
        acting.account() ? null : acting.id(),
        acting.login(),
        key,
        requestAddress());
  }

  private static @Nullable String requestAddress() {
    RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
    return Optional.ofNullable(attributes)
        .filter(ServletRequestAttributes.class::isInstance)
        .map(ServletRequestAttributes.class::cast)
        .map(ServletRequestAttributes::getRequest)
        .map(HttpServletRequest::getRemoteAddr)
        .orElse(null);
  }
}
