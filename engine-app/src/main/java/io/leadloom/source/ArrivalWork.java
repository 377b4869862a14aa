package io.leadloom.source;

import io.leadloom.platform.Violation;
import io.leadloom.record.WriteAttempts;
import io.leadloom.source.Arrival.State;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes leads of deliveries whose values are here, each in one transaction with what is noted about it. */
@Component
class ArrivalWork {

  private static final String INSTAGRAM = "ig";

  private final IntegrationRows integrations;
  private final ArrivalRows rows;
  private final LeadWriter writer;
  private final Clock clock;
  private final WriteAttempts attempts;

  ArrivalWork(
      IntegrationRows integrations,
      ArrivalRows rows,
      LeadWriter writer,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.integrations = integrations;
    this.rows = rows;
    this.writer = writer;
    this.clock = clock;
    this.attempts = new WriteAttempts(transactions);
  }

  /** Makes a lead of one that waits for it; returns it as it is afterwards, empty when it is not there any more. */
  Optional<Arrival> process(long id) {
    return attempts.run(() -> processed(id));
  }

  private Optional<Arrival> processed(long id) {
    Arrival seen = rows.find(id).orElse(null);
    Integration receiving =
        seen == null ? null : integrations.lock(seen.integration()).orElse(null);
    Arrival arrival = rows.lock(id).orElse(null);
    if (arrival == null
        || receiving == null
        || arrival.state() != State.WAITING
        || !arrival.fetched()) {
      return Optional.ofNullable(arrival);
    }
    Integration integration = routed(receiving, arrival);
    if (!integration.active()) {
      rows.ended(id, State.HELD, List.of(), null);
      return rows.find(id);
    }
    LeadWriter.Written written = writer.write(integration, arrival.values());
    rows.ended(id, written.state(), written.problems(), written.lead());
    if (written.state() == State.REFUSED) {
      integrations.problem(integration.id(), words(written.problems()), clock.instant());
    } else {
      integrations.ended(integration.id(), written.state());
    }
    return rows.find(id);
  }

  /** What went wrong in one line. */
  static String words(List<Violation> problems) {
    return String.join(
        "; ",
        problems.stream()
            .map(
                problem ->
                    problem.field()
                        + (problem.value() == null ? "" : " '" + problem.value() + "'")
                        + ": expected "
                        + problem.expectation())
            .toList());
  }

  /**
   * Leads of Facebook and Instagram come in through the address of either; each goes to the integration of its own kind,
   * where there is one for the page, so that it carries that one's source.
   */
  private Integration routed(Integration receiving, Arrival arrival) {
    String platform = arrival.values().get("platform");
    if (!receiving.kind().meta() || platform == null) {
      return receiving;
    }
    IntegrationKind kind =
        platform.equals(INSTAGRAM) ? IntegrationKind.INSTAGRAM : IntegrationKind.FACEBOOK;
    String page = arrival.values().getOrDefault("page_id", "");
    if (receiving.kind() == kind) {
      return receiving;
    }
    Integration other =
        integrations.all(Integrations.MOST).stream()
            .filter(one -> one.kind() == kind && one.active())
            .filter(one -> one.page() == null || one.page().equals(page))
            .min(java.util.Comparator.comparing(one -> one.page() == null))
            .flatMap(one -> integrations.lock(one.id()))
            .orElse(null);
    if (other == null) {
      return receiving;
    }
    rows.moved(arrival.id(), other.id());
    integrations.moved(receiving.id(), other.id(), clock.instant());
    return other;
  }
}
