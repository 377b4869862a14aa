package io.leadloom.record.calling.row;

import io.leadloom.schema.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lead of a list while rows are written. */
final class Held {

  final long id;
  final @Nullable Long upload;
  final long listBefore;
  long list;
  Values values = Values.none();
  Instant changedAt;
  boolean fresh;
  boolean changed;

  Held(long id, long list, @Nullable Long upload, Instant changedAt) {
    this.id = id;
    this.list = list;
    this.listBefore = list;
    this.upload = upload;
    this.changedAt = changedAt;
  }
}
