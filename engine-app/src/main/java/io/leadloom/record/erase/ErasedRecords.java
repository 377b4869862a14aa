package io.leadloom.record.erase;

import io.leadloom.journal.JournalErasure;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordsErased;
import io.leadloom.record.store.EntityTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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

  private static final List<EntityType> ABOUT =
      List.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT);
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

  /** Erases those of the records that are in the trash, where none is that has become part of another; returns which. */
  Set<Long> erase(EntityType type, Collection<Long> wanted) {
    List<Long> trashed =
        jdbc.queryForList(
            "select id from "
                + EntityTable.name(type)
                + " where id in ("
                + Ids.listed(wanted)
                + ") and trashed_at is not null and id in (select record_id from trash where entity = "
                + EntityTable.code(type)
                + ") order by id for update",
            Long.class);
    if (!trashed.isEmpty()) {
      Set<Long> all = new HashSet<>(trashed);
      all.addAll(merged(type, trashed));
      history(type, all);
      forget(type, all);
    }
    return Set.copyOf(trashed);
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

  private void forget(EntityType type, Collection<Long> ids) {
    events.publishEvent(new RecordsErased(type, List.copyOf(ids)));
    if (ABOUT.contains(type)) {
      for (EntityType belonging : BELONGING) {
        forgetBelonging(type, belonging, ids);
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
    for (String table : List.of("record_tag", "list_member", "trash", "match_key")) {
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

  private void forgetBelonging(EntityType type, EntityType belonging, Collection<Long> ids) {
    String column = type.key() + "_id";
    String about = " where " + column + " in (" + Ids.listed(ids) + ")";
    StringBuilder alone = new StringBuilder(about);
    for (EntityType other : ABOUT) {
      if (other != type) {
        alone.append(" and ").append(other.key()).append("_id is null");
      }
    }
    String table = EntityTable.name(belonging);
    List<Long> own = jdbc.queryForList("select id from " + table + alone, Long.class);
    if (!own.isEmpty()) {
      forget(belonging, own);
    }
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
   * record.
   */
  private void history(EntityType type, Collection<Long> ids) {
    int entity = EntityTable.code(type);
    String listed = Ids.listed(ids);
    if (ABOUT.contains(type)) {
      journal.ofRoots(type, ids);
      jdbc.update(
          "update record_history set changes = null, detail = null where root_entity = "
              + entity
              + " and root_id in ("
              + listed
              + ")");
    } else {
      roots(type, listed)
          .forEach(one -> journal.ofSubject(new RecordRef(type, one.subject()), one.root()));
    }
  }

  private record Placed(long subject, RecordRef root) {}

  /** Everything that something is about may have its events. */
  private List<Placed> roots(EntityType type, String listed) {
    List<Placed> roots = new ArrayList<>();
    jdbc.query(
        "select id, lead_id, contact_id, account_id from "
            + EntityTable.name(type)
            + " where id in ("
            + listed
            + ")",
        row -> {
          long id = row.getLong(1);
          roots.add(new Placed(id, new RecordRef(type, id)));
          for (EntityType about : ABOUT) {
            Long of = row.getObject(about.key() + "_id", Long.class);
            if (of != null) {
              roots.add(new Placed(id, new RecordRef(about, of)));
            }
          }
        });
    return roots;
  }
}
