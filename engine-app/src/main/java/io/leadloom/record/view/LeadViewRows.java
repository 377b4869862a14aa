package io.leadloom.record.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.platform.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of details views, of the teams that have them, and of people's own tabs. */
@Component
class LeadViewRows {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final String COLUMNS = "v.id, v.name, v.description, v.layout, v.version";

  private final JdbcTemplate jdbc;

  LeadViewRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A details view cannot be read", e);
    }
  }

  static String written(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A details view cannot be written", e);
    }
  }

  private static LeadView view(ResultSet row) throws SQLException {
    return new LeadView(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        read(row.getString(4), LeadLayout.class),
        row.getInt(5));
  }

  List<LeadView> all(int most) {
    return jdbc.query(
        "select " + COLUMNS + " from lead_view v order by v.name limit " + most,
        (row, number) -> view(row));
  }

  Optional<LeadView> find(long id) {
    return jdbc
        .query("select " + COLUMNS + " from lead_view v where v.id = ?", (row, n) -> view(row), id)
        .stream()
        .findFirst();
  }

  /**
   * Keeps the row of a view or a team from going before the transaction ends; false when it is gone.
   *
   * @param table {@code lead_view} or {@code team}
   */
  boolean hold(String table, long id) {
    return !jdbc.queryForList(
            "select id from " + table + " where id = ? for update", Long.class, id)
        .isEmpty();
  }

  /** The own tabs of whomever whose text has a word in it. */
  List<OwnTab> tabsWith(String word) {
    return jdbc.query(
        "select id, tab, version from own_lead_tab where lower(tab) like ? order by id",
        (row, number) -> tab(row),
        "%" + word.toLowerCase(Locale.ROOT) + "%");
  }

  private static OwnTab tab(ResultSet row) throws SQLException {
    return new OwnTab(row.getLong(1), read(row.getString(2), LeadTab.class), row.getInt(3));
  }

  void insert(LeadView view) {
    jdbc.update(
        "insert into lead_view (id, name, description, layout, version) values (?, ?, ?, ?, ?)",
        view.id(),
        view.name(),
        view.description(),
        written(view.layout()),
        view.version());
  }

  /** Writes a view over the version before it; false when that is no longer there. */
  boolean update(LeadView view) {
    return jdbc.update(
            "update lead_view set name = ?, description = ?, layout = ?, version = ? where id = ? and version = ?",
            view.name(),
            view.description(),
            written(view.layout()),
            view.version(),
            view.id(),
            view.version() - 1)
        > 0;
  }

  void delete(long id) {
    jdbc.update("delete from lead_view where id = ?", id);
  }

  /** The view of each team that has one. */
  Map<Long, Long> assigned() {
    Map<Long, Long> views = new HashMap<>();
    jdbc.query(
        "select team_id, view_id from team_lead_view",
        row -> {
          views.put(row.getLong(1), row.getLong(2));
        });
    return views;
  }

  void assign(long team, @Nullable Long view) {
    if (view == null) {
      jdbc.update("delete from team_lead_view where team_id = ?", team);
    } else {
      jdbc.update(
          "insert into team_lead_view (team_id, view_id) values (?, ?)"
              + " on duplicate key update view_id = values(view_id)",
          team,
          view);
    }
  }

  /** The view of a user: that of the first of the teams, in their order, that has one (PLT-D07). */
  Optional<LeadView> ofUser(long userId) {
    return jdbc
        .query(
            "select "
                + COLUMNS
                + " from team_member m join team_lead_view a on a.team_id = m.team_id"
                + " join team t on t.id = m.team_id join lead_view v on v.id = a.view_id"
                + " where m.user_id = ? order by t.name, t.id limit 1",
            (row, number) -> view(row),
            userId)
        .stream()
        .findFirst();
  }

  /** The members of a team to whom its view is shown: those who are in no team before it that has one too. */
  Set<Long> shownBy(long team) {
    Map<Long, Long> first = new HashMap<>();
    jdbc.query(
        "select o.user_id, o.team_id from team_member m join team_member o on o.user_id = m.user_id"
            + " join team_lead_view a on a.team_id = o.team_id join team t on t.id = o.team_id"
            + " where m.team_id = ? order by t.name, t.id",
        row -> {
          first.putIfAbsent(row.getLong(1), row.getLong(2));
        },
        team);
    first.values().removeIf(shown -> shown != team);
    return first.keySet();
  }

  /** The own tabs of a user, the oldest first. */
  List<OwnTab> tabs(long userId) {
    return jdbc.query(
        "select id, tab, version from own_lead_tab where user_id = ? order by id",
        (row, number) -> tab(row),
        userId);
  }

  void insertTab(long userId, OwnTab tab) {
    jdbc.update(
        "insert into own_lead_tab (id, user_id, tab, version) values (?, ?, ?, ?)",
        tab.id(),
        userId,
        written(tab.tab()),
        tab.version());
  }

  /** Writes a tab over the version before it; false when that is no longer there. */
  boolean updateTab(OwnTab tab) {
    return jdbc.update(
            "update own_lead_tab set tab = ?, version = ? where id = ? and version = ?",
            written(tab.tab()),
            tab.version(),
            tab.id(),
            tab.version() - 1)
        > 0;
  }

  void deleteTab(long id) {
    jdbc.update("delete from own_lead_tab where id = ?", id);
  }

  /** Takes the own tabs of users away; returns how many there were. */
  int deleteTabsOf(Set<Long> users) {
    return users.isEmpty()
        ? 0
        : jdbc.update(
            "delete from own_lead_tab where user_id in ("
                + Ids.listed(new ArrayList<>(users))
                + ")");
  }
}
