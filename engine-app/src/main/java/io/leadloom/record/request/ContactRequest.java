package io.leadloom.record.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked to be done to many contacts (ENG-103). Once it is completed, the five counts add up to {@code
 * total} (ENG-106): contacts that a request did not come to, since it was stopped, count as skipped.
 *
 * @param id of the import or the bulk action
 * @param name the file, or what the bulk action is called
 * @param userId who made it; null for a program with the key of the account
 * @param total how many contacts or rows it is about, as far as that is known
 */
public record ContactRequest(
    Type type,
    long id,
    String name,
    @Nullable Long userId,
    Instant at,
    boolean completed,
    long total,
    long created,
    long updated,
    long skipped,
    long failed,
    long deleted) {

  /** Kinds of requests. */
  public enum Type {
    IMPORT,
    BULK_CREATE,
    BULK_UPDATE,
    BULK_DELETE;

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
