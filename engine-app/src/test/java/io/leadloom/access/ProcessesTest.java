package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.testing.LeadloomTest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Processes with their table definitions, people and campaigns. */
@LeadloomTest
@Tag("database")
class ProcessesTest extends InACallCentre {
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  @Test
  void supervisorsReadTheTableDefinitionAndOnlyAdministratorsChangeIt() {
    JsonNode columns =
        supervisor.api().get("/processes/" + process + "/table").is(200).json().path("columns");
    assertThat(columns.path(0).path("name").asText()).isEqualTo("phone1");
    assertThat(columns.path(0).path("nullable").asBoolean(true)).isFalse();
    assertThat(columns.path(0).path("unique").asBoolean()).isTrue();
    assertThat(supervisor.api().get("/processes/" + process + "/table").is(200).json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("name", "columns");
    supervisor.api().get("/table-definitions/" + table).is(403);
    supervisor.api().patch("/table-definitions/" + table, Map.of("name", "Taken")).is(403);
    supervisor.api().patch("/processes/" + process, Map.of("name", "Taken")).is(403);
    admin.delete("/table-definitions/" + table).is(409);
    assertThat(admin.get("/table-definitions/" + table).is(200).json().path("name").asText())
        .isEqualTo("Table " + mark);
  }

  @Test
  void columnsThatDoNotDoAreAllNamedAtOnce() {
    admin
        .post(
            "/table-definitions",
            Map.of(
                "name",
                " table " + mark.toUpperCase(Locale.ROOT) + " x",
                "columns",
                List.of(
                    Map.of("name", "phone1", "field", "phone", "primary", true),
                    Map.of("name", " Phone1 ", "field", "email", "primary", true),
                    Map.of("name", "again", "field", "phone"),
                    Map.of("name", "who", "field", "owner"),
                    Map.of("name", "score", "field", "score"),
                    Map.of("name", "flag", "field", "doNotCall", "unique", true),
                    Map.of("field", "nothing"))))
        .is(422)
        .says("columns[1].name", "no other column")
        .says("columns[1].primary", "another column")
        .says("columns[2].field", "no other column")
        .says("columns[3].field", "no link or user")
        .says("columns[4].field", "can be written")
        .says("columns[5].unique", "cannot be unique")
        .says("columns[6].name", "characters")
        .says("columns[6].field", "a field of leads");
    admin
        .post("/table-definitions", Map.of("name", "Empty " + mark, "columns", List.of()))
        .is(422)
        .says("columns", "1 to 100");
    admin
        .post(
            "/table-definitions",
            Map.of(
                "name",
                " TABLE " + mark.toUpperCase(Locale.ROOT),
                "columns",
                List.of(Map.of("name", "phone1", "field", "phone"))))
        .is(422)
        .says("name", "no other table definition");
  }

  @Test
  void aFieldThatAColumnIsBuiltOnIsDeletedOnlyWhenSomebodyInsistsAndTakesTheColumnAlong() {
    String key = "f" + mark.replace("-", "");
    admin.post("/schema/lead/fields", Map.of("key", key, "label", key, "type", "text")).is(201);
    JsonNode made =
        admin
            .post(
                "/table-definitions",
                Map.of(
                    "name",
                    "Twitter " + mark,
                    "columns",
                    List.of(
                        Map.of("name", "phone1", "field", "phone"),
                        Map.of("name", "twitter", "field", key))))
            .is(201)
            .json();
    String path = "/table-definitions/" + made.path("id").asLong();
    String field = "/schema/lead/fields/" + key;
    admin
        .delete(field + "?confirm=0")
        .is(409)
        .says("table-definition/" + made.path("id").asLong(), "not to use");
    assertThat(admin.get(path).is(200).json().path("columns")).hasSize(2);
    admin.delete(field + "?confirm=0&force=true").is(204);
    assertThat(admin.get(path).is(200).json().path("columns").findValuesAsText("name"))
        .containsExactly("phone1");
    admin.patch(path, Map.of("version", 1, "name", "Late")).is(409);
  }

  @Test
  void aTableThatAProcessStandsOnKeepsItsPrimaryKeyAndTheTrailTellsWhichColumnsWent() {
    String key = "k" + mark.replace("-", "");
    admin.post("/schema/lead/fields", Map.of("key", key, "label", key, "type", "text")).is(201);
    Map<String, Object> phone = Map.of("name", "phone1", "field", "phone", "primary", true);
    Map<String, Object> main = Map.of("name", "key", "field", key, "primary", true);
    Map<String, Object> plain = Map.of("name", "phone1", "field", "phone");
    Map<String, Object> other = Map.of("name", "key", "field", key);
    String path = "/table-definitions/" + table;
    String forced = "/schema/lead/fields/" + key + "?confirm=0&force=true";
    for (List<Map<String, Object>> columns : List.of(List.of(main, plain), List.of(other))) {
      JsonNode before = admin.patch(path, Map.of("columns", columns)).is(200).json();
      admin.delete(forced).is(409).says("table-definition/" + table, "another primary key");
      assertThat(admin.get(path).is(200).json()).isEqualTo(before);
    }
    admin.patch(path, Map.of("columns", List.of(phone, other))).is(200);
    admin.delete(forced).is(204);
    JsonNode last =
        admin
            .get("/audit?subjectKind=table-definition&subject=" + table)
            .is(200)
            .json()
            .at("/items/0");
    assertThat(last.path("action").asText()).isEqualTo("table-definition.changed");
    assertThat(last.at("/changes/0/before").asText()).contains("phone1", key);
    assertThat(last.at("/changes/0/after").asText()).contains("phone1").doesNotContain(key);
  }

  @Test
  void aNewNameOfATableLeavesColumnsWhoseFieldIsNotKnownHereYet() {
    long strange = 987_654_321_000L + table;
    transactions.executeWithoutResult(
        status ->
            jdbc.update(
                "insert into table_column (definition_id, position, name, field_id, nullable, single, main)"
                    + " values (?, 50, 'later', ?, true, false, false)",
                table,
                strange));
    admin.patch("/table-definitions/" + table, Map.of("name", "Renamed " + mark)).is(200);
    assertThat(
            jdbc.queryForObject(
                "select count(*) from table_column where definition_id = ? and field_id = ?",
                Integer.class,
                table,
                strange))
        .isEqualTo(1);
  }

  @Test
  void nullAmongPeopleColumnsOrCampaignsIsRefusedByName() {
    List<Object> nothing = Collections.singletonList(null);
    String path = "/processes/" + process;
    admin
        .post("/processes", Map.of("name", "Null " + mark, "supervisors", nothing))
        .is(422)
        .says("supervisors", "no null");
    admin.patch(path, Map.of("agents", nothing)).is(422).says("agents", "no null");
    admin
        .patch("/table-definitions/" + table, Map.of("columns", nothing))
        .is(422)
        .says("columns[0]", "a column");
    Caller api = supervisor.api();
    api.patch("/dialling-campaigns/" + centre.campaign("Calls"), Map.of("members", nothing))
        .is(422)
        .says("members", "no null");
    api.patch(
            "/lead-lists/" + centre.made("Spring") + "/campaigns",
            Map.of("assign", nothing, "release", nothing))
        .is(422)
        .says("assign", "no null")
        .says("release", "no null");
  }

  @Test
  void listsAndCampaignsAreAssignedToManyOfEachOtherWithinTheProcessOnly() {
    long spring = centre.made("Spring");
    long summer = centre.made("Summer");
    long calls = centre.campaign("Calls", agent);
    long offers = centre.campaign("Offers");
    Caller api = supervisor.api();
    String path = "/lead-lists/" + spring + "/campaigns";
    api.patch(path, Map.of("assign", List.of(calls, offers))).is(200);
    api.patch("/lead-lists/" + summer + "/campaigns", Map.of("assign", List.of(calls))).is(200);
    assertThat(centre.campaigns(spring, true)).containsExactly("Calls", "Offers");
    assertThat(centre.campaigns(summer, false)).containsExactly("Offers");
    api.patch(path, Map.of("release", List.of(calls))).is(200);
    // Again, as after a repeated click.
    api.patch(path, Map.of("assign", List.of(offers), "release", List.of(calls))).is(200);
    assertThat(centre.campaigns(spring, true)).containsExactly("Offers");
    long other = centre.process("Other " + mark, supervisor);
    long foreign =
        api.post("/processes/" + other + "/campaigns", Map.of("name", "Calls")).is(201).id();
    api.patch(path, Map.of("assign", List.of(foreign, calls)))
        .is(422)
        .says("assign", "the lead list's own process");
    api.patch(path, Map.of("assign", List.of(calls), "release", List.of(calls))).is(422);
    assertThat(centre.campaigns(spring, true)).containsExactly("Offers");
    api.delete("/dialling-campaigns/" + offers).is(204);
    assertThat(
            admin
                .get("/audit?subjectKind=dialling-campaign&subject=" + offers)
                .is(200)
                .json()
                .at("/items/0/changes")
                .findValuesAsText("before"))
        .contains("Offers", "Spring");
    // Released from one that somebody deleted meanwhile, it is as wanted.
    api.patch(path, Map.of("release", List.of(offers))).is(200);
    assertThat(centre.campaigns(spring, true)).isEmpty();
  }

  @Test
  void theMembersOfACampaignAreUsersOfTheProcessAndLeaveItWithTheProcess() {
    Caller api = supervisor.api();
    long id = centre.campaign("Calls", supervisor, agent);
    String path = "/dialling-campaigns/" + id;
    Somebody stranger = people.hire(null, Role.AGENT);
    api.patch(path, Map.of("members", List.of(stranger.id()))).is(422).says("members", "process");
    api.post("/processes/" + process + "/campaigns", Map.of("name", " CALLS"))
        .is(422)
        .says("name", "no other campaign");
    api.patch(path, Map.of("version", 1, "name", "Calls 2")).is(200);
    api.patch(path, Map.of("version", 1, "name", "Calls 3")).is(409);
    admin.patch("/processes/" + process, Map.of("agents", List.of())).is(200);
    JsonNode left =
        api.get("/processes/" + process + "/campaigns").is(200).json().path("items").path(0);
    assertThat(left.path("name").asText()).isEqualTo("Calls 2");
    assertThat(left.path("members")).hasSize(1);
    // Whoever read it before reads that it is another now.
    api.patch(path, Map.of("version", 2, "name", "Calls 3")).is(409).says("version", "3");
    agent.api().get(lists).is(404);
  }

  @Test
  void aProcessNeedsATableAZoneAndActivePeopleAndListsOfItKeepItsTable() {
    admin
        .post(
            "/processes",
            Map.of(
                "name",
                " PROCESS " + mark.toUpperCase(Locale.ROOT),
                "tableDefinition",
                987_654_321L,
                "timeZone",
                "Nowhere",
                "defaultCountry",
                "Germany",
                "supervisors",
                List.of(987_654_321L)))
        .is(422)
        .says("tableDefinition", "existing")
        .says("timeZone", "IANA")
        .says("defaultCountry", "ISO")
        .says("supervisors", "active users");
    admin
        .post(
            "/processes",
            Map.of(
                "name", " PROCESS " + mark, "tableDefinition", table, "timeZone", "Asia/Kolkata"))
        .is(422)
        .says("name", "no other process");
    centre.made("Spring");
    long second =
        admin
            .post(
                "/table-definitions",
                Map.of(
                    "name",
                    "Second " + mark,
                    "columns",
                    List.of(Map.of("name", "email", "field", "email"))))
            .is(201)
            .id();
    admin
        .patch("/processes/" + process, Map.of("tableDefinition", second))
        .is(422)
        .says("tableDefinition", "1 lead lists");
    JsonNode changed =
        admin.patch("/processes/" + process, Map.of("defaultCountry", "in")).is(200).json();
    assertThat(changed.path("defaultCountry").asText()).isEqualTo("IN");
    assertThat(changed.path("agents").path(0).asLong()).isEqualTo(agent.id());
    admin.patch("/processes/" + process, Map.of("version", 1, "name", "Late")).is(409);
  }
}
