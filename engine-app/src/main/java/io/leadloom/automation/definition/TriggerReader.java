package io.leadloom.automation.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.decision.Condition;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.Lists;
import io.leadloom.record.Records;
import io.leadloom.record.SmartListDirectory;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/** Reads and checks what a start event starts on, or what an event wait waits for. */
final class TriggerReader {

  private final Schema schema;
  private final Lists lists;
  private final SmartListDirectory smartLists;
  private final Records records;

  TriggerReader(Schema schema, Lists lists, SmartListDirectory smartLists, Records records) {
    this.schema = schema;
    this.lists = lists;
    this.smartLists = smartLists;
    this.records = records;
  }

  /** Returns null when the type is unknown; other problems go to {@code settings}. */
  @Nullable Trigger read(CardSettings settings) {
    String key = settings.required("type");
    Optional<TriggerType> found = TriggerType.of(key);
    if (found.isEmpty()) {
      if (!key.isEmpty()) {
        settings.problem("type", key, "one of the triggers, for example lead.created");
      }
      return null;
    }
    TriggerType type = found.get();
    List<String> fields = fields(settings, type);
    String from = settings.optional("from");
    String to = settings.optional("to");
    if ((from != null || to != null) && fields.size() != 1) {
      settings.problem("fields", fields, "exactly one field when a value before or after is given");
    } else if (type == TriggerType.OPPORTUNITY_UPDATED && fields.size() == 1) {
      Field field = schema.field(EntityType.OPPORTUNITY, fields.get(0)).orElseThrow();
      choice(settings, "from", from, field);
      choice(settings, "to", to, field);
    }
    return new Trigger(
        type,
        activityType(settings),
        taskType(settings),
        fields,
        from,
        to,
        type.ofSmartList() ? smartList(settings) : list(settings),
        settings.optional("tag"),
        dateField(settings, type),
        settings.duration("offset").map(d -> new Trigger.Offset(d.amount(), d.unit())).orElse(null),
        WaitTime.time(settings, "timeOfDay", false),
        zone(settings),
        cron(settings, type),
        filter(settings, type),
        condition(settings));
  }

  private List<String> fields(CardSettings settings, TriggerType type) {
    List<String> keys = new ArrayList<>();
    for (String key : settings.texts("fields")) {
      Optional<Field> field =
          switch (type) {
            case LEAD_UPDATED -> schema.field(EntityType.LEAD, key);
            case ACCOUNT_UPDATED -> schema.field(EntityType.ACCOUNT, key);
            case CONTACT_UPDATED -> schema.field(EntityType.CONTACT, key);
            case OPPORTUNITY_UPDATED -> schema.field(EntityType.OPPORTUNITY, key);
            case ACTIVITY_UPDATED, OPPORTUNITY_ACTIVITY_UPDATED -> activityField(settings, key);
            default -> Optional.empty();
          };
      if (field.isEmpty()) {
        settings.problem("fields", key, "the key of an existing field");
      } else {
        keys.add(field.get().key());
      }
    }
    return keys;
  }

  /** A value that no opportunity can have would never be met. */
  private static void choice(
      CardSettings settings, String key, @Nullable String value, Field field) {
    if (value == null || field.type() != FieldType.DROPDOWN) {
      return;
    }
    ChoiceNames names = field.names();
    if (names == null ? !known(field, value) : names.find(value).isEmpty()) {
      settings.problem(
          key,
          value,
          names == null
              ? "one of: " + String.join(", ", field.options())
              : names.expectation(value));
    }
  }

  private static boolean known(Field field, String value) {
    return field.options().isEmpty()
        || field.options().stream().anyMatch(option -> option.equalsIgnoreCase(value.strip()));
  }

  private Optional<Field> activityField(CardSettings settings, String key) {
    String type = settings.optional("activityType");
    return type == null ? schema.field(EntityType.ACTIVITY, key) : schema.activityField(type, key);
  }

  private @Nullable String activityType(CardSettings settings) {
    String type = settings.optional("activityType");
    if (type != null && schema.activityType(type).isEmpty()) {
      settings.problem("activityType", type, "the key of an existing activity type");
    }
    return type;
  }

  private @Nullable String taskType(CardSettings settings) {
    String type = settings.optional("taskType");
    if (type != null && schema.taskTypes().stream().noneMatch(each -> each.key().equals(type))) {
      settings.problem("taskType", type, "the key of an existing task type");
    }
    return type;
  }

  private @Nullable String list(CardSettings settings) {
    String name = settings.optional("list");
    if (name == null) {
      return null;
    }
    Optional<Lists.StaticList> list = lists.find(name);
    if (list.isEmpty()) {
      settings.problem("list", name, "the name of an existing static list");
    }
    return list.map(found -> Long.toString(found.id())).orElse(name);
  }

  /** Names of smart lists are not unique, so that they are meant by their ids. */
  private String smartList(CardSettings settings) {
    String id = settings.required("list");
    boolean known = id.matches("[0-9]{1,18}") && smartLists.name(Long.parseLong(id)).isPresent();
    if (!id.isEmpty() && !known) {
      settings.problem("list", id, "the id of an existing smart list");
    }
    return id;
  }

  private @Nullable String dateField(CardSettings settings, TriggerType type) {
    if (type != TriggerType.DATE_REACHED) {
      return null;
    }
    String key = settings.required("field");
    Field field = schema.field(EntityType.LEAD, key).orElse(null);
    if (field == null || field.type() != FieldType.DATE && field.type() != FieldType.DATE_TIME) {
      settings.problem("field", key, "the key of a date or date-time field of leads");
    } else if (field.slot() == null && !field.system()) {
      settings.problem("field", key, "a field that searches can use");
    }
    return key;
  }

  private static @Nullable ZoneId zone(CardSettings settings) {
    String zone = settings.optional("timeZone");
    try {
      return zone == null ? null : ZoneId.of(zone);
    } catch (DateTimeException e) {
      settings.problem("timeZone", zone, "a time zone such as Europe/Berlin");
      return null;
    }
  }

  private static @Nullable String cron(CardSettings settings, TriggerType type) {
    if (type != TriggerType.SCHEDULE) {
      return null;
    }
    String cron = settings.required("cron");
    String six = cron.strip().split("\\s+").length == 5 ? "0 " + cron.strip() : cron.strip();
    if (!cron.isEmpty() && !CronExpression.isValidExpression(six)) {
      settings.problem("cron", cron, "a cron expression such as 0 9 * * MON-FRI");
    }
    return six;
  }

  private @Nullable String filter(CardSettings settings, TriggerType type) {
    String filter = type == TriggerType.SCHEDULE ? settings.optional("filter") : null;
    if (filter != null) {
      try {
        records.check(EntityType.LEAD, FilterGrammar.parse(filter), schema);
      } catch (RefusedException e) {
        String reason = String.valueOf(e.getMessage());
        String expectation =
            e.violations().isEmpty() ? reason : reason + ": " + e.violations().get(0).expectation();
        settings.problem("filter", filter, expectation);
      }
    }
    return filter;
  }

  private static @Nullable Condition condition(CardSettings settings) {
    JsonNode json = settings.json().path("condition");
    if (json.isMissingNode() || json.isNull() || json.isObject() && json.isEmpty()) {
      return null;
    }
    try {
      Condition condition = SettingsJson.read(json, Condition.class);
      boolean empty =
          condition.criteria().isEmpty() && condition.drl() == null && condition.rule() == null;
      return empty ? null : condition;
    } catch (JsonProcessingException e) {
      settings.problem("condition", json, SettingsJson.reason(e));
      return null;
    }
  }
}
