package io.leadloom.record;

import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The static lists of leads and contacts; members come and go by {@link RecordCommand}s. */
public interface Lists {

  /** All lists by name. */
  List<StaticList> all();

  /** Finds a list by its id as text or by its name without letter case. */
  Optional<StaticList> find(String nameOrId);

  StaticList create(String name, @Nullable String description, @Nullable Long ownerId);

  /**
   * Changes a list.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   * @param name null leaves it
   * @param description null leaves it, a blank one removes it
   */
  StaticList change(
      long id, @Nullable Integer version, @Nullable String name, @Nullable String description);

  /** Deletes a list with its memberships; the records stay. */
  void delete(long id);

  /**
   * The members, leads first, then by id.
   *
   * @param after the last one of the page before
   */
  Page<RecordRef> members(long id, @Nullable RecordRef after, int limit);

  /**
   * A list.
   *
   * @param members how many records are on it
   */
  record StaticList(
      long id,
      int version,
      String name,
      @Nullable String description,
      long members,
      Instant createdAt,
      Instant updatedAt) {}
}
