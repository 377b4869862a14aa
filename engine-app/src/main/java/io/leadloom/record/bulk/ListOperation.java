package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.Lists;
import io.leadloom.record.RecordCommand;
import java.util.ArrayList;
import java.util.List;

/** Puts leads or contacts on a static list or takes them off it: {@code {"list": 12}}. */
final class ListOperation implements BulkOperation {

  private static final String LIST = "list";

  private final boolean add;
  private final Lists lists;

  /**
   * @param add whether records are put on; otherwise they are taken off
   */
  ListOperation(boolean add, Lists lists) {
    this.add = add;
    this.lists = lists;
  }

  @Override
  public String key() {
    return add ? "add-to-list" : "remove-from-list";
  }

  @Override
  public boolean suits(EntityType type) {
    return type == EntityType.LEAD || type == EntityType.CONTACT;
  }

  @Override
  public Action needs() {
    return Action.VIEW;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    JsonNode given = settings.path(LIST);
    if (!given.isIntegralNumber() || !lists.may(given.asLong(), rights, Action.EDIT)) {
      throw RefusedException.invalid(
          "There is no such list",
          Violation.of(
              "settings.list",
              given.isMissingNode() ? null : given,
              "the id of a list that you may change"));
    }
    return Documents.object().put(LIST, given.asLong());
  }

  private static RecordCommand command(RecordRef ref, long list, boolean add) {
    return add
        ? new RecordCommand.AddToList(ref, list)
        : new RecordCommand.RemoveFromList(ref, list);
  }

  private List<Outcome> put(Chunk chunk, long list, boolean on) {
    if (!lists.may(list, chunk.rights(), Action.EDIT)) {
      return chunk.members().stream()
          .<Outcome>map(
              member -> new Failed("The list does not exist any more, or you may not change it"))
          .toList();
    }
    List<RecordCommand> commands = new ArrayList<>();
    for (Member member : chunk.members()) {
      commands.add(command(member.record().ref(), list, on));
    }
    return chunk.session().applyAll(commands, chunk.cause()).stream()
        .map(result -> Reasons.of(result, Documents.object().put(LIST, list)))
        .toList();
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    return put(chunk, settings.path(LIST).asLong(), add);
  }

  @Override
  public boolean undoable() {
    return true;
  }

  @Override
  public List<Outcome> undo(Chunk chunk, List<JsonNode> undo) {
    // All were put on the same list.
    return put(chunk, undo.get(0).path(LIST).asLong(), !add);
  }
}
