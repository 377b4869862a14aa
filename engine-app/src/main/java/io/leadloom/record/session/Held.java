package io.leadloom.record.session;

import io.leadloom.record.Record;
import org.jspecify.annotations.Nullable;

/** A record that a session holds: as it stands in the database and as it stands now. */
final class Held {

  @Nullable Record stored;
  Record now;

  Held(@Nullable Record stored, Record now) {
    this.stored = stored;
    this.now = now;
  }

  boolean live() {
    return now.trashedAt() == null;
  }
}
