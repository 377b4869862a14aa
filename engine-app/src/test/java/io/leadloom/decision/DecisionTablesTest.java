package io.leadloom.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.RefusedException;
import io.leadloom.rules.verdict.Assignment;
import io.leadloom.schema.Values;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTablesTest {

  private final DecisionTables tables = new RuleCatalogue();

  @Test
  void AUT_060_theTerritoryTableNamesATeamForEachLead() {
    DecisionTables.DecisionTable territory = tables.named("territory");
    assertThat(territory.fields())
        .contains("city", "state", "country", "source", "score", "product");
    assertThat(
            territory
                .assign(
                    List.of(
                        Values.of("city", "PUNE"),
                        Values.of("score", 95L).with("city", "Pune"),
                        Values.none(),
                        Values.of("city", "PUNE")))
                .stream()
                .map(assignment -> assignment.map(Assignment::team).orElse(null)))
        .containsExactly("Sales West", "Key Accounts", "Sales International", "Sales West");
  }

  @Test
  void anUnknownTableIsRefused() {
    assertThat(tables.names()).contains("territory");
    assertThatThrownBy(() -> tables.named("nowhere"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aTableThatDoesNotCompileSaysSo() {
    String csv =
        "\"RuleSet\",\"x\"\n\"RuleTable T\"\n\"CONDITION\",\"ACTION\"\n\"Nothing\",\"\"\n\"a == $param\",\"b();\"\n\"A\",\"B\"\n\"1\",\"2\"\n";
    assertThatThrownBy(
            () ->
                RuleCatalogue.table(
                    "broken", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8))))
        .hasMessageContaining("broken");
  }
}
