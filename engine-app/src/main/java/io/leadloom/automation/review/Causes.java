package io.leadloom.automation.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadloom.automation.definition.SettingsJson;
import io.leadloom.automation.definition.Templates;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.platform.EntityType;
import io.leadloom.process.ProcessModel;
import io.leadloom.process.ProcessModel.Node;
import io.leadloom.record.Lists;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads from an automation what its cards make happen, as their descriptors say under {@code causes}: the event of a
 * trigger ({@code root.updated} for an update of the run's own record), and which settings say what it is about.
 */
@Component
class Causes {

  private static final String ROOT_UPDATED = "root.updated";

  /** A text that is not the same for every run: a merge field, a step, a moment counted from now. */
  private static final Pattern VARYING = Pattern.compile("(?s).*\\{\\{.*|\\+.*|(?i:(now|today)).*");

  private final Map<String, JsonNode> causes = new HashMap<>();
  private final Schemas schemas;
  private final Lists lists;

  Causes(Templates templates, Schemas schemas, Lists lists) {
    this.schemas = schemas;
    this.lists = lists;
    for (JsonNode card : templates.cards()) {
      if (card.has("causes")) {
        causes.put(card.path("type").asText(), card.path("causes"));
      }
    }
  }

  /** What the cards of an automation make happen that starts on such an event. */
  List<Cause> of(ProcessModel model, TriggerType start) {
    List<Cause> found = new ArrayList<>();
    for (Node node : model.nodes().values()) {
      JsonNode declared = node.card() == null ? null : causes.get(node.card());
      if (declared != null) {
        JsonNode settings = settings(node);
        declared.forEach(each -> add(each, node, settings, start, found));
      }
    }
    return found;
  }

  private void add(
      JsonNode declared, Node node, JsonNode settings, TriggerType start, List<Cause> found) {
    for (TriggerType event : events(declared.path("event").asText(), start)) {
      if (declared.has("fields")) {
        settings
            .path(declared.path("fields").asText())
            .properties()
            .forEach(
                entry ->
                    found.add(
                        new Cause(
                            node.id(),
                            node.name(),
                            event,
                            field(event, entry.getKey()).map(Field::key).orElse(entry.getKey()),
                            fixed(text(entry.getValue())))));
      } else if (declared.has("field")) {
        String to = declared.path("to").asText(null);
        found.add(new Cause(node.id(), node.name(), event, declared.path("field").asText(), to));
      } else if (declared.has("each")) {
        for (String value : texts(settings.path(declared.path("each").asText()))) {
          found.add(new Cause(node.id(), node.name(), event, detail(event, value), null));
        }
      } else {
        found.add(new Cause(node.id(), node.name(), event, null, null));
      }
    }
  }

  private static List<TriggerType> events(String key, TriggerType start) {
    if (key.equals(ROOT_UPDATED)) {
      return start.roots().stream()
          .map(EntityType::key)
          .map(root -> TriggerType.of(root + ".updated"))
          .flatMap(Optional::stream)
          .toList();
    }
    return TriggerType.of(key)
        .map(type -> List.of(start.ofOpportunity() ? type.onOpportunity() : type))
        .orElse(List.of());
  }

  private @Nullable String detail(TriggerType event, String value) {
    String fixed = fixed(value);
    boolean list = event == TriggerType.LIST_ADDED || event == TriggerType.LIST_REMOVED;
    return fixed == null || !list
        ? fixed
        : lists.find(fixed).map(each -> Long.toString(each.id())).orElse(fixed);
  }

  /** The field of the record that such an update is about. */
  private Optional<Field> field(TriggerType event, String key) {
    Schema schema = schemas.current();
    String entity = event.key().substring(0, event.key().indexOf('.'));
    return EntityType.of(entity).flatMap(type -> schema.field(type, key));
  }

  /** What the event is, for a reader. */
  String said(Cause cause) {
    String detail = cause.detail();
    return switch (cause.event()) {
      case TAG_ADDED -> "adds the tag " + quoted(detail);
      case TAG_REMOVED -> "removes the tag " + quoted(detail);
      case LIST_ADDED -> "adds to the list " + quoted(list(detail));
      case LIST_REMOVED -> "removes from the list " + quoted(list(detail));
      case ACTIVITY_POSTED, OPPORTUNITY_ACTIVITY_POSTED -> "posts an activity";
      case TASK_CREATED, OPPORTUNITY_TASK_CREATED -> "creates a task";
      case TASK_COMPLETED, OPPORTUNITY_TASK_COMPLETED -> "completes a task";
      case OPPORTUNITY_CREATED -> "creates an opportunity";
      case CALLED -> "calls an automation";
      default -> {
        String label =
            detail == null ? "" : field(cause.event(), detail).map(Field::label).orElse(detail);
        yield "changes " + quoted(label);
      }
    };
  }

  private @Nullable String list(@Nullable String id) {
    return id == null ? null : lists.find(id).map(Lists.StaticList::name).orElse(id);
  }

  private static String quoted(@Nullable String name) {
    return name == null ? "that a run names" : "'" + name + "'";
  }

  private static @Nullable String fixed(@Nullable String text) {
    return text == null || VARYING.matcher(text.strip()).matches() ? null : text.strip();
  }

  private static @Nullable String text(JsonNode value) {
    return value.isValueNode() ? value.isNull() ? "" : value.asText() : null;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(item -> texts.add(item.asText().strip()));
    } else if (node.isValueNode() && !node.isNull()) {
      texts.add(node.asText().strip());
    }
    return texts;
  }

  private static JsonNode settings(Node node) {
    try {
      return SettingsJson.tree(node.settings());
    } catch (JsonProcessingException e) {
      // That is a problem already, and a warning needs what can be read.
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
