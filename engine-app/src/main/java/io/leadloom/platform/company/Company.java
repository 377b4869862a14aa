package io.leadloom.platform.company;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.picture.Picture;
import io.leadloom.platform.picture.Pictures;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The account in memory, looked at again once a second, so that asking costs nothing and other nodes' changes arrive
 * within two seconds; and the one way to change it (SET-006, SET-007, SET-010, SET-011).
 */
@Component
public class Company {

  /** Whose picture the logo is. */
  static final String LOGO = "company";

  private static final int LOGO_SIDE = 1_024;

  private final CompanyRows rows;
  private final Pictures pictures;
  private final AuditTrail trail;
  private final Clock clock;
  private final TransactionTemplate transactions;
  private final FreshMemory<CompanyInfo> memory;

  Company(
      CompanyRows rows,
      Pictures pictures,
      AuditTrail trail,
      Clock clock,
      TransactionTemplate transactions) {
    this.rows = rows;
    this.pictures = pictures;
    this.trail = trail;
    this.clock = clock;
    this.transactions = transactions;
    this.memory = new FreshMemory<>(clock, this::look);
  }

  /** The account as it is now. */
  public CompanyInfo info() {
    return memory.get();
  }

  private CompanyInfo look(@Nullable CompanyInfo known) {
    return known != null && rows.version() == known.version() ? known : rows.read();
  }

  /**
   * Replaces everything but the logo; the texts have been checked.
   *
   * @param wanted with the version that the caller has seen
   * @throws RefusedException when somebody else has changed it meanwhile
   */
  @Transactional
  public CompanyInfo change(CompanyInfo wanted) {
    CompanyInfo before = rows.lock();
    if (before.version() != wanted.version()) {
      throw RefusedException.outdated("the company", wanted.version(), before.version());
    }
    CompanyInfo after = wanted.withLogo(before.logo());
    AuditEvent event =
        about("company.changed", after)
            .change("name", before.name(), after.name())
            .change("email", before.email(), after.email())
            .change("phone", before.phone(), after.phone())
            .change("website", before.website(), after.website())
            .change("street", before.address().street(), after.address().street())
            .change("zip", before.address().zip(), after.address().zip())
            .change("city", before.address().city(), after.address().city())
            .change("state", before.address().state(), after.address().state())
            .change("country", before.address().country(), after.address().country())
            .change("timeZone", before.timeZone(), after.timeZone())
            .change("language", before.language(), after.language());
    if (event.unchanged()) {
      return before;
    }
    return written(after, event);
  }

  /** Puts another logo in the place of the present one, or removes it. */
  public CompanyInfo changeLogo(byte @Nullable [] content) {
    // Before the transaction: pictures are drawn one at a time, and whoever waits for that holds no
    // connection.
    Picture fresh = content == null ? null : Picture.of("logo", content, LOGO_SIDE);
    return Objects.requireNonNull(transactions.execute(status -> changeLogo(fresh)));
  }

  private CompanyInfo changeLogo(@Nullable Picture fresh) {
    CompanyInfo before = rows.lock();
    String hash = fresh == null ? null : fresh.hash();
    AuditEvent event = about("company.logo-changed", before).change("logo", before.logo(), hash);
    if (event.unchanged()) {
      return before;
    }
    if (fresh == null) {
      pictures.remove(LOGO);
    } else {
      pictures.put(LOGO, fresh);
    }
    return written(before.withLogo(hash), event);
  }

  /** The logo. */
  @Transactional(readOnly = true)
  public Optional<Picture> logo() {
    return pictures.find(LOGO);
  }

  private CompanyInfo written(CompanyInfo after, AuditEvent event) {
    rows.write(after, clock.instant(), login());
    trail.record(event);
    memory.forgetAfterTransaction();
    return rows.read();
  }

  private static String login() {
    return ActingPrincipal.current().map(ActingPrincipal::login).orElse("system");
  }

  private static AuditEvent about(String action, CompanyInfo info) {
    return AuditEvent.of(action, "company", "1", info.name());
  }
}
