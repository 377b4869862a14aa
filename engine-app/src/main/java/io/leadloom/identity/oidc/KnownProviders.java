package io.leadloom.identity.oidc;

import io.leadloom.identity.StaffState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The providers in memory, read again when one has changed on any node; nothing but a sign-in page asks for them. */
@Component
public class KnownProviders {

  private final ProviderRows rows;
  private final StaffState state;
  private volatile @Nullable Snapshot snapshot;

  KnownProviders(ProviderRows rows, StaffState state) {
    this.rows = rows;
    this.state = state;
  }

  private record Snapshot(long version, Map<Long, ProviderRows.Stored> providers) {}

  /** The active providers by name. */
  public List<SignOnProvider> active() {
    return current().providers().values().stream()
        .map(ProviderRows.Stored::provider)
        .filter(SignOnProvider::active)
        .toList();
  }

  /** A provider, also an inactive one. */
  Optional<ProviderRows.Stored> find(long id) {
    return Optional.ofNullable(current().providers().get(id));
  }

  private Snapshot current() {
    long version = state.version();
    Snapshot known = snapshot;
    if (known != null && known.version() == version) {
      return known;
    }
    Map<Long, ProviderRows.Stored> providers = new LinkedHashMap<>();
    rows.all().forEach(stored -> providers.put(stored.provider().id(), stored));
    Snapshot fresh = new Snapshot(version, providers);
    snapshot = fresh;
    return fresh;
  }
}
