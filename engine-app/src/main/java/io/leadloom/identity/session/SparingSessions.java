package io.leadloom.identity.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/**
 * Sessions that are not written for each request: when nothing in one has changed but the time of its last use, that is
 * noted once in a while. One that somebody is signed in to is looked at again after it is written, as the sessions of its
 * user may have been ended while it was opened.
 */
final class SparingSessions<S extends Session>
    implements FindByIndexNameSessionRepository<SparingSessions.Watched<S>> {

  private final FindByIndexNameSessionRepository<S> sessions;
  private final Duration useNoted;
  private final Predicate<Session> over;

  /**
   * @param over whether a session that was opened and is written now is over already
   */
  SparingSessions(
      FindByIndexNameSessionRepository<S> sessions, Duration useNoted, Predicate<Session> over) {
    this.sessions = sessions;
    this.useNoted = useNoted;
    this.over = over;
  }

  @Override
  public Watched<S> createSession() {
    return new Watched<>(sessions.createSession(), true);
  }

  @Override
  public void save(Watched<S> session) {
    if (session.over) {
      return;
    }
    Instant used = session.inner.getLastAccessedTime();
    if (session.changed || !used.isBefore(session.usedBefore.plus(useNoted))) {
      sessions.save(session.inner);
      session.changed = false;
      session.usedBefore = used;
    }
    if (session.opened) {
      session.opened = false;
      look(session);
    }
  }

  /** Ends a session that is over; also one of which nobody can tell. */
  private void look(Watched<S> session) {
    session.over = true;
    try {
      session.over = over.test(session.inner);
    } finally {
      if (session.over) {
        sessions.deleteById(session.inner.getId());
      }
    }
  }

  @Override
  // The filter expects null for a session that is not there.
  @SuppressWarnings("NullAway")
  public @Nullable Watched<S> findById(String id) {
    S found = sessions.findById(id);
    return found == null ? null : new Watched<>(found, false);
  }

  @Override
  public void deleteById(String id) {
    sessions.deleteById(id);
  }

  @Override
  public Map<String, Watched<S>> findByIndexNameAndIndexValue(String name, String value) {
    Map<String, Watched<S>> found = new HashMap<>();
    sessions
        .findByIndexNameAndIndexValue(name, value)
        .forEach((id, session) -> found.put(id, new Watched<>(session, false)));
    return found;
  }

  /** A session that knows whether it was changed. */
  static final class Watched<S extends Session> implements Session {

    private final S inner;
    private boolean changed;
    private boolean opened;
    private boolean over;
    private Instant usedBefore;

    private Watched(S inner, boolean fresh) {
      this.inner = inner;
      this.changed = fresh;
      this.usedBefore = inner.getLastAccessedTime();
    }

    @Override
    public String getId() {
      return inner.getId();
    }

    @Override
    public String changeSessionId() {
      changed = true;
      return inner.changeSessionId();
    }

    @Override
    // As in the interface, null stands for an attribute that is not there.
    @SuppressWarnings("NullAway")
    public <T> @Nullable T getAttribute(String name) {
      return inner.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNames() {
      return inner.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, Object value) {
      changed = true;
      opened |= name.equals(SessionEnds.SEEN);
      inner.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
      changed = true;
      inner.removeAttribute(name);
    }

    @Override
    public Instant getCreationTime() {
      return inner.getCreationTime();
    }

    @Override
    public void setLastAccessedTime(Instant moment) {
      inner.setLastAccessedTime(moment);
    }

    @Override
    public Instant getLastAccessedTime() {
      return inner.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
      changed = true;
      inner.setMaxInactiveInterval(interval);
    }

    @Override
    public Duration getMaxInactiveInterval() {
      return inner.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
      return inner.isExpired();
    }
  }
}
