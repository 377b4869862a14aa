package io.leadloom.automation.definition;

import io.leadloom.automation.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The compiled versions. A stored version is compiled when it is first needed, not at start; those not used for longest
 * are forgotten, but never while a batch uses them.
 */
@Component
public class LiveVersions {

  private static final Logger LOG = LoggerFactory.getLogger(LiveVersions.class);

  private final VersionCompiler compiler;
  private final Automations automations;
  private final AutomationVersions versions;
  private final int capacity;
  private final LinkedHashMap<Long, Held> held = new LinkedHashMap<>(64, 0.75f, true);

  LiveVersions(
      VersionCompiler compiler,
      Automations automations,
      AutomationVersions versions,
      @Value("${leadloom.automation.compiled-versions:2000}") int capacity) {
    this.compiler = compiler;
    this.automations = automations;
    this.versions = versions;
    this.capacity = capacity;
  }

  /** A compiled version and how many batches use it. */
  private static final class Held {
    final LiveVersion version;
    int users;
    boolean forgotten;

    Held(LiveVersion version) {
      this.version = version;
    }
  }

  /** The use of versions by one batch; ends with {@link #close()}. */
  public final class Lease implements AutoCloseable {

    private final Map<Long, Held> mine = new HashMap<>();

    /** The compiled version with this id. */
    public LiveVersion get(long versionId) {
      Held known = mine.get(versionId);
      if (known == null) {
        known = take(versionId);
        mine.put(versionId, known);
      }
      return known.version;
    }

    @Override
    public void close() {
      mine.values().forEach(LiveVersions.this::release);
      mine.clear();
    }
  }

  public Lease lease() {
    return new Lease();
  }

  /** Keeps a version that was just compiled for publishing, so that its first run need not wait. */
  void keep(LiveVersion version) {
    synchronized (held) {
      held.put(version.id(), new Held(version));
    }
    trim();
  }

  private Held take(long versionId) {
    synchronized (held) {
      Held known = held.get(versionId);
      if (known != null) {
        known.users++;
        return known;
      }
    }
    LiveVersion compiled = load(versionId);
    Held result;
    synchronized (held) {
      Held other = held.get(versionId);
      if (other == null) {
        result = new Held(compiled);
        held.put(versionId, result);
      } else {
        compiled.close();
        result = other;
      }
      result.users++;
    }
    trim();
    return result;
  }

  private void release(Held one) {
    boolean close;
    synchronized (held) {
      one.users--;
      close = one.forgotten && one.users == 0;
    }
    if (close) {
      one.version.close();
    }
  }

  private void trim() {
    List<Held> closing = new ArrayList<>();
    synchronized (held) {
      var oldest = held.values().iterator();
      while (held.size() > capacity && oldest.hasNext()) {
        Held one = oldest.next();
        oldest.remove();
        one.forgotten = true;
        if (one.users == 0) {
          closing.add(one);
        }
      }
    }
    closing.forEach(one -> one.version.close());
  }

  private LiveVersion load(long versionId) {
    AutomationVersion version =
        versions
            .findById(versionId)
            .orElseThrow(
                () -> new IllegalStateException("There is no automation version " + versionId));
    Automation automation =
        automations
            .findById(version.automationId())
            .orElseThrow(
                () ->
                    new IllegalStateException("There is no automation " + version.automationId()));
    Checked checked =
        compiler.check(version.bpmn(), name(automation.id(), versionId), this::automationId, true);
    if (!checked.problems().isEmpty()) {
      LOG.warn(
          "Version {} of automation '{}' no longer fits the account's settings: {}",
          version.number(),
          automation.key(),
          checked.problems().stream().map(Problem::violation).toList());
    }
    return compiler.compile(
        compiler.mended(checked), versionId, automation.id(), automation.key(), automation.name());
  }

  Optional<Long> automationId(String key) {
    return automations.findByKey(key).map(Automation::id);
  }

  /** The name of a version's rule package. */
  static String name(long automationId, long versionId) {
    return "automation" + automationId + ".v" + versionId;
  }
}
