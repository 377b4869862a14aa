package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.record.index.IndexedSearch;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A search on one node has what was committed on the other before it. */
@Tag("database")
@Tag("nodes")
class SearchOnTwoNodesTest {

  private static final Cause CAUSE = Cause.system("test");

  private static Installation installation;
  private static Node first;
  private static Node second;

  @BeforeAll
  static void start() {
    installation = new Installation();
    first = installation.start();
    second = installation.start();
    installation.awaitShared(2);
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  private static RecordRef write(Node node, RecordCommand command) {
    return ((Written) node.get(Records.class).write(List.of(command), CAUSE).get(0)).ref();
  }

  private static long count(Node node, String filter) {
    return node.get(Records.class).count(EntityType.LEAD, FilterGrammar.parse(filter));
  }

  private static long answers(Node node) {
    return node.get(IndexedSearch.class).answers();
  }

  @Test
  void everyChangeIsFoundAtOnceOnBothNodes() {
    for (Node node : List.of(first, second)) {
      await()
          .atMost(Installation.PATIENCE)
          .until(
              () -> {
                count(node, "city = \"Nowhere\"");
                return answers(node) > 0;
              });
    }
    long ofFirst = answers(first);
    long ofSecond = answers(second);
    for (int n = 0; n < 30; n++) {
      Node writer = n % 2 == 0 ? first : second;
      Node reader = n % 2 == 0 ? second : first;
      String city = "City " + n;
      RecordRef lead =
          write(writer, new RecordCommand.Create(EntityType.LEAD, Values.of("city", city)));
      assertThat(count(reader, "city = \"" + city + "\"")).as(city).isOne();
      write(writer, new RecordCommand.AddTags(lead, Set.of("tag " + n)));
      assertThat(count(reader, "has tag \"tag " + n + "\"")).as("tag of %s", city).isOne();
      write(reader, new RecordCommand.Update(lead, null, Values.of("city", "Elsewhere")));
      assertThat(count(writer, "city = \"" + city + "\"")).as("left %s", city).isZero();
      write(writer, new RecordCommand.Trash(lead, null));
      assertThat(count(reader, "has tag \"tag " + n + "\"")).as("trashed %s", city).isZero();
      write(writer, new RecordCommand.Restore(lead));
      assertThat(count(reader, "has tag \"tag " + n + "\"")).as("restored %s", city).isOne();
    }
    // On a slow machine the database may have answered some.
    assertThat(answers(first)).isGreaterThan(ofFirst);
    assertThat(answers(second)).isGreaterThan(ofSecond);
  }

  @Test
  void aFieldThatAnotherNodeHasJustMadeIsFoundByItsValues() {
    String key =
        first
            .get(FieldDefinitions.class)
            .create(
                EntityType.LEAD, null, FieldDefinitions.NewField.of("Budget", FieldType.DECIMAL))
            .key();
    write(
        first,
        new RecordCommand.Create(
            EntityType.LEAD, Values.of("city", "Pune").with(key, new BigDecimal("12.5"))));
    installation.settle();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(count(second, key + " between 12 and 13")).isOne());
  }
}
