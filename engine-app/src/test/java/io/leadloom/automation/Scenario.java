package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.Values;
import java.time.Duration;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays one scenario: steps in order, each a record, an activity, an update, time that passes, or an expectation. */
final class Scenario {

  private final Workshop workshop;
  private final Map<String, Object> scenario;
  private final Map<String, RecordRef> named = new HashMap<>();

  Scenario(Workshop workshop, Map<String, Object> scenario) {
    this.workshop = workshop;
    this.scenario = scenario;
  }

  void prepare() {
    for (String list : texts(scenario.get("lists"))) {
      workshop.list(list);
    }
  }

  void play() {
    for (Map<String, Object> step : Scenario.<List<Map<String, Object>>>as(scenario.get("steps"))) {
      Map.Entry<String, Object> only = step.entrySet().iterator().next();
      play(only.getKey(), only.getValue());
      workshop.settle();
    }
  }

  private void play(String what, Object details) {
    switch (what) {
      case "lead", "contact", "account" -> create(EntityType.of(what).orElseThrow(), as(details));
      case "activity" -> activity(as(details));
      case "update" -> {
        Map<String, Object> update = as(details);
        RecordRef ref = ref(update.get("record"));
        workshop.write(
            new RecordCommand.Update(ref, null, values(ref.type(), as(update.get("values")))));
      }
      case "complete" -> {
        Map<String, Object> complete = as(details);
        workshop.complete(ref(complete.get("record")), String.valueOf(complete.get("task")));
      }
      case "wait" -> workshop.pass(duration(String.valueOf(details)));
      case "expect" -> expect(as(details));
      default -> throw new IllegalArgumentException("There is no step '" + what + "'");
    }
  }

  private void create(EntityType type, Map<String, Object> details) {
    Values values = values(type, as(details.get("values")));
    named.put(
        String.valueOf(details.get("as")), workshop.write(new RecordCommand.Create(type, values)));
  }

  private void activity(Map<String, Object> details) {
    Map<String, Object> given = as(details.get("values"));
    Map<String, Object> values = new HashMap<>(given);
    values.put("happenedAt", workshop.clock.instant());
    workshop.activity(ref(details.get("record")), String.valueOf(details.get("type")), values);
  }

  private void expect(Map<String, Object> expected) {
    RecordRef ref = ref(expected.get("record"));
    Record record = workshop.get(ref);
    texts(expected.get("lists"))
        .forEach(list -> assertThat(workshop.isOn(ref, list)).as("on " + list).isTrue());
    texts(expected.get("notLists"))
        .forEach(list -> assertThat(workshop.isOn(ref, list)).as("on " + list).isFalse());
    if (expected.containsKey("mails")) {
      List<String> mails = workshop.mails(String.valueOf(record.values().get("email")));
      assertThat(mails).as("mails").containsExactlyElementsOf(texts(expected.get("mails")));
    }
    if (expected.containsKey("tasks")) {
      assertThat(workshop.tasks(ref))
          .as("tasks")
          .containsExactlyElementsOf(texts(expected.get("tasks")));
    }
    if (expected.containsKey("activities")) {
      assertThat(workshop.activities(ref))
          .as("activities")
          .containsExactlyInAnyOrderElementsOf(texts(expected.get("activities")));
    }
    if (expected.containsKey("notices")) {
      assertThat(workshop.notices(ref))
          .as("notices")
          .containsExactlyElementsOf(texts(expected.get("notices")));
    }
    if (expected.containsKey("fields")) {
      Map<String, Object> fields = as(expected.get("fields"));
      fields.forEach(
          (key, value) ->
              assertThat(String.valueOf(record.values().get(key))).as(key).isEqualTo(value));
    }
  }

  private Values values(EntityType type, Map<String, Object> given) {
    Values values = Values.none();
    given.forEach(
        (key, value) -> {
          Field field = workshop.schemas.current().field(type, key).orElseThrow();
          if ("owner".equals(value)) {
            values.with(key, workshop.seller());
          } else if (named.containsKey(value)) {
            values.with(key, named.get(value).id());
          } else {
            values.with(
                key,
                ((Converted.Value) workshop.conversion.fromText(field, String.valueOf(value)))
                    .value());
          }
        });
    return values;
  }

  private RecordRef ref(Object name) {
    RecordRef ref = named.get(String.valueOf(name));
    assertThat(ref).as("record " + name).isNotNull();
    return ref;
  }

  private static Duration duration(String text) {
    return text.startsWith("PT")
        ? Duration.parse(text)
        : Duration.ofDays(Period.parse(text).getDays());
  }

  private static List<String> texts(@org.jspecify.annotations.Nullable Object list) {
    return list == null
        ? List.of()
        : Scenario.<List<Object>>as(list).stream().map(String::valueOf).toList();
  }

  @SuppressWarnings("unchecked")
  private static <T> T as(Object value) {
    return (T) value;
  }
}
