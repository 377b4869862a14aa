package io.leadloom.connection.settings;

import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.vault.Vault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Named secrets that sign webhooks. They can be set and used, never read back. */
@Component
public class WebhookSecrets {

  /** How long another node may still use a replaced secret. */
  private static final Duration KNOWN = Duration.ofSeconds(5);

  private static final int MOST = 200;

  private final WebhookSecretRows rows;
  private final Vault vault;
  private final Clock clock;
  private final AuditTrail trail;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  WebhookSecrets(WebhookSecretRows rows, Vault vault, Clock clock, AuditTrail trail) {
    this.rows = rows;
    this.vault = vault;
    this.clock = clock;
    this.trail = trail;
  }

  private record Known(Optional<String> value, Instant until) {}

  /** A secret without its value. */
  public record Entry(String name, Instant createdAt, Instant updatedAt) {}

  /** All secrets by name; there are at most 200. */
  public List<Entry> list() {
    return rows.findAll(PageRequest.of(0, MOST, Sort.by("name"))).stream()
        .map(row -> new Entry(row.name(), row.createdAt(), row.updatedAt()))
        .toList();
  }

  /** Sets or replaces a secret. */
  @Transactional
  public void put(String name, String value) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw RefusedException.invalid(
          "The name cannot be used",
          Violation.of("name", name, "1 to 100 letters, digits, dots, hyphens or underscores"));
    }
    if (value.length() < 16 || value.length() > 1_000) {
      throw RefusedException.invalid(
          "The secret cannot be used", Violation.of("value", null, "16 to 1,000 characters"));
    }
    Optional<WebhookSecret> found = rows.findById(name);
    if (found.isEmpty() && rows.count() >= MOST) {
      throw RefusedException.invalid(
          "There are too many secrets",
          Violation.of("name", name, "at most 200 secrets: remove one first"));
    }
    Instant now = clock.instant();
    WebhookSecret secret = found.orElseGet(() -> new WebhookSecret(name, now));
    secret.set(vault.seal(value, purpose(secret.name())), now);
    rows.save(secret);
    trail.record(
        about(found.isEmpty() ? "created" : "changed", secret.name())
            .secret("value", found.isPresent(), true));
    AfterCommit.run(() -> known.remove(folded(name)));
  }

  /** Removes a secret; deliveries that need it fail from now on. */
  @Transactional
  public void remove(String name) {
    if (!rows.existsById(name)) {
      throw RefusedException.notFound("secret", name);
    }
    rows.deleteById(name);
    trail.record(about("deleted", name).secret("value", true, false));
    AfterCommit.run(() -> known.remove(folded(name)));
  }

  /** The value, for signing only. */
  public Optional<String> find(String name) {
    Instant now = clock.instant();
    Known found = known.get(folded(name));
    if (found == null || !now.isBefore(found.until())) {
      Optional<String> value =
          rows.findById(name).map(row -> vault.open(row.sealed(), purpose(row.name())));
      found = new Known(value, now.plus(KNOWN));
      known.put(folded(name), found);
    }
    return found.value();
  }

  private static AuditEvent about(String what, String name) {
    return AuditEvent.of("webhook-secret." + what, "webhook-secret", folded(name), name);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String purpose(String name) {
    return "webhook-secret:" + folded(name);
  }
}
