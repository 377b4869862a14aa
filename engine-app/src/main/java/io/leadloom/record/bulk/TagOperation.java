package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts tags on records or takes them off: {@code {"tags": ["vip"]}}. */
final class TagOperation implements BulkOperation {

  private static final int MOST_TAGS = 50;
  private static final String TAGS = "tags";

  private final boolean add;

  /**
   * @param add whether tags are put on; otherwise they are taken off
   */
  TagOperation(boolean add) {
    this.add = add;
  }

  @Override
  public String key() {
    return add ? "add-tags" : "remove-tags";
  }

  @Override
  public boolean suits(EntityType type) {
    return true;
  }

  @Override
  public Action needs() {
    return Action.EDIT;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode name : settings.path(TAGS)) {
      if (name.isTextual()
          && Folded.of(name.asText()) != null
          && name.asText().strip().length() <= 100) {
        names.add(name.asText().strip());
      } else {
        throw refused(name);
      }
    }
    if (names.isEmpty() || names.size() > MOST_TAGS) {
      throw refused(null);
    }
    return document(names);
  }

  private static RefusedException refused(@Nullable Object given) {
    return RefusedException.invalid(
        "The tags are not clear",
        Violation.of(
            "settings.tags", given, "1 to " + MOST_TAGS + " names of at most 100 characters"));
  }

  private static ObjectNode document(Set<String> names) {
    ObjectNode document = Documents.object();
    ArrayNode tags = document.putArray(TAGS);
    names.forEach(tags::add);
    return document;
  }

  private static Set<String> names(JsonNode document) {
    Set<String> names = new LinkedHashSet<>();
    document.path(TAGS).forEach(name -> names.add(name.asText()));
    return names;
  }

  private static RecordCommand command(RecordRef ref, Set<String> names, boolean add) {
    return add ? new RecordCommand.AddTags(ref, names) : new RecordCommand.RemoveTags(ref, names);
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    Set<String> names = names(settings);
    List<RecordRef> refs = chunk.members().stream().map(member -> member.record().ref()).toList();
    chunk.session().preloadTags(refs);
    List<Set<String>> touched = refs.stream().map(ref -> touched(chunk, ref, names)).toList();
    List<WriteResult> results =
        chunk
            .session()
            .applyAll(refs.stream().map(ref -> command(ref, names, add)).toList(), chunk.cause());
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      outcomes.add(Reasons.of(results.get(i), document(touched.get(i))));
    }
    return outcomes;
  }

  /** Those of the tags that the record has not when they are added, or has when they are removed. */
  private Set<String> touched(Chunk chunk, RecordRef ref, Set<String> names) {
    Set<String> has = chunk.session().tags(ref);
    Set<String> touched = new LinkedHashSet<>();
    for (String name : names) {
      String folded = Folded.of(name);
      if (folded != null && has.contains(folded) != add) {
        touched.add(name);
      }
    }
    return touched;
  }

  @Override
  public boolean undoable() {
    return true;
  }

  @Override
  public List<Outcome> undo(Chunk chunk, List<JsonNode> undo) {
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < undo.size(); i++) {
      commands.add(command(chunk.members().get(i).record().ref(), names(undo.get(i)), !add));
    }
    return chunk.session().applyAll(commands, chunk.cause()).stream()
        .map(result -> Reasons.of(result, null))
        .toList();
  }
}
