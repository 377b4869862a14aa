package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reference automation "welcome-by-city": one gateway with five conditions and a default over a lead with 30
 * attributes; every branch writes the lead and inserts a task. With a wait it then waits on a timer, writes the lead
 * again and ends. {@link #branch} is the plain Java oracle that says which branch is right.
 */
final class WelcomeByCity {

  /** Custom fields beside city and source, so that a lead has 30 attributes. */
  private static final int EXTRA_FIELDS = 22;

  private static final List<String> CITIES =
      List.of("Mumbai", "Delhi", "Bengaluru", "Pune", "Chennai", "Kolkata");
  private static final List<String> SOURCES =
      List.of("Web", "Referral", "Event", "Phone", "E-mail");

  private WelcomeByCity() {}

  /** Creates the custom fields that the leads carry. */
  static void createFields(Api api) {
    field(api, "Points", "wholeNumber", false);
    field(api, "Greeting", "text", true);
    field(api, "Step", "text", true);
    for (int i = 1; i <= EXTRA_FIELDS; i++) {
      String type = i % 3 == 0 ? "wholeNumber" : i % 3 == 1 ? "text" : "decimal";
      field(api, "Attribute " + i, type, false);
    }
  }

  private static void field(Api api, String label, String type, boolean filterable) {
    api.post(
        "/schema/lead/fields",
        Json.object().put("label", label).put("type", type).put("filterable", filterable));
  }

  /** The values of lead number n: all 30 attributes filled. */
  static ObjectNode lead(int n) {
    ObjectNode values =
        Json.object()
            .put("firstName", "Asha" + n)
            .put("lastName", "Rao")
            .put("email", "lead" + n + "@example.test")
            .put("company", "Company " + n % 500)
            .put("city", CITIES.get(n % CITIES.size()))
            .put("source", SOURCES.get(n / 7 % SOURCES.size()))
            .put("points", n * 37 % 101);
    for (int i = 1; i <= EXTRA_FIELDS; i++) {
      String key = "attribute_" + i;
      switch (i % 3) {
        case 0 -> values.put(key, n + i);
        case 1 -> values.put(key, "value " + (n + i) % 1000);
        default -> values.put(key, (n + i) / 4.0);
      }
    }
    return values;
  }

  /** The number of the branch that lead number n must take: 1 to 5, or 6 for the default. */
  static int branch(int n) {
    String city = CITIES.get(n % CITIES.size());
    String source = SOURCES.get(n / 7 % SOURCES.size());
    int points = n * 37 % 101;
    if (city.equals("Mumbai")) {
      return 1;
    } else if (city.equals("Delhi") && source.equals("Web")) {
      return 2;
    } else if (city.equals("Bengaluru") && points >= 50) {
      return 3;
    } else if (source.equals("Referral")) {
      return 4;
    } else if (points >= 80) {
      return 5;
    }
    return 6;
  }

  /** Publishes the automation and returns its id. */
  static long publish(Api api, boolean withWait) {
    String name = withWait ? "Welcome by city, with a wait" : "Welcome by city";
    JsonNode made =
        api.post("/automations", Json.object().put("name", name).put("bpmn", bpmn(name, withWait)));
    api.post("/automations/" + made.path("id").asLong() + "/publish", null);
    return made.path("id").asLong();
  }

  private static String bpmn(String name, boolean withWait) {
    Bpmn bpmn = new Bpmn(withWait ? "welcome-by-city-wait" : "welcome-by-city", name);
    bpmn.start("{\"type\":\"lead.created\"}");
    bpmn.flow("f0", "start", "gw", null);
    bpmn.exclusive("gw", List.of("c1", "c2", "c3", "c4", "c5", "c6"), "c6");
    for (int branch = 1; branch <= 6; branch++) {
      bpmn.flow("c" + branch, "gw", "u" + branch, condition(branch));
      bpmn.card("u" + branch, "lead.set-fields", "{\"values\":{\"greeting\":\"u" + branch + "\"}}");
      bpmn.flow("u" + branch + "t", "u" + branch, "t" + branch, null);
      bpmn.card(
          "t" + branch,
          "task.create",
          "{\"taskType\":\"follow-up\",\"title\":\"Call u" + branch + "\"}");
      if (withWait) {
        bpmn.flow("t" + branch + "w", "t" + branch, "w" + branch, null);
        bpmn.timer("w" + branch, "PT1S");
        bpmn.flow("w" + branch + "s", "w" + branch, "s" + branch, null);
        bpmn.card("s" + branch, "lead.set-fields", "{\"values\":{\"step\":\"waited\"}}");
        bpmn.flow("s" + branch + "e", "s" + branch, "e" + branch, null);
      } else {
        bpmn.flow("t" + branch + "e", "t" + branch, "e" + branch, null);
      }
      bpmn.end("e" + branch);
    }
    return bpmn.toString();
  }

  private static @Nullable String condition(int branch) {
    ArrayNode criteria = Json.array();
    switch (branch) {
      case 1 -> criterion(criteria, "city", "equals", "Mumbai");
      case 2 -> {
        criterion(criteria, "city", "equals", "Delhi");
        criterion(criteria, "source", "equals", "Web");
      }
      case 3 -> {
        criterion(criteria, "city", "equals", "Bengaluru");
        criterion(criteria, "points", "greaterOrEqual", "50");
      }
      case 4 -> criterion(criteria, "source", "equals", "Referral");
      case 5 -> criterion(criteria, "points", "greaterOrEqual", "80");
      default -> {
        return null;
      }
    }
    ObjectNode condition = Json.object();
    condition.set("criteria", criteria);
    return condition.toString();
  }

  private static void criterion(ArrayNode criteria, String field, String operator, String value) {
    ObjectNode criterion =
        criteria.addObject().put("source", "lead").put("field", field).put("operator", operator);
    criterion.putArray("values").add(value);
  }
}
