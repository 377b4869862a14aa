package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** How administrators have the fields of leads, contacts and accounts look. */
@LeadloomTest
@Tag("database")
class FieldLooksTest {
  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate writing;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private Caller admin;
  private Caller sales;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    sales = people.hire(null, Role.SALES).api();
  }

  @AfterEach
  void asDelivered() {
    writing.executeWithoutResult(
        status -> {
          jdbc.update("delete from field_look");
          jdbc.update("update schema_state set version = version + 1 where id = 1");
        });
    admin.patch("/schema/account/looks/city", Map.of("version", 0)).is(200);
  }

  private List<JsonNode> fields(Caller who, String entity) {
    List<JsonNode> fields = new ArrayList<>();
    who.get("/schema/" + entity).is(200).json().path("fields").forEach(fields::add);
    return fields;
  }

  private JsonNode field(String entity, String key) {
    return fields(admin, entity).stream()
        .filter(field -> field.path("key").asText().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private String made(String entity, Map<String, ?> more) {
    Map<String, Object> body =
        new java.util.HashMap<>(Map.of("label", "F " + mark, "type", "text"));
    body.putAll(more);
    return admin.post("/schema/" + entity + "/fields", body).is(201).json().path("key").asText();
  }

  @Test
  void SET_092_theOrderOfTheFieldsIsKeptAndAnOlderOneIsRefused() {
    for (String entity : List.of("lead", "contact", "account")) {
      String path = "/schema/" + entity + "/order";
      List<Long> before = fields(admin, entity).stream().map(f -> f.path("id").asLong()).toList();
      List<Long> order = new ArrayList<>(before.subList(1, before.size()));
      order.add(before.get(0));
      sales.put(path, Map.of("before", before, "order", order)).is(403);
      admin.put(path, Map.of("before", before, "order", before.subList(1, 3))).is(422);
      admin.put(path, Map.of("before", before, "order", order)).is(204);
      assertThat(fields(sales, entity).stream().map(f -> f.path("id").asLong()).toList())
          .isEqualTo(order);
      admin.put(path, Map.of("before", before, "order", order)).is(409).says("before", "now");
    }
  }

  @Test
  void LEAD_129_aDisabledFieldAsksForNothingAndKeepsItsValues() {
    String key = made("lead", Map.of("mandatory", true));
    Map<String, Object> without =
        Map.of("values", Map.of("lastName", "Without", "phone", "+4930123456"));
    long lead = admin.make("leads", Map.of("lastName", "Kept", key, "red " + mark));
    assertThat(admin.post("/leads", without).is(422).text()).contains(key);
    admin
        .post(
            "/smart-lists",
            Map.of(
                "entity",
                "lead",
                "name",
                "Red " + mark,
                "filter",
                key + " = \"x\"",
                "sharing",
                "everyone"))
        .is(201);
    assertThat(
            admin
                .get("/schema/lead/looks/" + key + "/uses")
                .is(200)
                .json()
                .path("items")
                .findValuesAsText("name"))
        .as("who disables it is told what goes on")
        .contains("Red " + mark);
    String look = "/schema/lead/looks/" + key;
    sales.patch(look, Map.of("version", 0, "disabled", true)).is(403);
    int version = field("lead", key).path("lookVersion").asInt();
    admin.patch(look, Map.of("version", version, "disabled", true)).is(200);
    admin.patch(look, Map.of("version", version, "help", "late")).is(409);
    assertThat(field("lead", key).path("disabled").asBoolean()).isTrue();
    admin.post("/leads", without).is(201);
    assertThat(admin.get("/leads/" + lead).is(200).text()).contains("red " + mark);
    admin.patch(look, Map.of("version", version + 1, "disabled", false)).is(200);
    assertThat(field("lead", key).path("mandatory").asBoolean()).as("as it was").isTrue();
    assertThat(admin.post("/leads", without).is(422).text()).contains(key);
    admin.patch(look, Map.of("version", version + 2, "mandatory", false)).is(200);
  }

  @Test
  void SET_097_aFieldThatIsFilteredByFromNowOnIsIndexed() {
    // Upserts match by texts; dates of accounts are in the search index alone (SlotIndexesTest).
    String key = made("account", Map.of("filterable", false));
    String look = "/schema/account/looks/" + key;
    admin.patch(look, Map.of("version", 0, "filterable", true)).is(200);
    String slot =
        writing.execute(
            status ->
                jdbc.queryForObject(
                    "select slot from custom_field where field_key = ? and entity = 'ACCOUNT'",
                    String.class,
                    key));
    Set<String> indexed =
        writing.execute(
            status ->
                jdbc.execute(
                    (ConnectionCallback<Set<String>>)
                        connection -> {
                          Set<String> columns = new HashSet<>();
                          ResultSet rows =
                              connection
                                  .getMetaData()
                                  .getIndexInfo(
                                      connection.getCatalog(), null, "account_slot", false, true);
                          while (rows.next()) {
                            columns.add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                          }
                          return columns;
                        }));
    assertThat(slot).isNotNull();
    assertThat(indexed).contains(slot);
  }

  @Test
  void LEAD_130_mandatoryFieldsOfTheFormAreRenamedAndNotDisabled() {
    for (String key : List.of("leadName", "source", "salesDirection", "account", "contact")) {
      admin
          .patch("/schema/lead/looks/" + key, Map.of("version", 0, "disabled", true))
          .is(422)
          .says("disabled", "mandatory field of the form");
    }
    admin.patch("/schema/account/looks/tin", Map.of("version", 0, "disabled", true)).is(422);
    admin.patch("/schema/lead/looks/source", Map.of("version", 0, "label", "Where from")).is(200);
    assertThat(field("lead", "source").path("label").asText()).isEqualTo("Where from");
    assertThat(field("contact", "source").path("label").asText()).isEqualTo("Source");
    admin.patch("/schema/lead/looks/source", Map.of("version", 1, "label", " ")).is(200);
    assertThat(field("lead", "source").path("label").asText()).isEqualTo("Source");
    admin.patch("/schema/lead/looks/source", Map.of("version", 2, "mandatory", true)).is(422);
  }

  @Test
  void SET_096_placeholderAndHelpAreKeptAndRenamingKeepsTheKey() {
    String key = made("contact", Map.of("placeholder", "e.g. blue"));
    assertThat(field("contact", key).path("placeholder").asText()).isEqualTo("e.g. blue");
    Map<String, Object> change =
        Map.of(
            "version",
            field("contact", key).path("lookVersion").asInt(),
            "label",
            "Colour " + mark,
            "placeholder",
            "",
            "help",
            "As on the roof",
            "mandatory",
            false);
    JsonNode changed = admin.patch("/schema/contact/looks/" + key, change).is(200).json();
    assertThat(changed.path("key").asText()).isEqualTo(key);
    assertThat(changed.path("label").asText()).isEqualTo("Colour " + mark);
    assertThat(changed.path("placeholder").isNull()).isTrue();
    assertThat(field("contact", key).path("help").asText()).isEqualTo("As on the roof");
    admin
        .patch("/schema/contact/looks/city", Map.of("version", 0, "help", "x".repeat(1_001)))
        .is(422)
        .says("help", "at most");
  }

  @Test
  void LEAD_077_administratorsChooseTheCriteriaOfTheFilters() {
    for (String key :
        List.of("stage", "status", "source", "group", "rating", "owner", "createdAt")) {
      assertThat(field("lead", key).path("criterion").asBoolean()).as(key).isTrue();
    }
    String key = made("lead", Map.of());
    assertThat(field("lead", key).path("criterion").asBoolean()).isTrue();
    admin.patch("/schema/lead/looks/city", Map.of("version", 0, "criterion", false)).is(200);
    JsonNode city = field("lead", "city");
    assertThat(city.path("criterion").asBoolean(true)).isFalse();
    assertThat(city.path("filterable").asBoolean()).as("lists go on").isTrue();
  }
}
