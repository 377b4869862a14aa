package io.leadloom.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A process of one test, with a supervisor and an agent. */
final class CallCentre {

  final String mark = UUID.randomUUID().toString();
  final Somebody supervisor;
  final Somebody agent;
  final long table;
  final long process;
  private final Caller admin;

  CallCentre(People people) {
    admin = people.admin();
    supervisor = people.hire(null, Role.SUPERVISOR);
    agent = people.hire(null, Role.AGENT);
    table =
        admin
            .post(
                "/table-definitions",
                Map.of(
                    "name",
                    "Table " + mark,
                    "columns",
                    List.of(Map.of("name", "phone1", "field", "phone", "primary", true))))
            .is(201)
            .id();
    process = process("Process " + mark, supervisor, agent);
  }

  long process(String name, Somebody keeper, Somebody... agents) {
    return admin
        .post(
            "/processes",
            Map.of(
                "name",
                name,
                "tableDefinition",
                table,
                "timeZone",
                "Asia/Kolkata",
                "supervisors",
                List.of(keeper.id()),
                "agents",
                Arrays.stream(agents).map(Somebody::id).toList()))
        .is(201)
        .id();
  }

  /** The key of a new field of leads for whole numbers. */
  String numbers() {
    return admin
        .post("/schema/lead/fields", Map.of("label", "Age " + mark, "type", "wholeNumber"))
        .is(201)
        .json()
        .path("key")
        .asText();
  }

  /** Values by the names of columns. */
  static Map<String, Object> values(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }

  Map<String, Object> list(String name) {
    return new LinkedHashMap<>(
        Map.of("name", name, "timeZone", "Asia/Kolkata", "owner", supervisor.id()));
  }

  long made(String name) {
    return supervisor.api().post("/processes/" + process + "/lead-lists", list(name)).is(201).id();
  }

  long campaign(String name, Somebody... members) {
    return supervisor
        .api()
        .post(
            "/processes/" + process + "/campaigns",
            Map.of("name", name, "members", Arrays.stream(members).map(Somebody::id).toList()))
        .is(201)
        .id();
  }

  /** The names of the campaigns that a list is assigned to, or not. */
  List<String> campaigns(long list, boolean assigned) {
    List<String> names = new ArrayList<>();
    for (JsonNode each :
        supervisor.api().get("/lead-lists/" + list + "/campaigns").is(200).json().path("items")) {
      if (each.path("assigned").asBoolean() == assigned) {
        names.add(each.path("campaign").path("name").asText());
      }
    }
    return names;
  }
}
