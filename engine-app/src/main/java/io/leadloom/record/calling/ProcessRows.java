package io.leadloom.record.calling;

import io.leadloom.platform.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Processes and their people in the database. */
@Component
class ProcessRows {

  private static final String SELECT =
      "select p.id, p.name, p.definition_id, p.time_zone, p.default_country, p.version,"
          + " (select count(*) from lead_list l where l.process_id = p.id) from call_process p ";

  private final JdbcTemplate jdbc;

  ProcessRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** One page by name. */
  List<CallProcess> page(byte[] after, int limit) {
    return complete(SELECT + "where p.folded > ? order by p.folded limit ?", after, limit);
  }

  /** One page of those that a user supervises. */
  List<CallProcess> supervised(long user, byte[] after, int limit) {
    return complete(
        SELECT
            + "join call_process_member m on m.process_id = p.id and m.user_id = ? and m.supervisor = true"
            + " where p.folded > ? order by p.folded limit ?",
        user,
        after,
        limit);
  }

  Optional<CallProcess> find(long id) {
    return complete(SELECT + "where p.id = ?", id).stream().findFirst();
  }

  /** Keeps others from changing the process, or anything in it, until the transaction ends. */
  Optional<CallProcess> lock(long id) {
    boolean there =
        !jdbc.queryForList("select id from call_process where id = ? for update", id).isEmpty();
    return there ? find(id) : Optional.empty();
  }

  /** How many lists of a process each of their owners has. */
  Map<Long, Integer> owners(long id) {
    Map<Long, Integer> owners = new HashMap<>();
    jdbc.query(
        "select owner_id, count(*) from lead_list where process_id = ? group by owner_id",
        row -> {
          owners.put(row.getLong(1), row.getInt(2));
        },
        id);
    return owners;
  }

  /** The names of the campaigns of a process. */
  List<String> campaigns(long id) {
    return jdbc.queryForList(
        "select name from dialling_campaign where process_id = ? order by folded",
        String.class,
        id);
  }

  private record Member(long user, boolean supervisor) {}

  private List<CallProcess> complete(String sql, @Nullable Object... arguments) {
    List<CallProcess> bare =
        jdbc.query(
            sql,
            (row, number) ->
                new CallProcess(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5),
                    List.of(),
                    List.of(),
                    row.getInt(7),
                    row.getInt(6)),
            arguments);
    if (bare.isEmpty()) {
      return bare;
    }
    Map<Long, List<Member>> members = new HashMap<>();
    jdbc.query(
        "select m.process_id, m.user_id, m.supervisor from call_process_member m"
            + " join app_user u on u.id = m.user_id where m.process_id in ("
            + Ids.listed(bare.stream().map(CallProcess::id).toList())
            + ") order by u.name, u.id",
        row -> {
          members
              .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
              .add(new Member(row.getLong(2), row.getBoolean(3)));
        });
    return bare.stream()
        .map(each -> with(each, members.getOrDefault(each.id(), List.of())))
        .toList();
  }

  private static CallProcess with(CallProcess bare, List<Member> members) {
    return new CallProcess(
        bare.id(),
        bare.name(),
        bare.tableDefinition(),
        bare.timeZone(),
        bare.defaultCountry(),
        members.stream().filter(Member::supervisor).map(Member::user).toList(),
        members.stream().filter(member -> !member.supervisor()).map(Member::user).toList(),
        bare.lists(),
        bare.version());
  }

  void insert(CallProcess process) {
    Named.write(
        "process",
        process.name(),
        () ->
            jdbc.update(
                "insert into call_process (name, folded, definition_id, time_zone, default_country, version, id)"
                    + " values (?, ?, ?, ?, ?, ?, ?)",
                values(process)));
    insertPeople(process);
  }

  void update(CallProcess process) {
    Named.write(
        "process",
        process.name(),
        () ->
            jdbc.update(
                "update call_process set name = ?, folded = ?, definition_id = ?, time_zone = ?,"
                    + " default_country = ?, version = ? where id = ?",
                values(process)));
    jdbc.update("delete from call_process_member where process_id = ?", process.id());
    insertPeople(process);
    // Who leaves the process leaves its campaigns, which are others than were read before.
    jdbc.update(
        "update dialling_campaign set version = version + 1 where process_id = ? and id in"
            + " (select campaign_id from dialling_campaign_member where user_id not in"
            + " (select user_id from call_process_member where process_id = ?))",
        process.id(),
        process.id());
    jdbc.update(
        "delete from dialling_campaign_member where campaign_id in"
            + " (select id from dialling_campaign where process_id = ?) and user_id not in"
            + " (select user_id from call_process_member where process_id = ?)",
        process.id(),
        process.id());
  }

  private static @Nullable Object[] values(CallProcess process) {
    return new @Nullable Object[] {
      process.name(),
      Named.folded(process.name()),
      process.tableDefinition(),
      process.timeZone(),
      process.defaultCountry(),
      process.version(),
      process.id()
    };
  }

  private void insertPeople(CallProcess process) {
    jdbc.batchUpdate(
        "insert into call_process_member (process_id, user_id, supervisor) values (?, ?, ?)",
        process.people().stream()
            .map(user -> new Object[] {process.id(), user, process.supervisors().contains(user)})
            .toList());
  }

  void delete(long id) {
    jdbc.update("delete from call_process where id = ?", id);
  }
}
