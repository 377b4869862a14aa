package io.leadloom.record.session;

import io.leadloom.record.Record;
import io.leadloom.record.WriteResult;
import org.jspecify.annotations.Nullable;

/** A record that a session holds: as it stands in the database and as it stands now. */
final class Held {

  @Nullable Record stored;
  Record now;

  Held(@Nullable Record stored, Record now) {
    this.stored = stored;
    this.now = now;
  }

  /** Why a change is refused whose writer has seen another version; null when it is not. */
  WriteResult.@Nullable Conflict conflict(@Nullable Integer expectedVersion) {
    return expectedVersion == null || expectedVersion == now.version()
        ? null
        : new WriteResult.Conflict(expectedVersion, now);
  }

  boolean live() {
    return now.trashedAt() == null;
  }
}
