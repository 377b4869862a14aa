package io.leadloom.record.calling.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contact of a process, whom nobody knows outside of it (VOC-006), for who keeps the process.
 *
 * @param process the id of its process
 * @param name what it is called; null where nobody said or it is hidden from the reader
 * @param number the number by which it is found, as numbers are compared; null where it is hidden from the reader
 * @param values by the keys of fields of contacts, those that are not blank
 * @param leads how many leads of lists it has
 * @param some the latest of them, at most 100; null where they are not asked for
 */
public record ProcessContact(
    long id,
    long process,
    @Nullable String name,
    @Nullable String number,
    Map<String, Object> values,
    long leads,
    @Nullable List<OfList> some,
    Instant createdAt) {

  /** A lead of the contact, and the list that it is in. */
  public record OfList(long id, long list, String listName) {}

  public ProcessContact {
    values = Map.copyOf(values);
    some = some == null ? null : List.copyOf(some);
  }
}
