package io.leadloom.record.file;

import io.leadloom.platform.RecordRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file.
 *
 * @param of the record that it belongs to; a note for an attachment
 * @param mediaType what its first bytes say that it is
 * @param bytes how long it is
 * @param createdBy who uploaded it; null when a program with the key of the account did
 */
public record StoredFile(
    long id,
    RecordRef of,
    String name,
    String mediaType,
    long bytes,
    Instant createdAt,
    @Nullable Long createdBy) {

  /** Whether a browser may show it and not only save it: pictures of dots, which cannot run anything. */
  public boolean picture() {
    return mediaType.startsWith("image/");
  }
}
