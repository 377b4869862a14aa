package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
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
 * it is tried again when the next field changes and at the next start.
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
    make();
  }

  /** Makes the indexes that are missing; call it outside a transaction, because databases commit around it. */
  void make() {
    Schema schema = schemas.current();
    for (EntityType entity : EntityType.values()) {
      Set<String> slots = new HashSet<>();
      schema.fields(entity).forEach(field -> add(slots, field));
      if (entity == EntityType.ACTIVITY) {
        schema
            .activityTypes()
            .forEach(type -> schema.activityFields(type.key()).forEach(field -> add(slots, field)));
      }
      if (!slots.isEmpty()) {
        make(entity, slots);
      }
    }
  }

  private static void add(Set<String> slots, Field field) {
    if (field.slot() != null) {
      slots.add(field.slot());
    }
  }

  private void make(EntityType entity, Set<String> slots) {
    String table = entity.key() + "_slot";
    try {
      Set<String> there =
          jdbc.execute((ConnectionCallback<Set<String>>) connection -> indexes(connection, table));
      for (String slot : slots) {
        String index = table + "_" + slot;
        if (there == null || !there.contains(index)) {
          jdbc.execute("create index " + index + " on " + table + " (" + slot + ", id)");
        }
      }
    } catch (DataAccessException e) {
      LOG.warn("An index on {} has to wait: {}", table, e.getMessage());
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
