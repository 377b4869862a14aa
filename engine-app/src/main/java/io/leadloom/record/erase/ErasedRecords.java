package io.leadloom.record.erase;

import io.leadloom.journal.JournalErasure;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordsErased;
import io.leadloom.record.store.EntityTable;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes records and all that is kept about them out of the database, in the caller's transaction. Activities, tasks and
 * notes go with the record when they are about nothing else, and lose their link to it otherwise. So do records that have
 * become part of an erased one by a merge.
 */
@Component
class ErasedRecords {

  private static final List<EntityType> ABOUT = EntityType.ROOTS;

  /** So many of what belongs to records go at a time: no statement names more. */
  private static final int PIECE = 1_000;

  private static final List<EntityType> BELONGING =
      List.of(EntityType.ACTIVITY, EntityType.TASK, EntityType.NOTE);

  private final JdbcTemplate jdbc;
  private final JournalErasure journal;
  private final ApplicationEventPublisher events;

  ErasedRecords(JdbcTemplate jdbc, JournalErasure journal, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.events = events;
  }

  /**
   * What was erased.
   *
   * @param asked those of the records that were asked for
   * @param merged those that had become part of one of them
   * @param along how many went along, by kind
   */
  record Erased(Set<Long> asked, Set<Long> merged, Map<EntityType, Integer> along) {}

  /** Erases those of the records that are in the trash, where none is that has become part of another. */
  Erased erase(EntityType type, Collection<Long> wanted) {
    List<Long> trashed =
        wanted.isEmpty()
            ? List.of()
            : jdbc.queryForList(
                "select id from "
                    + EntityTable.name(type)
                    + " where id in ("
                    + Ids.listed(wanted)
                    + ") and trashed_at is not null and id in (select record_id from trash where entity = "
                    + EntityTable.code(type)
                    + ") order by id for update",
                Long.class);
    Set<Long> merged = Set.of();
    Map<EntityType, Integer> along = new EnumMap<>(EntityType.class);
    if (!trashed.isEmpty()) {
      merged = merged(type, trashed);
      Set<Long> all = new HashSet<>(trashed);
      all.addAll(merged);
      // First whoever could write values of them into the journal again, and locks what consumers
      // lock before events.
      events.publishEvent(new RecordsErased(type, List.copyOf(all), deals(type, all)));
      forget(type, all, history(type, all), along);
    }
    return new Erased(Set.copyOf(trashed), merged, along);
  }

  /** The opportunities of leads or contacts. */
  private List<Long> deals(EntityType type, Collection<Long> ids) {
    return type == EntityType.LEAD || type == EntityType.CONTACT
        ? jdbc.queryForList(
            "select id from %s where %s_id in (%s) order by id"
                .formatted(EntityTable.name(EntityType.OPPORTUNITY), type.key(), Ids.listed(ids)),
            Long.class)
        : List.of();
  }

  /** The records that have become part of these, or of one of those, and are in the trash for good. */
  private Set<Long> merged(EntityType type, Collection<Long> survivors) {
    Set<Long> found = new HashSet<>();
    Collection<Long> next = survivors;
    while (!next.isEmpty()) {
      List<Long> parts =
          jdbc.queryForList(
              "select m.record_id from merged_record m join "
                  + EntityTable.name(type)
                  + " r on r.id = m.record_id where m.survivor_id in ("
                  + Ids.listed(next)
                  + ") and m.entity = "
                  + EntityTable.code(type)
                  + " and r.trashed_at is not null",
              Long.class);
      next = parts.stream().filter(found::add).toList();
    }
    return found;
  }

  private void forget(
      EntityType type,
      Collection<Long> ids,
      Map<RecordRef, Set<RecordRef>> moved,
      Map<EntityType, Integer> along) {
    if (ABOUT.contains(type)) {
      for (EntityType belonging : BELONGING) {
        forgetBelonging(type, belonging, ids, moved, along);
      }
    }
    String listed = Ids.listed(ids);
    int entity = EntityTable.code(type);
    String ofRecord = " where record_id in (" + listed + ") and entity = " + entity;
    jdbc.update(
        "update record_history set changes = null, detail = null where entity = "
            + entity
            + " and record_id in ("
            + listed
            + ")");
    files(ofRecord);
    for (String table : List.of("record_tag", "list_member", "trash")) {
      jdbc.update("delete from " + table + ofRecord);
    }
    jdbc.update(
        "delete from smart_member where record_id in ("
            + listed
            + ") and list_id in (select list_id from smart_keep where entity = "
            + entity
            + ")");
    for (String end : List.of("low_id", "high_id")) {
      jdbc.update(
          "delete from match_apart where " + end + " in (" + listed + ") and entity = " + entity);
    }
    undos(entity, listed);
    if (type == EntityType.LEAD) {
      jdbc.update("delete from follow_up where lead_id in (" + listed + ")");
    }
    jdbc.update("delete from " + EntityTable.slots(type) + " where id in (" + listed + ")");
    jdbc.update("delete from " + EntityTable.name(type) + " where id in (" + listed + ")");
  }

  private void forgetBelonging(
      EntityType type,
      EntityType belonging,
      Collection<Long> ids,
      Map<RecordRef, Set<RecordRef>> moved,
      Map<EntityType, Integer> along) {
    String column = type.key() + "_id";
    String about = " where " + column + " in (" + Ids.listed(ids) + ")";
    StringBuilder alone = new StringBuilder(about);
    for (EntityType other : ABOUT) {
      if (other != type) {
        alone.append(" and ").append(other.key()).append("_id is null");
      }
    }
    String table = EntityTable.name(belonging);
    List<Long> own;
    do {
      own = jdbc.queryForList("select id from " + table + alone + " limit " + PIECE, Long.class);
      if (!own.isEmpty()) {
        events.publishEvent(new RecordsErased(belonging, List.copyOf(own)));
        Map<RecordRef, Set<Long>> earlier = new HashMap<>();
        note(belonging, own, moved, earlier);
        // While it was about nothing, its events stood by themselves.
        note(belonging, own, journal.ofRoots(belonging, own), earlier);
        follow(belonging, earlier);
        forget(belonging, own, Map.of(), along);
        along.merge(belonging, own.size(), Integer::sum);
      }
    } while (own.size() == PIECE);
    jdbc.update("update " + table + " set " + column + " = null, version = version + 1" + about);
  }

  private void files(String ofRecord) {
    List<Long> files = jdbc.queryForList("select id from stored_file" + ofRecord, Long.class);
    if (!files.isEmpty()) {
      String listed = Ids.listed(files);
      jdbc.update("delete from file_piece where file_id in (" + listed + ")");
      jdbc.update("delete from stored_file where id in (" + listed + ")");
    }
  }

  /** Nothing that could bring back a value: of merges, and of bulk actions. */
  private void undos(int entity, String listed) {
    List<Long> merges =
        jdbc.queryForList(
            "select id from record_merge where survivor_id in ("
                + listed
                + ") and entity = "
                + entity
                + " union select merge_id from merged_record where record_id in ("
                + listed
                + ") and entity = "
                + entity,
            Long.class);
    if (!merges.isEmpty()) {
      String some = Ids.listed(merges);
      jdbc.update("delete from merge_moved where merge_id in (" + some + ")");
      jdbc.update("update record_merge set way_back = null where id in (" + some + ")");
    }
    for (String end : List.of("record_id", "survivor_id")) {
      jdbc.update(
          "delete from merged_record where " + end + " in (" + listed + ") and entity = " + entity);
    }
    jdbc.update(
        "delete from bulk_undo where record_id in ("
            + listed
            + ") and bulk_id in (select id from bulk_action where entity = "
            + entity
            + ")");
  }

  /**
   * That something happened stays in the journal, without what. What belongs to a record has its events among those of the
   * record, and older ones where it has been before.
   *
   * @return where that was, by what was moved, for what belongs to the records
   */
  private Map<RecordRef, Set<RecordRef>> history(EntityType type, Collection<Long> ids) {
    if (ABOUT.contains(type)) {
      Map<RecordRef, Set<RecordRef>> moved = journal.ofRoots(type, ids);
      jdbc.update(
          "update record_history set changes = null, detail = null where root_entity = "
              + EntityTable.code(type)
              + " and root_id in ("
              + Ids.listed(ids)
              + ")");
      return moved;
    }
    follow(type, roots(type, Ids.listed(ids)));
    return Map.of();
  }

  /** Events of things among those of other records, and where these say that the things have been before. */
  private void follow(EntityType type, Map<RecordRef, Set<Long>> found) {
    Map<RecordRef, Set<Long>> done = new HashMap<>();
    Map<RecordRef, Set<Long>> next = found;
    while (!next.isEmpty()) {
      Map<RecordRef, Set<Long>> further = new HashMap<>();
      next.forEach(
          (root, things) -> {
            Set<Long> known = done.computeIfAbsent(root, one -> new HashSet<>());
            List<Long> fresh = things.stream().filter(known::add).toList();
            for (int from = 0; from < fresh.size(); from += PIECE) {
              List<Long> some = fresh.subList(from, Math.min(fresh.size(), from + PIECE));
              note(type, some, journal.ofSubjects(type, some, root), further);
            }
          });
      next = further;
    }
  }

  private static void note(
      EntityType type,
      Collection<Long> things,
      Map<RecordRef, Set<RecordRef>> moved,
      Map<RecordRef, Set<Long>> byRoot) {
    for (long thing : things) {
      moved
          .getOrDefault(new RecordRef(type, thing), Set.of())
          .forEach(root -> byRoot.computeIfAbsent(root, one -> new HashSet<>()).add(thing));
    }
  }

  /** The records that things are about, with the things: each may have events of them. */
  private Map<RecordRef, Set<Long>> roots(EntityType type, String listed) {
    Map<RecordRef, Set<Long>> roots = new HashMap<>();
    jdbc.query(
        "select id, lead_id, contact_id, account_id, opportunity_id from "
            + EntityTable.name(type)
            + " where id in ("
            + listed
            + ")",
        row -> {
          long id = row.getLong(1);
          roots.put(new RecordRef(type, id), Set.of(id));
          for (EntityType about : ABOUT) {
            Long of = row.getObject(about.key() + "_id", Long.class);
            if (of != null) {
              roots.computeIfAbsent(new RecordRef(about, of), one -> new HashSet<>()).add(id);
            }
          }
        });
    return roots;
  }
}
