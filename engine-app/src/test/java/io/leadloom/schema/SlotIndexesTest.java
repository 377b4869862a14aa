package io.leadloom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field.Limits;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.testing.LeadloomTest;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** A write pays for those entries only that the database is asked by (decisions 20 and 33). */
@LeadloomTest
class SlotIndexesTest {

  @Autowired private FieldDefinitions definitions;
  @Autowired private SlotIndexes indexes;
  @Autowired private JdbcTemplate jdbc;

  private Field field(EntityType entity, FieldType type) {
    NewField wanted =
        new NewField(
            null,
            "Slot " + type,
            type,
            null,
            false,
            false,
            null,
            List.of(),
            null,
            null,
            Limits.NONE);
    return definitions.create(entity, null, wanted);
  }

  private boolean isIndexed(Field field) {
    String table = field.entity().key() + "_slot";
    Set<String> names =
        Objects.requireNonNull(
            jdbc.execute(
                (ConnectionCallback<Set<String>>)
                    connection -> {
                      Set<String> found = new HashSet<>();
                      try (ResultSet rows =
                          connection
                              .getMetaData()
                              .getIndexInfo(connection.getCatalog(), null, table, false, true)) {
                        while (rows.next()) {
                          found.add(String.valueOf(rows.getString("INDEX_NAME")));
                        }
                      }
                      return found;
                    }));
    return names.stream()
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(table + "_" + field.slot()));
  }

  @Test
  void whatTheSearchIndexAnswersHasNoEntriesInTheDatabase() {
    Field text = field(EntityType.LEAD, FieldType.TEXT);
    Field number = field(EntityType.LEAD, FieldType.WHOLE_NUMBER);
    Field date = field(EntityType.CONTACT, FieldType.DATE);
    Field due = field(EntityType.TASK, FieldType.DATE);

    assertThat(isIndexed(text)).as("upserts match by texts").isTrue();
    assertThat(isIndexed(number)).isFalse();
    assertThat(isIndexed(date)).isFalse();
    assertThat(isIndexed(due)).as("tasks have no search index").isTrue();
  }

  @Test
  void theNextStartDropsIndexesThatNobodyNeedsAnyMore() {
    Field number = field(EntityType.LEAD, FieldType.DECIMAL);
    Field text = field(EntityType.LEAD, FieldType.URL);
    jdbc.execute(
        "create index lead_slot_" + number.slot() + " on lead_slot (" + number.slot() + ", id)");
    assertThat(isIndexed(number)).isTrue();

    indexes.make();
    assertThat(isIndexed(number)).as("another node may know of a field by now").isTrue();

    indexes.onStart();
    assertThat(isIndexed(number)).isFalse();
    assertThat(isIndexed(text)).isTrue();
  }
}
