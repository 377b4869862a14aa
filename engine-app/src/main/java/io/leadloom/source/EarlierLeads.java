package io.leadloom.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.company.AccountSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fetches the leads of Meta's forms from before an integration was set up, page by page and through the same door as those
 * that Meta tells of, so that none becomes a second lead (LEAD-128). How far it is stands in the database: a restart goes on.
 */
@Component
public class EarlierLeads {

  /** Meta keeps leads for so many days. */
  static final int MOST_DAYS = 90;

  private static final String KIND = "lead-integration";

  /** How long one page is left to whoever has taken it. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int MOST_ATTEMPTS = 20;
  private static final int MOST_DOUBLINGS = 8;

  private final IntegrationRows integrations;
  private final EarlierRows rows;
  private final Reception reception;
  private final MetaLeads meta;
  private final AccountSettings account;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Duration first;

  EarlierLeads(
      IntegrationRows integrations,
      EarlierRows rows,
      Reception reception,
      MetaLeads meta,
      AccountSettings account,
      AuditTrail trail,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${leadloom.deliveries.first-retry:5s}") Duration first) {
    this.integrations = integrations;
    this.rows = rows;
    this.reception = reception;
    this.meta = meta;
    this.account = account;
    this.trail = trail;
    this.transaction = transaction;
    this.clock = clock;
    this.first = first;
  }

  /** How one stands. */
  public enum State {
    RUNNING(1),
    DONE(2),
    CANCELLED(3),
    FAILED(4);

    private final int number;

    State(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static State of(int number) {
      return Arrays.stream(values())
          .filter(one -> one.number == number)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No state " + number));
    }
  }

  /**
   * What is shown of one.
   *
   * @param forms how many forms there are; null before they are known
   * @param form how many are through
   * @param found the leads that Meta has given out
   * @param taken those of them that had not come in before
   * @param problem what went wrong last; null for nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Earlier(
      String state,
      Instant since,
      @Nullable Integer forms,
      int form,
      long found,
      long taken,
      @Nullable String problem,
      Instant startedAt,
      @Nullable Instant endedAt) {}

  /** How far one is. */
  record Progress(
      long integration,
      Instant since,
      State state,
      @Nullable String page,
      @Nullable List<String> forms,
      int form,
      @Nullable String after,
      long found,
      long taken,
      int attempts,
      @Nullable String problem,
      Instant startedAt,
      @Nullable Instant endedAt) {

    Earlier shown() {
      return new Earlier(
          state.name().toLowerCase(Locale.ROOT),
          since,
          forms == null ? null : forms.size(),
          form,
          found,
          taken,
          problem,
          startedAt,
          endedAt);
    }

    private Progress with(String itsPage, List<String> itsForms) {
      return new Progress(
          integration,
          since,
          state,
          itsPage,
          itsForms,
          0,
          null,
          found,
          taken,
          0,
          null,
          startedAt,
          endedAt);
    }

    private Progress page(int more, int fresh, @Nullable String next) {
      return new Progress(
          integration,
          since,
          state,
          page,
          forms,
          next == null ? form + 1 : form,
          next,
          found + more,
          taken + fresh,
          0,
          problem,
          startedAt,
          endedAt);
    }

    private Progress failed(int tries, @Nullable String because, boolean leaveForm) {
      return new Progress(
          integration,
          since,
          state,
          page,
          forms,
          leaveForm ? form + 1 : form,
          leaveForm ? null : after,
          found,
          taken,
          tries,
          because,
          startedAt,
          endedAt);
    }
  }

  /**
   * Begins to fetch what was filled in from a day on.
   *
   * @param from a day of the last 90, where the account is
   */
  public void start(long id, @Nullable LocalDate from) {
    Instant now = clock.instant();
    ZoneId zone = account.timeZone();
    LocalDate today = LocalDate.ofInstant(now, zone);
    if (from == null || from.isAfter(today) || from.isBefore(today.minusDays(MOST_DAYS))) {
      throw RefusedException.invalid(
          "Leads cannot be fetched from this day on",
          Violation.of(
              "since",
              from,
              "a day from %s to %s: Meta keeps leads for %d days"
                  .formatted(today.minusDays(MOST_DAYS), today, MOST_DAYS)));
    }
    transaction.executeWithoutResult(
        status -> {
          Integration integration =
              integrations.lock(id).orElseThrow(() -> RefusedException.notFound(KIND, id));
          ready(integration);
          if (rows.lock(id).filter(one -> one.state() == State.RUNNING).isPresent()) {
            throw new RefusedException(
                Reason.CONFLICT,
                "Earlier leads are being fetched already",
                List.of(Violation.of("since", from, "that it is done or cancelled first")));
          }
          rows.begin(id, from.atStartOfDay(zone).toInstant(), now);
          trail.record(
              AuditEvent.of("lead-integration.earlier", KIND, id, integration.name())
                  .fact("since", from.toString()));
        });
  }

  private void ready(Integration integration) {
    if (!integration.kind().meta()) {
      throw RefusedException.invalid(
          "Nothing can be fetched for this integration",
          Violation.of(
              "kind",
              integration.kind().key(),
              "facebook or instagram: the others keep no leads for Leadloom"));
    }
    if (!integration.active()) {
      throw new RefusedException(
          Reason.CONFLICT,
          "The integration is paused",
          List.of(Violation.of("active", false, "an integration that is active")));
    }
    if (integrations.secrets(integration.id()).pageToken() == null) {
      throw RefusedException.invalid(
          "Leads cannot be fetched yet",
          Violation.of("pageToken", null, "an access token of the page, set in the integration"));
    }
  }

  /** Stops one; what has come in stays. Nothing happens when none runs. */
  public void cancel(long id) {
    transaction.executeWithoutResult(
        status -> {
          if (integrations.lock(id).isEmpty()) {
            throw RefusedException.notFound(KIND, id);
          }
          rows.lock(id).ifPresent(one -> rows.end(one, State.CANCELLED, clock.instant()));
        });
  }

  /** Does one step of one that is due; returns whether there was one. */
  boolean step() {
    Instant now = clock.instant();
    Progress due =
        Objects.requireNonNull(transaction.execute(status -> rows.claim(now, now.plus(LEASE))))
            .orElse(null);
    if (due == null) {
      return false;
    }
    Integration integration =
        Objects.requireNonNull(transaction.execute(status -> integrations.find(due.integration())))
            .orElse(null);
    if (integration == null) {
      return true;
    }
    try {
      Progress after = further(integration, due);
      boolean through = after.forms() != null && after.form() >= after.forms().size();
      transaction.executeWithoutResult(
          status -> {
            if (through) {
              rows.end(after, after.problem() == null ? State.DONE : State.FAILED, clock.instant());
            } else {
              rows.goOn(after, clock.instant());
            }
          });
    } catch (MetaLeads.Failure e) {
      failed(due, e);
    }
    return true;
  }

  private Progress further(Integration integration, Progress due) throws MetaLeads.Failure {
    String token =
        Optional.ofNullable(
                Objects.requireNonNull(
                        transaction.execute(status -> integrations.secrets(integration.id())))
                    .pageToken())
            .orElseThrow(
                () -> new MetaLeads.Failure(false, "The page access token is missing", null));
    if (due.forms() == null || due.page() == null) {
      String page = integration.page() == null ? meta.page(token) : integration.page();
      return due.with(page, meta.forms(page, token));
    }
    if (due.form() >= due.forms().size()) {
      return due;
    }
    MetaLeads.Listed listed =
        meta.leads(due.page(), due.forms().get(due.form()), due.since(), due.after(), token);
    int fresh = 0;
    for (Parcel parcel : listed.parcels()) {
      fresh += reception.earlier(integration, parcel).replayed() ? 0 : 1;
    }
    return due.page(listed.parcels().size(), fresh, listed.next());
  }

  /** Passing troubles are waited for; a form that Meta does not give out is left, and the others go on. */
  private void failed(Progress due, MetaLeads.Failure e) {
    Instant now = clock.instant();
    boolean again = e.later() && due.attempts() + 1 < MOST_ATTEMPTS;
    transaction.executeWithoutResult(
        status -> {
          if (again) {
            Duration pause = first.multipliedBy(1L << Math.min(due.attempts(), MOST_DOUBLINGS));
            Duration shortest = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            Duration wish = e.wish();
            Duration waits = wish != null && wish.compareTo(shortest) > 0 ? wish : shortest;
            rows.goOn(due.failed(due.attempts() + 1, e.getMessage(), false), now.plus(waits));
          } else if (due.forms() == null || e.later()) {
            rows.end(due.failed(0, e.getMessage(), false), State.FAILED, now);
          } else {
            String form = due.forms().get(due.form());
            rows.goOn(due.failed(0, "Form " + form + ": " + e.getMessage(), true), now);
          }
        });
  }
}
