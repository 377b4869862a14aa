package io.leadloom.automation.definition;

import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.deal.DealStatus;
import io.leadloom.schema.deal.Pipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is live, in memory: the trigger index, which automations are paused, whether any version listens for events.
 * Rebuilt when something was published or paused, here or on another node.
 */
@Component
public class PublishedAutomations {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedAutomations.class);

  private final Automations automations;
  private final AutomationVersions versions;
  private final LiveVersions compiled;
  private final Schemas schemas;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final LiveUpdates updates;
  private @Nullable Named lastNamed;
  private volatile State state = new State(TriggerIndex.EMPTY, Set.of(), Map.of(), false);
  private final AtomicLong changes = new AtomicLong(1);
  private volatile long loadedChange;
  private Map<Long, String> lastHalted = Map.of();

  /**
   * One state of all automations.
   *
   * @param paused the ids of the paused automations
   * @param calls whom each published automation calls
   * @param listens whether any version, also an old one, can wait for events
   */
  public record State(
      TriggerIndex index, Set<Long> paused, Map<Long, List<Long>> calls, boolean listens) {}

  /** What conditions know by name. */
  private record Named(List<Choice> choices, List<Pipeline> pipelines, List<DealStatus> statuses) {}

  PublishedAutomations(
      Automations automations,
      AutomationVersions versions,
      LiveVersions compiled,
      Schemas schemas,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      LiveUpdates updates) {
    this.updates = updates;
    this.automations = automations;
    this.versions = versions;
    this.compiled = compiled;
    this.schemas = schemas;
    this.jdbc = jdbc;
    this.transactions = new TransactionTemplate(transactions);
    this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * The state of now; read from the database when something changed on this node, or for the first time. Whoever asks
   * after a publish has committed gets its state, also while another thread is still reading it.
   */
  public State current() {
    if (loadedChange != changes.get()) {
      refresh();
    }
    return state;
  }

  /**
   * The state that counts for events read in the current transaction: one query more than {@link #current()} sees also
   * what another node had published, paused or given fields before those events happened.
   */
  public State latest() {
    long revision = revision();
    if (revision > current().index().revision()) {
      invalidate();
      refresh();
    }
    return state;
  }

  /** Reads again when another node has changed something. */
  public void refreshIfChanged() {
    Long revision = transactions.execute(status -> revision());
    if (revision != null && revision != current().index().revision()) {
      invalidate();
      refresh();
      updates.publish("automation.changed", null);
    }
  }

  private synchronized void refresh() {
    long change = changes.get();
    if (loadedChange != change) {
      transactions.executeWithoutResult(
          status -> {
            // First, so that fields which another node makes after it are read again with the next
            // one.
            long revision = revision();
            // What was published may use fields that another node made just before.
            schemas.latest();
            read(revision);
          });
      loadedChange = change;
    }
  }

  private void read(long revision) {
    Map<Long, String> halted = new HashMap<>();
    Map<Long, Automation> live = new HashMap<>();
    List<TriggerIndex.Starter> starters = new ArrayList<>();
    Map<Long, List<Long>> calls = new HashMap<>();
    for (Automation automation : automations.everyOne()) {
      if (automation.state().live()) {
        live.put(automation.id(), automation);
      }
      if (automation.incident() != null) {
        halted.put(automation.id(), automation.incident());
      }
    }
    for (AutomationVersion version : versions.live()) {
      Automation automation = live.get(version.automationId());
      if (automation == null) {
        continue;
      }
      try {
        VersionSettings settings = version.settings();
        starters.add(starter(automation, version, settings));
        calls.put(automation.id(), settings.calls());
      } catch (RuntimeException e) {
        // One that cannot be read must not keep the others from starting.
        LOG.error("Automation '{}' cannot start: its version is unreadable", automation.key(), e);
      }
    }
    Set<Long> paused =
        live.values().stream()
            .filter(a -> a.state() == Automation.State.PAUSED)
            .map(Automation::id)
            .collect(Collectors.toUnmodifiableSet());
    state =
        new State(
            new TriggerIndex(starters, revision), paused, Map.copyOf(calls), versions.anyListens());
    forgetChanged(halted);
    forgetRenamed();
  }

  /** Conditions that look at parts of names, and those that name a replaced choice, mean another one by now. */
  private void forgetRenamed() {
    Schema schema = schemas.current();
    Named now =
        new Named(
            ChoiceNames.KINDS.stream().flatMap(kind -> schema.choices(kind).stream()).toList(),
            schema.deals().pipelines(),
            schema.deals().statuses());
    if (!now.equals(lastNamed)) {
      if (lastNamed != null) {
        compiled.forgetAll();
      }
      lastNamed = now;
    }
  }

  private static TriggerIndex.Starter starter(
      Automation automation, AutomationVersion version, VersionSettings settings) {
    return new TriggerIndex.Starter(
        automation.id(),
        version.id(),
        automation.key(),
        version.trigger(),
        settings.reentry(),
        settings.timeZone(),
        automation.state() == Automation.State.PUBLISHED);
  }

  /** What came to a halt, or goes on again, is compiled anew: the account is no longer what it was compiled for. */
  private void forgetChanged(Map<Long, String> halted) {
    Set<Long> changed = new HashSet<>(halted.keySet());
    changed.addAll(lastHalted.keySet());
    changed.removeIf(id -> Objects.equals(halted.get(id), lastHalted.get(id)));
    lastHalted = Map.copyOf(halted);
    compiled.forget(changed);
  }

  /** Forgets what is known, so that the next look reads again. */
  void invalidate() {
    changes.incrementAndGet();
  }

  /** Tells all nodes that something changed; part of the caller's transaction. */
  void bump() {
    jdbc.update("update automation_revision set revision = revision + 1 where id = 1");
  }

  private long revision() {
    Long revision =
        jdbc.queryForObject("select revision from automation_revision where id = 1", Long.class);
    return revision == null ? 0 : revision;
  }
}
