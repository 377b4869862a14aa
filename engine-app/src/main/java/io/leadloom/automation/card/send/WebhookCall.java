package io.leadloom.automation.card.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardRun;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.MergeText;
import io.leadloom.platform.EntityType;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Posts JSON to an outside address (AUT-061), signed with a named secret. It is tried 3 times; with {@code
 * waitForResponse} the run waits for the answer, and goes on without one after a lasting failure (AUT-D15).
 */
@Component
final class WebhookCall implements Card {

  private final ObjectMapper json;

  WebhookCall(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public String type() {
    return "webhook.call";
  }

  @Override
  public boolean getsResponse() {
    return true;
  }

  /** A part of the body: a text with merge fields, or a constant. */
  private sealed interface Node {
    record Text(MergeText text) implements Node {}

    record Constant(JsonNode value) implements Node {}

    record Members(Map<String, Node> members) implements Node {}

    record Items(List<Node> items) implements Node {}
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String url = settings.required("url");
    MergeText address = MergeText.of(url, "url", settings, scope);
    if (!url.isEmpty() && !absolute(url)) {
      settings.problem("url", url, "an absolute http or https address");
    }
    Map<String, String> headers = settings.map("headers");
    headers.keySet().stream()
        .filter(name -> !name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}"))
        .forEach(name -> settings.problem("headers." + name, name, "a valid header name"));
    List<String> fields = settings.texts("fields");
    fields.stream()
        .filter(field -> scope.schema().field(EntityType.LEAD, field).isEmpty())
        .forEach(field -> settings.problem("fields", field, "the key of an existing field"));
    JsonNode bodyJson = settings.json().path("body");
    Node body = bodyJson.isObject() ? node(bodyJson, "body", settings, scope) : null;
    if (scope.trigger() != null
        && (scope.trigger().suppliesActivity() || scope.trigger().suppliesTask())) {
      scope.need(CardScope.Need.SUBJECT);
    }
    boolean waits = settings.flag("waitForResponse");
    String options = options(headers, settings.optional("secret"));
    return run -> {
      String document = (body != null ? render(body, run) : standard(fields, run)).toString();
      run.deliver(Sending.webhook(run, address.render(run), document, waits, options));
      return waits ? Outcome.WAIT : Outcome.DONE;
    };
  }

  private @Nullable String options(Map<String, String> headers, @Nullable String secret) {
    ObjectNode options = json.createObjectNode();
    if (!headers.isEmpty()) {
      options.set("headers", json.valueToTree(headers));
    }
    if (secret != null) {
      options.put("secret", secret);
    }
    return options.isEmpty() ? null : options.toString();
  }

  private static boolean absolute(String url) {
    try {
      URI uri = URI.create(url.replaceAll("\\{\\{[^}]*}}", "x"));
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Node node(JsonNode node, String where, CardSettings settings, CardScope scope) {
    if (node.isTextual()) {
      return new Node.Text(MergeText.of(node.asText(), where, settings, scope));
    }
    if (node.isObject()) {
      Map<String, Node> members = new java.util.LinkedHashMap<>();
      node.properties()
          .forEach(
              member ->
                  members.put(
                      member.getKey(),
                      node(member.getValue(), where + "." + member.getKey(), settings, scope)));
      return new Node.Members(members);
    }
    if (node.isArray()) {
      List<Node> items = new ArrayList<>();
      node.forEach(item -> items.add(node(item, where, settings, scope)));
      return new Node.Items(items);
    }
    return new Node.Constant(node);
  }

  private JsonNode render(Node node, CardRun run) {
    if (node instanceof Node.Text text) {
      return json.getNodeFactory().textNode(text.text().render(run));
    }
    if (node instanceof Node.Members members) {
      ObjectNode object = json.createObjectNode();
      members.members().forEach((key, member) -> object.set(key, render(member, run)));
      return object;
    }
    if (node instanceof Node.Items items) {
      ArrayNode array = json.createArrayNode();
      items.items().forEach(item -> array.add(render(item, run)));
      return array;
    }
    return ((Node.Constant) node).value();
  }

  /** The run's record (or the chosen fields of it) and what triggered the run. */
  private JsonNode standard(List<String> fields, CardRun run) {
    ObjectNode body = json.createObjectNode();
    Optional<Record> root = run.record(run.root().type());
    ObjectNode record = body.putObject(run.root().type().key()).put("id", run.root().id());
    root.ifPresent(
        found ->
            found
                .values()
                .asMap()
                .forEach(
                    (key, value) -> {
                      if (fields.isEmpty() || fields.contains(key)) {
                        record.set(key, json.valueToTree(value));
                      }
                    }));
    if (!run.subject().equals(run.root())) {
      ObjectNode subject = body.putObject(run.subject().type().key()).put("id", run.subject().id());
      run.record(run.subject().type())
          .ifPresent(
              found ->
                  found
                      .values()
                      .asMap()
                      .forEach((key, value) -> subject.set(key, json.valueToTree(value))));
    }
    return body;
  }
}
