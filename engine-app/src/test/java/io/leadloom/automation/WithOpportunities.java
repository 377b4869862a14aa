package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.leadloom.automation.run.RunHistory;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests of automations about opportunities, each with opportunities of a city of its own. */
abstract class WithOpportunities {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  Api admin;
  String city;

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
    city = workshop.unique("dealing");
  }

  RecordRef contact() {
    return workshop.write(
        new RecordCommand.Create(
            EntityType.CONTACT, Values.of("lastName", "Buyer").with("city", city)));
  }

  RecordRef lead() {
    return workshop.lead(
        Map.of("lastName", "Buyer", "city", city, "contact", contact().id(), "jobTitle", "None"));
  }

  /** An opportunity of this test's city. */
  RecordRef deal(Object... more) {
    Map<String, Object> values = new HashMap<>(Map.of("name", "Roof", "city", city));
    for (int i = 0; i < more.length; i += 2) {
      values.put((String) more[i], more[i + 1]);
    }
    values.computeIfAbsent("contact", key -> contact().id());
    return workshop.write(new RecordCommand.Create(EntityType.OPPORTUNITY, Values.copyOf(values)));
  }

  /** A start on opportunities of this test only. */
  String on(String type, String more) {
    return "{\"type\":\""
        + type
        + "\","
        + more
        + "\"condition\":"
        + Bpmn.criterion("opportunity", "city", "equals", city)
        + "}";
  }

  static String values(String... pairs) {
    StringBuilder json = new StringBuilder("{\"values\":{");
    for (int i = 0; i < pairs.length; i += 2) {
      json.append(i == 0 ? "" : ",").append('"').append(pairs[i]).append("\":\"");
      json.append(pairs[i + 1]).append('"');
    }
    return json.append("}}").toString();
  }

  Bpmn does(String trigger, String card, String settings) {
    return Bpmn.automation(workshop.unique("deals"))
        .trigger(trigger)
        .card("act", card, settings)
        .end("done")
        .path("start", "act", "done");
  }

  List<Violation> refused(Bpmn flow) {
    long id = workshop.publishing.create(null, null, flow.xml()).id();
    RefusedException refused =
        (RefusedException) catchThrowable(() -> workshop.publishing.publish(id));
    assertThat(refused).as("refused").isNotNull();
    return refused.violations();
  }

  String text(RecordRef ref, String field) {
    return workshop.get(ref).values().text(field);
  }

  RunHistory.Step act(RecordRef ref) {
    return workshop.history.steps(workshop.onlyRun(ref).id()).stream()
        .filter(step -> step.card().equals("act"))
        .findFirst()
        .orElseThrow();
  }

  long pipeline(String name, String... stages) {
    return admin
        .post(
            "/schema/pipelines",
            Map.of(
                "name",
                name,
                "stages",
                List.of(stages).stream().map(stage -> Map.of("name", stage)).toList()))
        .is(201)
        .id();
  }

  /** The id of a stage of a pipeline. */
  long stage(long pipeline, int index) {
    return workshop.schemas.latest().deals().pipelines().stream()
        .filter(one -> one.id() == pipeline)
        .findFirst()
        .orElseThrow()
        .stages()
        .get(index)
        .id();
  }

  String status(String name, String kind) {
    admin.post("/schema/opportunity-statuses", Map.of("name", name, "kind", kind)).is(201);
    return name;
  }
}
