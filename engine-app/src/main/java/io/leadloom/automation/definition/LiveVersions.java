package io.leadloom.automation.definition;

import io.leadloom.platform.company.AccountSettings;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The compiled versions. A stored version is compiled when it is first needed, not at start; those not used for longest
 * are forgotten, but never while a batch uses them.
 */
@Component
public class LiveVersions {

  private final VersionCompiler compiler;
  private final Automations automations;
  private final AutomationVersions versions;
  private final AccountSettings account;
  private final int capacity;
  private volatile @Nullable ZoneId zone;
  private volatile Consumer<LiveVersion> unusable = version -> {};

  /** Rises when versions are forgotten, so that one which is being compiled meanwhile is compiled again. */
  private final AtomicLong forgotten = new AtomicLong();

  private final LinkedHashMap<Long, Held> held = new LinkedHashMap<>(64, 0.75f, true);

  LiveVersions(
      VersionCompiler compiler,
      Automations automations,
      AutomationVersions versions,
      AccountSettings account,
      @Value("${leadloom.automation.compiled-versions:2000}") int capacity) {
    this.compiler = compiler;
    this.automations = automations;
    this.versions = versions;
    this.account = account;
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

  /** How often versions were forgotten; what is compiled after asking is of use while this stays the same. */
  long forgettings() {
    forgetOtherZone();
    return forgotten.get();
  }

  /**
   * Keeps a version that was just compiled for publishing, so that its first run need not wait; closes it when it was
   * compiled against an account that is another one by now.
   *
   * @param before the {@link #forgettings} before it was compiled
   */
  void keep(LiveVersion version, long before) {
    forgetOtherZone();
    boolean fits;
    synchronized (held) {
      fits = forgotten.get() == before;
      if (fits) {
        held.put(version.id(), new Held(version));
      }
    }
    if (fits) {
      trim();
    } else {
      version.close();
    }
  }

  /** Versions hold the account's time zone in their waits and conditions: those made for another one are of no use. */
  private void forgetOtherZone() {
    ZoneId now = account.timeZone();
    if (now.equals(zone)) {
      return;
    }
    List<Held> closing;
    synchronized (held) {
      zone = now;
      // Also when nothing is held: what is being compiled for the zone before must not be put.
      closing = drop(version -> true);
    }
    closing.forEach(one -> one.version.close());
  }

  private Held take(long versionId) {
    while (true) {
      long before = forgettings();
      synchronized (held) {
        Held known = held.get(versionId);
        if (known != null) {
          known.users++;
          return known;
        }
      }
      Held taken = put(load(versionId), before);
      if (taken != null) {
        trim();
        return taken;
      }
    }
  }

  /** Null when versions were forgotten while this one was compiled, so that it may be compiled for what is no more. */
  private @Nullable Held put(LiveVersion compiled, long before) {
    forgetOtherZone();
    Held result = null;
    boolean mine = false;
    synchronized (held) {
      if (forgotten.get() == before) {
        result = held.get(compiled.id());
        if (result == null) {
          result = new Held(compiled);
          held.put(compiled.id(), result);
          mine = true;
        }
        result.users++;
      }
    }
    if (!mine) {
      compiled.close();
    }
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

  /** Who wants to hear of a version that was loaded and cannot start anything any more. */
  void onUnusable(Consumer<LiveVersion> listener) {
    this.unusable = listener;
  }

  /** Forgets the versions of automations, so that their next use compiles them against the account as it is then. */
  public void forget(Set<Long> automationIds) {
    if (automationIds.isEmpty()) {
      return;
    }
    List<Held> closing;
    synchronized (held) {
      closing = drop(version -> automationIds.contains(version.automationId()));
    }
    closing.forEach(one -> one.version.close());
  }

  /** Forgets all versions: what they were compiled against is called otherwise by now. */
  void forgetAll() {
    List<Held> closing;
    synchronized (held) {
      closing = drop(version -> true);
    }
    closing.forEach(one -> one.version.close());
  }

  /** Takes out versions; the caller has the lock. Returns those which nobody uses, to be closed. */
  private List<Held> drop(Predicate<LiveVersion> which) {
    forgotten.incrementAndGet();
    List<Held> closing = new ArrayList<>();
    held.values()
        .removeIf(
            one -> {
              boolean goes = which.test(one.version);
              if (goes) {
                one.forgotten = true;
                if (one.users == 0) {
                  closing.add(one);
                }
              }
              return goes;
            });
    return closing;
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
    LiveVersion loaded = compiler.load(version, automation, this::automationId);
    if (loaded.unusable() != null) {
      unusable.accept(loaded);
    }
    return loaded;
  }

  Optional<Long> automationId(String key) {
    return automations.findByKey(key).map(Automation::id);
  }

  /** The name of a version's rule package. */
  static String name(long automationId, long versionId) {
    return "automation" + automationId + ".v" + versionId;
  }
}
