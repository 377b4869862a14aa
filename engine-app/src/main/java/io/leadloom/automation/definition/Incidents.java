package io.leadloom.automation.definition;

import io.leadloom.automation.notice.Notices;
import io.leadloom.identity.Users;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.web.LiveUpdates;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Pauses automations that cannot go on as they are, and tells their authors why. An automation that goes on is one whose
 * cause is gone: see {@link Publishing#resume}.
 */
@Component
public class Incidents implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

  private final Automations automations;
  private final AutomationVersions versions;
  private final PublishedAutomations published;
  private final Notices notices;
  private final Users users;
  private final LiveUpdates updates;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final ExecutorService later =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "automation-incidents");
            thread.setDaemon(true);
            return thread;
          });

  Incidents(
      Automations automations,
      AutomationVersions versions,
      PublishedAutomations published,
      LiveVersions live,
      Notices notices,
      Users users,
      LiveUpdates updates,
      TransactionTemplate transactions,
      Clock clock) {
    this.automations = automations;
    this.versions = versions;
    this.published = published;
    this.notices = notices;
    this.users = users;
    this.updates = updates;
    this.transactions = transactions;
    this.clock = clock;
    live.onUnusable(version -> later.execute(() -> unusable(version)));
  }

  /** In a transaction of its own: the batch that found it goes on with the other automations. */
  private void unusable(LiveVersion version) {
    try {
      transactions.executeWithoutResult(
          status -> {
            Optional<Automation> automation = automations.findById(version.automationId());
            boolean current =
                automation
                    .filter(each -> each.state() == Automation.State.PUBLISHED)
                    .flatMap(this::liveVersion)
                    .filter(live -> live.id() == version.id())
                    .isPresent();
            if (current) {
              halt(version.automationId(), "It no longer fits: " + version.unusable());
            }
          });
    } catch (RuntimeException e) {
      LOG.warn("Automation '{}' cannot start, but could not be paused", version.key(), e);
    }
  }

  private Optional<AutomationVersion> liveVersion(Automation automation) {
    Integer number = automation.publishedVersion();
    return number == null
        ? Optional.empty()
        : versions.findByAutomationIdAndNumber(automation.id(), number);
  }

  /** Pauses a published automation with a reason that people see; part of the caller's transaction. */
  public void halt(long automationId, String reason) {
    Automation automation = automations.findById(automationId).orElse(null);
    if (automation == null) {
      return;
    }
    boolean stops = automation.state() == Automation.State.PUBLISHED;
    Long person = users.current().map(Users.Person::id).orElse(null);
    automation.halt(reason, clock.instant(), person);
    automations.saveAndFlush(automation);
    published.bump();
    Set<Long> told = stops ? authors(automation) : Set.of();
    String subject = "'" + automation.name() + "' was paused";
    notices.write(
        told.stream()
            .map(user -> Notices.New.ofAutomation(user, subject, reason, automationId))
            .toList(),
        clock.instant());
    LOG.warn("{}: {}", subject, reason);
    AfterCommit.run(
        () -> {
          published.invalidate();
          updates.publish("automation.changed", automationId);
          told.forEach(user -> updates.publish("notice.created", user));
        });
  }

  /** Whoever published it last, and whoever made it. */
  private Set<Long> authors(Automation automation) {
    return Stream.concat(
            liveVersion(automation).map(AutomationVersion::authorId).stream(),
            Stream.ofNullable(automation.createdBy()))
        .filter(Objects::nonNull)
        .filter(id -> users.find(id).map(Users.Person::active).orElse(false))
        .collect(Collectors.toSet());
  }

  @Override
  public void destroy() {
    later.shutdownNow();
  }
}
