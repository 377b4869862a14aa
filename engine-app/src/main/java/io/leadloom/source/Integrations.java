package io.leadloom.source;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.source.Arrival.State;
import io.leadloom.source.EarlierLeads.Earlier;
import io.leadloom.source.Integration.Counts;
import io.leadloom.source.Integration.Mapped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sets integrations of lead sources up, and goes on with what they have refused or held (LEAD-128). */
@Component
public class Integrations {

  /** The most of an account. */
  static final int MOST = 100;

  private static final int MOST_AGAIN = 500;
  private static final String KIND = "lead-integration";

  private final IntegrationRows rows;
  private final ArrivalRows arrivals;
  private final EarlierRows earlier;
  private final ArrivalWork work;
  private final IntegrationCheck check;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Integrations(
      IntegrationRows rows,
      ArrivalRows arrivals,
      EarlierRows earlier,
      ArrivalWork work,
      IntegrationCheck check,
      AuditTrail trail,
      TransactionTemplate transaction,
      Clock clock) {
    this.rows = rows;
    this.arrivals = arrivals;
    this.earlier = earlier;
    this.work = work;
    this.check = check;
    this.trail = trail;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * An integration as somebody wants it, whole.
   *
   * @param source the id of the source
   * @param origins the websites whose scripts may post; null for none
   * @param appSecret of Meta; null leaves what is there
   * @param pageToken of Meta; null leaves what is there
   * @param version as the caller has seen it; without meaning for a new one
   */
  public record Asked(
      @Nullable String name,
      @Nullable String kind,
      @Nullable Long source,
      @Nullable Long owner,
      @Nullable Boolean active,
      @Nullable String known,
      @Nullable List<Mapped> mapping,
      @Nullable String thanks,
      @Nullable String deliveryField,
      @Nullable String page,
      @Nullable List<String> origins,
      @Nullable String appSecret,
      @Nullable String pageToken,
      @Nullable Integer version) {

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Asked[name=" + name + ", kind=" + kind + "]";
    }
  }

  /** An integration with all that a page shows of it. */
  public record Shown(
      Integration integration,
      @Nullable Choice source,
      Secrets secrets,
      Counts counts,
      @Nullable Earlier earlier) {}

  /** All of them by name. */
  public List<Shown> all() {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              List<Integration> all = rows.all(MOST);
              List<Long> ids = all.stream().map(Integration::id).toList();
              Map<Long, Counts> counts = rows.counts(ids);
              Map<Long, Earlier> fetched = earlier.of(ids);
              return all.stream().map(one -> shown(one, counts, fetched)).toList();
            }));
  }

  /** One of them. */
  public Shown one(long id) {
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                shown(
                    rows.find(id).orElseThrow(() -> RefusedException.notFound(KIND, id)),
                    rows.counts(List.of(id)),
                    earlier.of(List.of(id)))));
  }

  private Shown shown(Integration one, Map<Long, Counts> counts, Map<Long, Earlier> fetched) {
    return new Shown(
        one,
        check.source(one.source()).orElse(null),
        rows.secrets(one.id()),
        Objects.requireNonNull(counts.get(one.id())),
        fetched.get(one.id()));
  }

  /** Adds one; it gets an address and a key of its own. */
  public Shown add(Asked asked) {
    Integration wanted = check.checked(null, asked);
    return named(
        asked,
        () -> {
          if (rows.count() >= MOST) {
            throw RefusedException.invalid(
                "There are too many integrations",
                Violation.of("name", asked.name(), "at most " + MOST + "; delete one first"));
          }
          Secrets secrets = Secrets.fresh().with(asked.appSecret(), asked.pageToken());
          long id = rows.insert(wanted, secrets, clock.instant());
          trail.record(
              AuditEvent.of("lead-integration.created", KIND, id, wanted.name())
                  .fact("kind", wanted.kind().key())
                  .fact("source", label(wanted)));
          return id;
        });
  }

  /** Changes one. */
  public Shown change(long id, Asked asked) {
    return named(
        asked,
        () -> {
          Integration before = locked(id);
          seen(before, asked.version());
          Integration after = check.checked(before, asked);
          rows.update(after);
          if (asked.appSecret() != null || asked.pageToken() != null) {
            rows.write(id, rows.secrets(id).with(asked.appSecret(), asked.pageToken()));
          }
          trail.record(event(before, after, asked));
          return id;
        });
  }

  private AuditEvent event(Integration before, Integration after, Asked asked) {
    AuditEvent event =
        AuditEvent.of("lead-integration.changed", KIND, after.id(), after.name())
            .change("name", before.name(), after.name())
            .change("source", label(before), label(after))
            .change("owner", before.owner(), after.owner())
            .change("active", before.active(), after.active())
            .change("known", before.known().key(), after.known().key())
            .change("mapping", words(before), words(after))
            .change("thanks", before.thanks(), after.thanks())
            .change("deliveryField", before.deliveryField(), after.deliveryField())
            .change("page", before.page(), after.page())
            .change("origins", before.origins(), after.origins());
    event = asked.appSecret() == null ? event : event.secret("appSecret", true, true);
    return asked.pageToken() == null ? event : event.secret("pageToken", true, true);
  }

  private static List<String> words(Integration one) {
    return one.mapping().stream().map(mapped -> mapped.outside() + " → " + mapped.field()).toList();
  }

  private String label(Integration one) {
    return check.source(one.source()).map(Choice::label).orElse(one.source());
  }

  private Shown named(Asked asked, java.util.function.Supplier<Long> change) {
    try {
      return one(Objects.requireNonNull(transaction.execute(status -> change.get())));
    } catch (DuplicateKeyException e) {
      throw new RefusedException(
          Reason.CONFLICT,
          "There is an integration of this name",
          List.of(Violation.of("name", asked.name(), "a name that no other integration has")));
    }
  }

  private Integration locked(long id) {
    return rows.lock(id).orElseThrow(() -> RefusedException.notFound(KIND, id));
  }

  private static void seen(Integration before, @Nullable Integer version) {
    if (version == null || version != before.version()) {
      throw RefusedException.outdated("the integration", version, before.version());
    }
  }

  /** Gives it another address and key; the ones it had let nobody in any more. */
  public Shown renew(long id, @Nullable Integer version) {
    transaction.executeWithoutResult(
        status -> {
          Integration before = locked(id);
          seen(before, version);
          rows.write(id, rows.secrets(id).renewed());
          rows.update(before);
          trail.record(
              AuditEvent.of("lead-integration.renewed", KIND, id, before.name())
                  .secret("address", true, true));
        });
    return one(id);
  }

  /** Deletes one with what has come in through it; the leads stay. */
  public void delete(long id) {
    transaction.executeWithoutResult(
        status -> {
          Integration gone = locked(id);
          rows.delete(id);
          trail.record(AuditEvent.of("lead-integration.deleted", KIND, id, gone.name()));
        });
  }

  /** A page of what has come in, newest first. */
  public record Log(List<Arrival> items, @Nullable Long next) {}

  /**
   * What has come in.
   *
   * @param before the id that the page before ended with
   */
  public Log log(long id, @Nullable State state, @Nullable Long before, int limit) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              if (rows.find(id).isEmpty()) {
                throw RefusedException.notFound(KIND, id);
              }
              List<Arrival> found = arrivals.page(id, state, before, limit + 1);
              List<Arrival> items = found.subList(0, Math.min(limit, found.size()));
              return new Log(
                  List.copyOf(items),
                  found.size() > limit ? items.get(items.size() - 1).id() : null);
            }));
  }

  /** Tries one again that was refused or held, as the integration stands now. */
  public Arrival again(long id, long arrival) {
    Arrival before =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  Integration integration = locked(id);
                  Arrival one =
                      arrivals
                          .lock(arrival)
                          .filter(found -> found.integration() == id)
                          .orElseThrow(() -> RefusedException.notFound("delivery", arrival));
                  open(one);
                  active(integration);
                  arrivals.again(arrival, clock.instant().plusSeconds(one.fetched() ? 120 : 0));
                  return one;
                }));
    if (before.fetched()) {
      work.process(arrival);
    }
    return Objects.requireNonNull(transaction.execute(status -> arrivals.find(arrival)))
        .orElseThrow(() -> RefusedException.notFound("delivery", arrival));
  }

  private static void open(Arrival one) {
    boolean open = one.state() == State.REFUSED || one.state() == State.HELD;
    if (!open || one.raw() != null) {
      throw new RefusedException(
          Reason.CONFLICT,
          open ? "The delivery could not be read" : "The delivery is not open any more",
          List.of(
              Violation.of(
                  "state", one.state().key(), "a delivery that was read, and refused or held")));
    }
  }

  private static void active(Integration integration) {
    if (!integration.active()) {
      throw new RefusedException(
          Reason.CONFLICT,
          "The integration is paused",
          List.of(Violation.of("active", false, "an integration that is active")));
    }
  }

  /**
   * Has all that was refused or held tried again, at most 500; it goes on in the background.
   *
   * @return how many
   */
  public int allAgain(long id, State state) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              active(locked(id));
              return arrivals.allAgain(id, state, clock.instant(), MOST_AGAIN);
            }));
  }

  /** Forgets one delivery; a lead that was made of it stays. */
  public void forget(long id, long arrival) {
    transaction.executeWithoutResult(
        status -> {
          locked(id);
          Arrival one =
              arrivals
                  .lock(arrival)
                  .filter(found -> found.integration() == id)
                  .orElseThrow(() -> RefusedException.notFound("delivery", arrival));
          arrivals.delete(one.id());
        });
  }
}
