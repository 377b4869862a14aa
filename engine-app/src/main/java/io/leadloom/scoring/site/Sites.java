package io.leadloom.scoring.site;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.net.IDN;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The websites whose visits are counted. */
@Component
public class Sites {

  /** The most websites of an account. */
  static final int MOST = 100;

  /** How domain and code of a website begin that was removed; neither begins so otherwise. */
  static final String REMOVED = "~";

  private static final int CODE_BYTES = 12;
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final JdbcTemplate jdbc;
  private final AuditTrail trail;
  private final Clock clock;
  private final TransactionTemplate transaction;
  private final SecureRandom random = new SecureRandom();
  private volatile @Nullable Domains read;

  Sites(JdbcTemplate jdbc, AuditTrail trail, Clock clock, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.trail = trail;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** A website as the way in needs it. */
  record Known(long id, String domain) {}

  private record Domains(List<String> names, Instant until) {}

  /** The domains of all websites; what another node adds or removes is known within a minute. */
  List<String> domains() {
    Domains known = read;
    Instant now = clock.instant();
    if (known == null || now.isAfter(known.until())) {
      known =
          new Domains(
              Objects.requireNonNull(
                  transaction.execute(
                      status ->
                          jdbc.queryForList(
                              "select domain from score_site where domain not like ? order by id limit "
                                  + MOST,
                              String.class,
                              REMOVED + "%"))),
              now.plus(FRESH));
      read = known;
    }
    return known.names();
  }

  /** All of them by name. */
  public List<Site> all() {
    return Objects.requireNonNull(
        transaction.execute(status -> select("where s.domain not like ?", List.of(REMOVED + "%"))));
  }

  private List<Site> select(String where, List<Object> arguments) {
    return jdbc.query(
        "select s.id, s.domain, s.code, s.created_at, count(v.id), count(v.lead_id), coalesce(sum(v.views), 0),"
            + " max(v.last_at) from score_site s left join score_visitor v on v.site_id = s.id "
            + where
            + " group by s.id, s.domain, s.code, s.created_at order by s.domain",
        (row, n) ->
            new Site(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Objects.requireNonNull(Utc.moment(row.getObject(4, LocalDateTime.class))),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                Utc.moment(row.getObject(8, LocalDateTime.class))),
        arguments.toArray());
  }

  Optional<Known> byCode(String code) {
    if (code.startsWith(REMOVED)) {
      return Optional.empty();
    }
    return jdbc
        .query(
            "select id, domain from score_site where code = ?",
            (row, n) -> new Known(row.getLong(1), row.getString(2)),
            code)
        .stream()
        .findFirst();
  }

  /** Whether a website has this code. */
  public boolean known(String code) {
    return Boolean.TRUE.equals(transaction.execute(status -> byCode(code).isPresent()));
  }

  /** Counts visits of a website from now on; it gets a code of its own. */
  public Site add(@Nullable String given) {
    String domain = domain(given);
    try {
      Site made = Objects.requireNonNull(transaction.execute(status -> insert(domain)));
      read = null;
      return made;
    } catch (DuplicateKeyException e) {
      throw new RefusedException(
          Reason.CONFLICT,
          "The visits of " + domain + " are counted already",
          List.of(Violation.of("domain", given, "a domain that is not in the list")));
    }
  }

  private Site insert(String domain) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from score_site where domain not like ?", Long.class, REMOVED + "%");
    if (count != null && count >= MOST) {
      throw RefusedException.invalid(
          "There are too many websites",
          Violation.of("domain", domain, "at most " + MOST + " websites; remove one first"));
    }
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    String code = HexFormat.of().formatHex(bytes);
    jdbc.update(
        "insert into score_site (domain, code, created_at) values (?, ?, ?)",
        domain,
        code,
        Utc.column(clock.instant()));
    Site made = select("where s.code = ?", List.of(code)).get(0);
    trail.record(AuditEvent.of("website.created", "website", made.id(), domain));
    return made;
  }

  private static String domain(@Nullable String given) {
    String text = given == null ? "" : given.strip().toLowerCase(Locale.ROOT);
    text =
        text.replaceFirst("^https?://", "")
            .replaceFirst("[/?#].*$", "")
            .replaceFirst("^www\\.", "");
    String ascii = "";
    try {
      ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      // Refused below, as what it is not.
    }
    if (!HOST.matcher(ascii).matches()) {
      throw RefusedException.invalid(
          "The domain is not clear",
          Violation.of("domain", given, "a domain such as example.com, without a path or port"));
    }
    return ascii;
  }

  /**
   * Ceases to count its visits at once. What was counted goes soon after it, and then all leads are scored without it
   * (LEAD-152).
   */
  public void remove(long id) {
    transaction.executeWithoutResult(
        status -> {
          Site site =
              select("where s.id = ? and s.domain not like ?", List.of(id, REMOVED + "%")).stream()
                  .findFirst()
                  .orElseThrow(() -> RefusedException.notFound("website", id));
          jdbc.update(
              "update score_site set domain = ?, code = ? where id = ?",
              REMOVED + id,
              REMOVED + id,
              id);
          trail.record(AuditEvent.of("website.deleted", "website", id, site.domain()));
        });
    read = null;
  }
}
