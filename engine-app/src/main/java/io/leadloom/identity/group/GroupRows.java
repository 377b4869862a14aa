package io.leadloom.identity.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rows of sales groups. */
@Component
class GroupRows {

  private final JdbcTemplate jdbc;

  GroupRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(readOnly = true)
  public List<SalesGroup> all() {
    Map<Long, List<Long>> members = new HashMap<>();
    jdbc.query(
        "select m.group_id, m.user_id from sales_group_member m join app_user u on u.id = m.user_id"
            + " order by u.name, u.id",
        row -> {
          members.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(row.getLong(2));
        });
    return jdbc.query(
        "select id, name, description, active, version from sales_group order by name",
        (row, number) ->
            new SalesGroup(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                members.getOrDefault(row.getLong(1), List.of()),
                row.getInt(5)));
  }

  void insert(SalesGroup group) {
    jdbc.update(
        "insert into sales_group (id, name, description, active, version) values (?, ?, ?, ?, ?)",
        group.id(),
        group.name(),
        group.description(),
        group.active(),
        group.version());
    writeMembers(group);
  }

  void update(SalesGroup group) {
    jdbc.update(
        "update sales_group set name = ?, description = ?, active = ?, version = ? where id = ?",
        group.name(),
        group.description(),
        group.active(),
        group.version(),
        group.id());
    jdbc.update("delete from sales_group_member where group_id = ?", group.id());
    writeMembers(group);
  }

  private void writeMembers(SalesGroup group) {
    jdbc.batchUpdate(
        "insert into sales_group_member (group_id, user_id) values (?, ?)",
        group.members().stream().map(member -> new Object[] {group.id(), member}).toList());
  }

  void delete(long id) {
    jdbc.update("delete from sales_group where id = ?", id);
  }
}
