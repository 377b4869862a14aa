package io.leadloom.record.handover;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.OwnedElsewhere;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What a user owns: live leads, contacts and accounts, the tasks still to be done, static lists and lead lists. Tasks
 * that are finished stay with whoever did them.
 */
@Component
class Owned {

  private static final Map<EntityType, String> PLACES =
      new LinkedHashMap<>(
          Map.of(
              EntityType.LEAD, "from leads where owner_id = ? and trashed_at is null",
              EntityType.CONTACT, "from contacts where owner_id = ? and trashed_at is null",
              EntityType.ACCOUNT, "from accounts where owner_id = ? and trashed_at is null",
              EntityType.OPPORTUNITY,
                  "from opportunities where owner_id = ? and trashed_at is null",
              EntityType.TASK,
                  "from tasks where owner_id = ? and status = 'pending' and trashed_at is null"));

  private final JdbcTemplate jdbc;
  private final ObjectProvider<OwnedElsewhere> elsewhere;

  Owned(JdbcTemplate jdbc, ObjectProvider<OwnedElsewhere> elsewhere) {
    this.jdbc = jdbc;
    this.elsewhere = elsewhere;
  }

  /** How much there is of each kind, by the entity's key, {@code list}, {@code leadList} and those of other rooms. */
  Map<String, Long> counts(long user) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (EntityType type : EntityType.values()) {
      String place = PLACES.get(type);
      if (place != null) {
        counts.put(type.key(), count("select count(*) " + place, user));
      }
    }
    counts.put("list", count("select count(*) from static_list where owner_id = ?", user));
    counts.put("leadList", count("select count(*) from lead_list where owner_id = ?", user));
    elsewhere.orderedStream().forEach(other -> counts.put(other.kind(), other.count(user)));
    return counts;
  }

  private long count(String sql, long user) {
    Long count = jdbc.queryForObject(sql, Long.class, user);
    return count == null ? 0 : count;
  }

  /** How many records of each kind these users own together; a list is no record. */
  Map<String, Long> records(List<Long> users) {
    String several = "in (?" + ", ?".repeat(users.size() - 1) + ")";
    Map<String, Long> counts = new LinkedHashMap<>();
    for (EntityType type : EntityType.values()) {
      String place = PLACES.get(type);
      if (place != null) {
        Long count =
            jdbc.queryForObject(
                "select count(*) " + place.replace("= ?", several), Long.class, users.toArray());
        counts.put(type.key(), count == null ? 0 : count);
      }
    }
    return counts;
  }

  /** Some of what is owned, locked until the transaction ends; what is owned no more does not come again. */
  List<RecordRef> some(long user, int most, Set<RecordRef> without) {
    List<RecordRef> found = new ArrayList<>();
    for (EntityType type : EntityType.values()) {
      String place = PLACES.get(type);
      if (place != null && found.isEmpty()) {
        List<Long> left =
            without.stream().filter(ref -> ref.type() == type).map(RecordRef::id).toList();
        List<Object> arguments = new ArrayList<>(List.of(user));
        arguments.addAll(left);
        arguments.add(most);
        String others =
            left.isEmpty() ? "" : " and id not in (?" + ", ?".repeat(left.size() - 1) + ")";
        jdbc.query(
            "select id " + place + others + " limit ? for update",
            row -> {
              found.add(new RecordRef(type, row.getLong(1)));
            },
            arguments.toArray());
      }
    }
    return found;
  }

  /** Gives all lists; returns how many. */
  int giveLists(long from, long to) {
    return jdbc.update(
        "update static_list set owner_id = ?, version = version + 1 where owner_id = ?", to, from);
  }

  /** Gives the lead lists of the processes that the other works in (LEAD-013); returns how many. */
  int giveLeadLists(long from, long to) {
    // Whoever changes a list or the people of its process holds the process's row.
    jdbc.queryForList(
        "select id from call_process where id in (select process_id from lead_list where owner_id = ?)"
            + " order by id for update",
        Long.class,
        from);
    return jdbc.update(
        "update lead_list set owner_id = ?, version = version + 1 where owner_id = ?"
            + " and process_id in (select process_id from call_process_member where user_id = ?)",
        to,
        from,
        to);
  }

  /** The names of the lead lists of a user. */
  List<String> leadLists(long user) {
    return jdbc.queryForList(
        "select name from lead_list where owner_id = ? order by id", String.class, user);
  }
}
