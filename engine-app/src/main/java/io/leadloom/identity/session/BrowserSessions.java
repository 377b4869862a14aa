package io.leadloom.identity.session;

import io.leadloom.platform.vault.Digests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens, lists and ends the sessions of browsers. They stand in the database, so that one that was ended is over on every
 * node with its next request.
 */
@Component
public class BrowserSessions {

  private static final String USER = "leadloom.user";
  private static final String PENDING = "leadloom.pending";
  private static final Duration PENDING_LASTS = Duration.ofMinutes(10);
  private static final String SIGNED_IN_AT = "leadloom.signedInAt";
  private static final String ADDRESS = "leadloom.address";
  private static final String DEVICE = "leadloom.device";
  private static final String SIGN_OUT = "leadloom.signOut";
  private static final int LONGEST_DEVICE = 300;

  private final FindByIndexNameSessionRepository<? extends Session> sessions;
  private final JdbcTemplate jdbc;
  private final SessionEnds ends;
  private final SessionSettings settings;
  private final Clock clock;

  BrowserSessions(
      FindByIndexNameSessionRepository<? extends Session> sessions,
      JdbcTemplate jdbc,
      SessionEnds ends,
      SessionSettings settings,
      Clock clock) {
    this.sessions = sessions;
    this.jdbc = jdbc;
    this.ends = ends;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * An open session.
   *
   * @param handle names it for its user; unlike its id it opens nothing
   * @param current whether the asking request belongs to it
   * @param device what the browser says of itself
   */
  public record Open(
      String handle,
      boolean current,
      String device,
      String address,
      Instant signedInAt,
      Instant lastUsedAt) {}

  /**
   * A sign-in in which a password was right and the second step is waited for.
   *
   * @param ends what {@link #ends} was before the password was checked
   */
  public record Waiting(long userId, long ends) {}

  /**
   * How often all sessions of the user were ended at once. Whoever opens a session asks for it before checking the user:
   * when they are ended between the check and the opening, the opened one ends too.
   */
  public long ends(long userId) {
    return ends.of(userId);
  }

  /**
   * Begins a session; one that the browser has already ends, so that an id that somebody planted is worth nothing.
   *
   * @param seen what {@link #ends} was before the user was checked
   */
  public void open(HttpServletRequest request, long userId, long seen) {
    HttpSession session = fresh(request, userId, seen);
    session.setAttribute(USER, userId);
    session.setAttribute(SIGNED_IN_AT, clock.instant().toEpochMilli());
    session.setAttribute(ADDRESS, String.valueOf(request.getRemoteAddr()));
    String device = String.valueOf(request.getHeader(HttpHeaders.USER_AGENT));
    session.setAttribute(
        DEVICE, device.length() > LONGEST_DEVICE ? device.substring(0, LONGEST_DEVICE) : device);
  }

  /** Begins a session in which a password was right and the second step is waited for; it opens nothing yet. */
  public void openPending(HttpServletRequest request, Waiting waiting) {
    HttpSession session = fresh(request, waiting.userId(), waiting.ends());
    session.setAttribute(PENDING, waiting.userId());
    session.setAttribute(SIGNED_IN_AT, clock.instant().toEpochMilli());
  }

  /**
   * Whose second step the session of the request waits for, ten minutes long and until the sessions of the user are
   * ended.
   */
  public Optional<Waiting> pending(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null
            && session.getAttribute(PENDING) instanceof Long user
            && session.getAttribute(SIGNED_IN_AT) instanceof Long since
            && session.getAttribute(SessionEnds.SEEN) instanceof Long seen
            && Instant.ofEpochMilli(since).plus(PENDING_LASTS).isAfter(clock.instant())
            && seen == ends.of(user)
        ? Optional.of(new Waiting(user, seen))
        : Optional.empty();
  }

  private static HttpSession fresh(HttpServletRequest request, long userId, long seen) {
    String kept = keptForSignOut(request, userId);
    close(request);
    HttpSession session = request.getSession(true);
    session.setAttribute(
        FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, Long.toString(userId));
    session.setAttribute(SessionEnds.SEEN, seen);
    if (kept != null) {
      session.setAttribute(SIGN_OUT, kept);
    }
    return session;
  }

  /** The second step and a new password continue the session of the same user. */
  private static @Nullable String keptForSignOut(HttpServletRequest request, long userId) {
    HttpSession before = request.getSession(false);
    return before != null
            && (Objects.equals(before.getAttribute(USER), userId)
                || Objects.equals(before.getAttribute(PENDING), userId))
            && before.getAttribute(SIGN_OUT) instanceof String kept
        ? kept
        : null;
  }

  /** Keeps in the session of the request what is needed when it ends: a text that the caller has sealed. */
  public static void keepForSignOut(HttpServletRequest request, String sealed) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.setAttribute(SIGN_OUT, sealed);
    }
  }

  /** What the session of the request keeps for its end. */
  public static Optional<String> keptForSignOut(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(SIGN_OUT) instanceof String kept
        ? Optional.of(kept)
        : Optional.empty();
  }

  /** Ends the session of the request, if it has one. */
  public static void close(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** Whose session the request belongs to; empty when there is none or it has lasted too long. */
  public OptionalLong user(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null
        || !(session.getAttribute(USER) instanceof Long user)
        || !(session.getAttribute(SIGNED_IN_AT) instanceof Long since)) {
      return OptionalLong.empty();
    }
    if (!Instant.ofEpochMilli(since).plus(settings.longest()).isAfter(clock.instant())) {
      session.invalidate();
      return OptionalLong.empty();
    }
    return OptionalLong.of(user);
  }

  /** The open sessions of a user, last used first. */
  public List<Open> of(long userId, HttpServletRequest request) {
    HttpSession own = request.getSession(false);
    String ownId = own == null ? null : own.getId();
    Instant eldest = clock.instant().minus(settings.longest());
    return sessions.findByPrincipalName(Long.toString(userId)).values().stream()
        .filter(session -> session.getAttribute(USER) != null && !session.isExpired())
        .map(session -> shown(session, ownId))
        .filter(open -> open.signedInAt().isAfter(eldest))
        .sorted(Comparator.comparing(Open::lastUsedAt).reversed())
        .toList();
  }

  private static Open shown(Session session, @Nullable String ownId) {
    return new Open(
        handle(session.getId()),
        session.getId().equals(ownId),
        session.getAttributeOrDefault(DEVICE, ""),
        session.getAttributeOrDefault(ADDRESS, ""),
        Instant.ofEpochMilli(session.getAttributeOrDefault(SIGNED_IN_AT, 0L)),
        session.getLastAccessedTime());
  }

  /** Ends one session of a user. Returns whether there was such a one. */
  public boolean end(long userId, String handle) {
    Map<String, ? extends Session> open = sessions.findByPrincipalName(Long.toString(userId));
    for (String id : open.keySet()) {
      if (handle(id).equals(handle)) {
        sessions.deleteById(id);
        return true;
      }
    }
    return false;
  }

  /** Ends all sessions of a user, in the transaction that makes it necessary if there is one. */
  @Transactional
  public int endAll(long userId) {
    ends.note(userId);
    return jdbc.update(
        "delete from SPRING_SESSION where PRINCIPAL_NAME = ?", Long.toString(userId));
  }

  /** Ends all sessions of a user but that of the request. */
  @Transactional
  public int endOthers(long userId, HttpServletRequest request) {
    ends.note(userId);
    HttpSession own = request.getSession(false);
    return jdbc.update(
        "delete from SPRING_SESSION where PRINCIPAL_NAME = ? and SESSION_ID <> ?",
        Long.toString(userId),
        own == null ? "" : own.getId());
  }

  private static String handle(String id) {
    return Digests.hex(Objects.requireNonNull(id)).substring(0, 24);
  }
}
