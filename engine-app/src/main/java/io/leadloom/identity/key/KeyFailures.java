package io.leadloom.identity.key;

import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Notes in the audit trail that somebody uses a known key with a wrong secret, after its end or after it was revoked; once a minute a key. */
@Component
class KeyFailures {

  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final KnownKeys keys;
  private final AuditTrail trail;
  private final Clock clock;
  private final Map<Long, Instant> noted = new ConcurrentHashMap<>();

  KeyFailures(KnownKeys keys, AuditTrail trail, Clock clock) {
    this.keys = keys;
    this.trail = trail;
    this.clock = clock;
  }

  void note(String accessKey) {
    keys.known(accessKey).ifPresent(this::note);
  }

  private void note(ApiKey key) {
    Instant now = clock.instant();
    Instant last = noted.get(key.id());
    if (last != null && !last.isAfter(now) && last.plus(NOTED_EVERY).isAfter(now)) {
      return;
    }
    noted.put(key.id(), now);
    trail.recordApart(
        AuditEvent.of("api-key.refused", "api-key", key.id(), key.name())
            .fact("accessKey", key.accessKey())
            .by(AuditActor.system("unknown")));
  }
}
