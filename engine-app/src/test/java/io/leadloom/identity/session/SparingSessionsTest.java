package io.leadloom.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.MapSession;
import org.springframework.session.Session;

class SparingSessionsTest {

  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private final Written written = new Written();
  private final SparingSessions<MapSession> sessions =
      new SparingSessions<>(written, Duration.ofMinutes(1), this::over);
  private boolean ended;
  private int looks;

  private boolean over(Session session) {
    looks++;
    assertThat(written.kept).as("it looks after writing").containsKey(session.getId());
    return ended;
  }

  /** Counts what is written. */
  private static final class Written implements FindByIndexNameSessionRepository<MapSession> {

    private final Map<String, MapSession> kept = new HashMap<>();
    private int times;

    @Override
    public MapSession createSession() {
      MapSession session = new MapSession();
      session.setLastAccessedTime(START);
      return session;
    }

    @Override
    public void save(MapSession session) {
      times++;
      kept.put(session.getId(), new MapSession(session));
    }

    @Override
    public @Nullable MapSession findById(String id) {
      MapSession found = kept.get(id);
      return found == null ? null : new MapSession(found);
    }

    @Override
    public void deleteById(String id) {
      kept.remove(id);
    }

    @Override
    public Map<String, MapSession> findByIndexNameAndIndexValue(String name, String value) {
      return Map.copyOf(kept);
    }
  }

  private String made() {
    SparingSessions.Watched<MapSession> session = sessions.createSession();
    sessions.save(session);
    return session.getId();
  }

  private SparingSessions.Watched<MapSession> used(String id, Duration later) {
    SparingSessions.Watched<MapSession> session = sessions.findById(id);
    session.setLastAccessedTime(START.plus(later));
    return session;
  }

  @Test
  void aNewSessionIsWrittenOnce() {
    SparingSessions.Watched<MapSession> session = sessions.createSession();
    sessions.save(session);
    sessions.save(session);
    assertThat(written.times).isOne();
  }

  @Test
  void useAloneIsWrittenOnceAMinute() {
    String id = made();
    sessions.save(used(id, Duration.ofSeconds(59)));
    assertThat(written.times).isOne();
    sessions.save(used(id, Duration.ofSeconds(60)));
    assertThat(written.times).isEqualTo(2);
    assertThat(sessions.findById(id).getLastAccessedTime()).isEqualTo(START.plusSeconds(60));
    sessions.save(used(id, Duration.ofSeconds(119)));
    assertThat(written.times).isEqualTo(2);
  }

  @Test
  void everyOtherChangeIsWrittenAtOnce() {
    String id = made();
    SparingSessions.Watched<MapSession> session = used(id, Duration.ofSeconds(1));
    session.setAttribute("a", 1L);
    sessions.save(session);
    assertThat(written.times).isEqualTo(2);
    session.removeAttribute("a");
    sessions.save(session);
    assertThat(written.times).isEqualTo(3);
    session.setMaxInactiveInterval(Duration.ofMinutes(5));
    sessions.save(session);
    assertThat(written.times).isEqualTo(4);
    session.changeSessionId();
    sessions.save(session);
    assertThat(written.times).isEqualTo(5);
    sessions.save(session);
    assertThat(written.times).isEqualTo(5);
    assertThat(looks).isZero();
  }

  private SparingSessions.Watched<MapSession> opened() {
    SparingSessions.Watched<MapSession> session = sessions.createSession();
    session.setAttribute(SessionEnds.SEEN, 3L);
    return session;
  }

  @Test
  void anOpenedSessionIsLookedAtOnce() {
    SparingSessions.Watched<MapSession> session = opened();
    sessions.save(session);
    session.setAttribute("a", 1L);
    sessions.save(session);
    sessions.save(used(session.getId(), Duration.ofMinutes(2)));
    assertThat(looks).isOne();
    assertThat(written.kept).containsKey(session.getId());
  }

  @Test
  void anOpenedSessionThatWasEndedMeanwhileIsGoneAndIsNotWrittenAgain() {
    ended = true;
    SparingSessions.Watched<MapSession> session = opened();
    sessions.save(session);
    session.setAttribute("a", 1L);
    sessions.save(session);
    assertThat(written.kept).isEmpty();
  }

  @Test
  void anOpenedSessionOfWhichNobodyCanTellIsGone() {
    SparingSessions<MapSession> blind =
        new SparingSessions<>(
            written,
            Duration.ofMinutes(1),
            session -> {
              throw new IllegalStateException("no database");
            });
    SparingSessions.Watched<MapSession> session = blind.createSession();
    session.setAttribute(SessionEnds.SEEN, 3L);
    assertThatIllegalStateException().isThrownBy(() -> blind.save(session));
    assertThat(written.kept).isEmpty();
  }
}
