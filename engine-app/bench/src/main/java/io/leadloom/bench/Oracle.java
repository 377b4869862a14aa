package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Compares what stands in the database with what plain Java says must stand there. */
final class Oracle {

  private Oracle() {}

  /** Right branch and step for every lead, exactly one task per lead, with the title of that branch. */
  static void check(Api api, int leads, boolean withWait) {
    check(api, leads, withWait, 1);
  }

  /** The same after both variants have run for every lead: exactly two tasks per lead. */
  static void checkTwoTasks(Api api, int leads) {
    check(api, leads, true, 2);
  }

  /** For leads of any origin: each has waited, and has exactly two tasks. */
  static void checkThroughBoth(Api api, long leads) {
    long[] waited = {0};
    each(
        api,
        "leads",
        "step",
        lead -> {
          expect(
              "step of lead " + lead.path("id"),
              "waited",
              lead.path("values").path("step").asText());
          waited[0]++;
        });
    expect("number of leads", Long.toString(leads), Long.toString(waited[0]));
    Map<Long, Integer> tasksOfLead = new HashMap<>();
    each(
        api,
        "tasks",
        "lead",
        task -> tasksOfLead.merge(task.path("values").path("lead").asLong(), 1, Integer::sum));
    expect(
        "number of leads with a task", Long.toString(leads), Integer.toString(tasksOfLead.size()));
    tasksOfLead.forEach((lead, tasks) -> expect("tasks of lead " + lead, "2", tasks.toString()));
  }

  private static void check(Api api, int leads, boolean withWait, int tasksPerLead) {
    Map<Long, Integer> branchOfLead = new HashMap<>();
    each(
        api,
        "leads",
        "email,greeting,step",
        lead -> {
          JsonNode values = lead.path("values");
          String email = values.path("email").asText();
          int n = Integer.parseInt(email.substring("lead".length(), email.indexOf('@')));
          int branch = WelcomeByCity.branch(n);
          expect("greeting of " + email, "u" + branch, values.path("greeting").asText());
          if (withWait) {
            expect("step of " + email, "waited", values.path("step").asText());
          }
          branchOfLead.put(lead.path("id").asLong(), branch);
        });
    expect("number of leads", Integer.toString(leads), Integer.toString(branchOfLead.size()));
    Map<Long, Integer> tasksOfLead = new HashMap<>();
    each(
        api,
        "tasks",
        "lead,title",
        task -> {
          long lead = task.path("values").path("lead").asLong();
          tasksOfLead.merge(lead, 1, Integer::sum);
          expect(
              "task of lead " + lead,
              "Call u" + branchOfLead.get(lead),
              task.path("values").path("title").asText());
        });
    expect(
        "number of leads with a task",
        Integer.toString(leads),
        Integer.toString(tasksOfLead.size()));
    tasksOfLead.forEach(
        (lead, tasks) ->
            expect("tasks of lead " + lead, Integer.toString(tasksPerLead), tasks.toString()));
  }

  private static void each(Api api, String entity, String fields, Consumer<JsonNode> visit) {
    String cursor = "";
    do {
      JsonNode page =
          api.get("/" + entity + "?limit=200&fields=" + fields + "&cursor=" + Api.encode(cursor));
      page.path("items").forEach(visit);
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
  }

  private static void expect(String what, String expected, String found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException(
          "Check failed: " + what + " is '" + found + "', expected '" + expected + "'");
    }
  }
}
