package io.leadloom.record.smart;

import io.leadloom.platform.EntityType;
import io.leadloom.record.store.EntityTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How each user looks at each list: the columns, the order of the records and the places of the tabs (ENG-079, ENG-083). */
@Component
public class ListViews {

  /** The list that stands for all records of a kind. */
  public static final long ALL = 0;

  private final JdbcTemplate jdbc;

  ListViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How a user looks at a list.
   *
   * @param list {@link #ALL} for all records
   * @param columns empty for those of the list itself
   * @param sort null for that of the list itself
   * @param position the place of the tab; null when it was never moved
   */
  public record View(
      long list, List<String> columns, @Nullable String sort, @Nullable Integer position) {
    public View {
      columns = List.copyOf(columns);
    }
  }

  /** What a user has chosen for the lists over a kind of record, by list. */
  @Transactional(readOnly = true)
  public Map<Long, View> of(long userId, EntityType entity) {
    Map<Long, View> views = new HashMap<>();
    jdbc.query(
        "select list_id, column_keys, sort_by, position from list_view where user_id = ? and entity = ?",
        row -> {
          views.put(
              row.getLong(1),
              new View(
                  row.getLong(1),
                  SmartListRows.split(row.getString(2)),
                  row.getString(3),
                  row.getObject(4, Integer.class)));
        },
        userId,
        EntityTable.code(entity));
    return views;
  }

  /** Keeps a user's columns and order for a list; its tab stays where it is. */
  @Transactional
  public void keep(
      long userId, EntityType entity, long list, List<String> columns, @Nullable String sort) {
    jdbc.update(
        "insert into list_view (user_id, entity, list_id, column_keys, sort_by) values (?, ?, ?, ?, ?)"
            + " on duplicate key update column_keys = values(column_keys), sort_by = values(sort_by)",
        userId,
        EntityTable.code(entity),
        list,
        SmartListRows.joined(columns),
        sort);
  }

  /** Puts the tabs of a user into this order. */
  @Transactional
  public void order(long userId, EntityType entity, List<Long> lists) {
    jdbc.update(
        "update list_view set position = null where user_id = ? and entity = ?",
        userId,
        EntityTable.code(entity));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      rows.add(new Object[] {userId, EntityTable.code(entity), lists.get(i), i});
    }
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(
          "insert into list_view (user_id, entity, list_id, position) values (?, ?, ?, ?)"
              + " on duplicate key update position = values(position)",
          rows);
    }
  }
}
