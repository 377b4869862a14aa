package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The board of opportunities (REV-007 to REV-010). */
@LeadloomTest
@Tag("database")
class BoardTest extends WithDeals {

  private String name;
  private JsonNode pipeline;

  @BeforeEach
  void pipeline() {
    name = "Board " + mark;
    pipeline =
        admin
            .post(
                "/schema/pipelines",
                Map.of(
                    "name",
                    name,
                    "stages",
                    List.of(
                        Map.of("name", "First"),
                        Map.of("name", "Second"),
                        Map.of("name", "Third"))))
            .is(201)
            .json();
  }

  private JsonNode columns(Caller caller, String filter) {
    return caller
        .get(
            "/opportunities/board?pipeline="
                + pipeline.path("id").asLong()
                + (filter.isEmpty() ? "" : "&filter=" + encoded(filter)))
        .is(200)
        .json()
        .path("columns");
  }

  private static List<String> worth(JsonNode column) {
    List<String> worth = new ArrayList<>();
    column
        .path("worth")
        .forEach(
            one -> worth.add(one.path("amount").asText() + " " + one.path("currency").asText()));
    return worth;
  }

  private long on(String stage, String value, Object... more) {
    String[] parts = value.split(" ");
    Map<String, String> money = Map.of("amount", parts[0], "currency", parts[1]);
    List<Object> values =
        new ArrayList<>(List.of("pipeline", name, "stage", stage, "value", money));
    values.addAll(List.of(more));
    return deal(values.toArray());
  }

  /** REV-007, REV-002: from the first stage to the last, and no sum over two currencies. */
  @Test
  void columnsAreTheStagesWithOneSumForEachCurrency() {
    on("First", "100.50 EUR");
    on("First", "0.25 EUR");
    on("First", "70 USD");
    long trashed = on("First", "1 EUR");
    admin.delete("/opportunities/" + trashed).is(204);
    on("Third", "0 EUR");
    JsonNode columns = columns(admin, "");
    assertThat(columns).hasSize(3);
    assertThat(columns.get(0).path("name").asText()).isEqualTo("First");
    assertThat(columns.get(0).path("count").asLong()).isEqualTo(3);
    assertThat(worth(columns.get(0))).containsExactly("100.75 EUR", "70.00 USD");
    assertThat(columns.get(1).path("count").asLong()).isZero();
    assertThat(columns.get(2).path("name").asText()).isEqualTo("Third");
    assertThat(columns.get(2).path("count").asLong()).isEqualTo(1);
    assertThat(worth(columns.get(2))).isEmpty();
  }

  /** REV-008: moved with the version that was seen, once, and written to the history. */
  @Test
  void aCardMovesToAnotherStageOnceAndTheHistoryTells() {
    long deal = on("First", "10 EUR");
    String path = "/opportunities/" + deal;
    int version = admin.get(path).is(200).json().path("version").asInt();
    String second = columns(admin, "").get(1).path("label").asText();
    Map<String, Object> move = Map.of("version", version, "values", Map.of("stage", second));
    admin.patch(path, move).is(200);
    admin.patch(path, move).is(409);
    assertThat(columns(admin, "").get(0).path("count").asLong()).isZero();
    assertThat(columns(admin, "").get(1).path("count").asLong()).isEqualTo(1);
    assertThat(
            admin
                .get(
                    "/opportunities?sort=-updatedAt&filter="
                        + encoded("stage = \"" + second + "\""))
                .is(200)
                .ids())
        .contains(deal);
    assertThat(admin.get(path + "/timeline").is(200).text()).contains("Second");
  }

  /** REV-008: a column is its stage, whatever that is called meanwhile; into one that is gone no card goes. */
  @Test
  void aCardMovesToTheStageThatWasMeant() {
    long deal = on("First", "10 EUR");
    List<Map<String, Object>> stages = new ArrayList<>();
    pipeline
        .path("stages")
        .forEach(
            stage ->
                stages.add(
                    Map.of(
                        "id",
                        stage.path("id").asLong(),
                        "name",
                        "First".equals(stage.path("name").asText()) ? "Second" : "First")));
    String meant = pipeline.path("stages").get(1).path("id").asText();
    String gone = pipeline.path("stages").get(2).path("id").asText();
    admin
        .put(
            "/schema/pipelines/" + pipeline.path("id").asLong(),
            Map.of("version", 1, "name", name, "stages", stages.subList(0, 2)))
        .is(200);
    admin
        .patch("/opportunities/" + deal, Map.of("values", Map.of("stage", gone)))
        .is(422)
        .says("stage", "one of");
    admin.patch("/opportunities/" + deal, Map.of("values", Map.of("stage", meant))).is(200);
    assertThat(columns(admin, "").get(1).path("name").asText()).isEqualTo("First");
    assertThat(columns(admin, "").get(1).path("count").asLong()).isEqualTo(1);
    assertThat(
            admin
                .get("/opportunities?filter=" + encoded("stage = \"" + meant + "\""))
                .is(200)
                .ids())
        .contains(deal);
  }

  /** REV-010, REV-E15: the board is narrowed as the list is. */
  @Test
  void aSearchNarrowsTheBoard() {
    on("First", "10 EUR", "name", "Roof repair " + mark);
    on("First", "20 EUR", "name", "Garden");
    assertThat(worth(columns(admin, "name contains \"roof repair\"").get(0)))
        .containsExactly("10.00 EUR");
    JsonNode byPhone =
        columns(admin, "contact.phone contains \"" + phone.substring(4) + "\"").get(0);
    assertThat(byPhone.path("count").asLong()).isEqualTo(2);
    admin
        .get(
            "/opportunities/board?pipeline="
                + pipeline.path("id").asLong()
                + "&filter="
                + encoded("nothing = 1"))
        .is(422);
    admin.get("/opportunities/board?pipeline=999999999").is(404);
  }

  /** What somebody does not reach counts in no column. */
  @Test
  void columnsCountWhatTheReaderReaches() {
    Somebody sales = people.hire(null, Role.SALES);
    on("First", "10 EUR", "owner", sales.id());
    on("First", "20 EUR");
    JsonNode first = columns(sales.api(), "").get(0);
    assertThat(first.path("count").asLong()).isEqualTo(1);
    assertThat(worth(first)).containsExactly("10.00 EUR");
  }

  /** The choice of board or list is the reader's own. */
  @Test
  void everybodyKeepsTheOwnView() {
    Somebody sales = people.hire(null, Role.SALES);
    String path = "/board-view";
    assertThat(sales.api().get(path).is(200).json().path("board").asBoolean()).isTrue();
    long id = pipeline.path("id").asLong();
    sales.api().put(path, Map.of("board", false, "pipeline", id)).is(204);
    sales.api().put(path, Map.of("board", false, "pipeline", id)).is(204);
    JsonNode kept = sales.api().get(path).is(200).json();
    assertThat(kept.path("board").asBoolean()).isFalse();
    assertThat(kept.path("pipeline").asLong()).isEqualTo(id);
    sales.api().put(path, Map.of("pipeline", id)).is(422).says("board", "true for a board");
    sales
        .api()
        .put(path, Map.of("board", true, "pipeline", 999_999_999L))
        .is(422)
        .says("pipeline", "the id of a pipeline");
    admin.delete("/schema/pipelines/" + id).is(204);
    assertThat(sales.api().get(path).is(200).json().has("pipeline")).isFalse();
  }
}
