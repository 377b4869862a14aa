package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bulk action as it stands (ENG-114, ENG-118).
 *
 * @param operation the key of what is done
 * @param filter which records it is done to; null when they were chosen one by one, and for an undo
 * @param hidden whether leads that the list page hides by their stage or status are among those that match
 * @param undoOf the bulk action that this one takes back; null for all others
 * @param notBefore when it goes on; later than now while it waits for its time or its next batch
 * @param scheduledAt when it was to begin; null for at once
 * @param batchSize how many records are done at a time; null for all
 * @param createdBy who made it; null when a program with the key of the account did
 * @param total how many records there are; grows while it is processing
 * @param handled how many are done: succeeded and failed together
 * @param changed how many of those that succeeded differ from before
 * @param problem why it stopped by itself; null when it did not
 */
public record BulkAction(
    long id,
    EntityType entity,
    String operation,
    String name,
    Status status,
    JsonNode settings,
    @Nullable String filter,
    boolean hidden,
    @Nullable Long undoOf,
    Instant notBefore,
    @Nullable Instant scheduledAt,
    @Nullable Integer batchSize,
    @Nullable Integer batchMinutes,
    Instant createdAt,
    @Nullable Long createdBy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    long collectedTo,
    long total,
    long handled,
    long succeeded,
    long changed,
    long failed,
    @Nullable String problem) {

  /** The same with less of what was asked for. */
  BulkAction withheld(JsonNode less, @Nullable String rest) {
    return new BulkAction(
        id,
        entity,
        operation,
        name,
        status,
        less,
        rest,
        hidden,
        undoOf,
        notBefore,
        scheduledAt,
        batchSize,
        batchMinutes,
        createdAt,
        createdBy,
        startedAt,
        endedAt,
        collectedTo,
        total,
        handled,
        succeeded,
        changed,
        failed,
        problem);
  }

  /** Why its records change; one that takes back an import without automations starts none either. */
  Cause cause() {
    return new Cause(
        createdBy == null ? Cause.Kind.API : Cause.Kind.USER,
        createdBy,
        "bulk action " + id,
        List.of(),
        settings.path("starts").asText().equals("no") ? Cause.Starts.NONE : null);
  }

  /** How far it is (ENG-115, ENG-116). The numbers are stored and never change. */
  public enum Status {
    /** Its records are being collected, or it waits for its time. */
    PROCESSING(1),
    IN_PROGRESS(2),
    COMPLETE(3),
    /** Somebody stopped it, or it stopped by itself; what it had done stays done. */
    CANCELED(4);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Status of(int code) {
      return values()[code - 1];
    }

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Finds a status by its {@link #key()}. */
    public static Optional<Status> of(String key) {
      return Arrays.stream(values()).filter(status -> status.key().equals(key)).findFirst();
    }

    /** Whether nothing more happens. */
    public boolean ended() {
      return this == COMPLETE || this == CANCELED;
    }
  }
}
