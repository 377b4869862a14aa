package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Indexes the slots that fields have taken. An index only makes searches faster: when the database will not make it now,
 * it is tried again when the next field changes and at the next start. Records that have a search index of their own
 * (decision 19) are looked up in the database by links and by what upserts match by only; any other entry would be paid
 * for by each write and asked for by nobody (decision 20).
 */
@Component
class SlotIndexes {

  private static final Logger LOG = LoggerFactory.getLogger(SlotIndexes.class);

  private final JdbcTemplate jdbc;
  private final Schemas schemas;

  SlotIndexes(JdbcTemplate jdbc, Schemas schemas) {
    this.jdbc = jdbc;
    this.schemas = schemas;
  }

  @EventListener(ApplicationReadyEvent.class)
  void onStart() {
    make(true);
  }

  /** Makes the indexes that are missing; call it outside a transaction, because databases commit around it. */
  void make() {
    make(false);
  }

  /**
   * @param tidy whether those that nobody needs are dropped, which only who has just read the schema may do
   */
  private void make(boolean tidy) {
    Schema schema = schemas.current();
    for (EntityType entity : EntityType.values()) {
      Set<String> slots = new HashSet<>();
      schema.fields(entity).stream()
          .filter(field -> !entity.root() || isLookedUp(field))
          .forEach(field -> add(slots, field));
      if (entity == EntityType.ACTIVITY) {
        schema
            .activityTypes()
            .forEach(type -> schema.activityFields(type.key()).forEach(field -> add(slots, field)));
      }
      make(entity, slots, tidy);
    }
  }

  /** Whether the database itself looks for records by their values in this field. */
  private static boolean isLookedUp(Field field) {
    return switch (field.type()) {
      case TEXT, EMAIL, PHONE, URL, RECORD_LINK -> true;
      default -> false;
    };
  }

  private static void add(Set<String> slots, Field field) {
    if (field.slot() != null) {
      slots.add(field.slot());
    }
  }

  private void make(EntityType entity, Set<String> slots, boolean tidy) {
    String table = entity.key() + "_slot";
    String index = table + "_";
    try {
      Set<String> there =
          Objects.requireNonNull(
              jdbc.execute(
                  (ConnectionCallback<Set<String>>) connection -> indexes(connection, table)));
      for (String slot : slots) {
        if (!there.contains(index + slot)) {
          jdbc.execute("create index " + index + slot + " on " + table + " (" + slot + ", id)");
        }
      }
      for (String name : there) {
        if (tidy && name.startsWith(index) && !slots.contains(name.substring(index.length()))) {
          jdbc.execute("drop index " + name + " on " + table);
        }
      }
    } catch (DataAccessException e) {
      LOG.warn("The indexes of {} have to wait: {}", table, e.getMessage());
    }
  }

  private static Set<String> indexes(Connection connection, String table) throws SQLException {
    Set<String> names = new HashSet<>();
    DatabaseMetaData metaData = connection.getMetaData();
    try (ResultSet rows =
        metaData.getIndexInfo(connection.getCatalog(), null, table, false, true)) {
      while (rows.next()) {
        String name = rows.getString("INDEX_NAME");
        if (name != null) {
          names.add(name.toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }
}
