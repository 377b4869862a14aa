package io.leadloom.record;

import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
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

  /** The lists that somebody may do this with, by name (VOC-014, PLT-062 to PLT-064). */
  List<StaticList> all(Rights rights, Action action);

  /** Finds a list that somebody may do this with. */
  Optional<StaticList> find(long id, Rights rights, Action action);

  /** Whether somebody may do this with a list that is there; without counting who is on it. */
  boolean may(long id, Rights rights, Action action);

  /** Makes a list for everybody who may see lists. */
  StaticList create(String name, @Nullable String description, @Nullable Long ownerId);

  /**
   * Makes a list.
   *
   * @param personal whether nobody but the owner sees it, ever
   */
  StaticList create(
      String name, @Nullable String description, @Nullable Long ownerId, boolean personal);

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
   * The members that somebody sees, leads first, then by id.
   *
   * @param after the last one of the page before
   */
  Page<RecordRef> members(long id, @Nullable RecordRef after, int limit, Rights rights);

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
