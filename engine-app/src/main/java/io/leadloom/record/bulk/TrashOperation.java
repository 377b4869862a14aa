package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.record.deal.rule.DealRules;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts records into the trash, or takes them out of it (LEAD-081, ENG-130). */
final class TrashOperation implements BulkOperation {

  private static final String VERSION = "version";

  /** Where opportunities come back whose stage is gone (REV-017). */
  private static final String STAGE = "stage";

  private final boolean trash;

  /**
   * @param trash whether records go into the trash; otherwise they come back
   */
  TrashOperation(boolean trash) {
    this.trash = trash;
  }

  @Override
  public String key() {
    return trash ? "delete" : "restore";
  }

  @Override
  public boolean suits(EntityType type) {
    return true;
  }

  @Override
  public Action needs() {
    return Action.DELETE;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    JsonNode stage = settings.path(STAGE);
    if (trash || stage.isMissingNode() || stage.isNull()) {
      return Documents.object();
    }
    if (!stage.isTextual() || type != EntityType.OPPORTUNITY) {
      throw RefusedException.invalid(
          "Where the records come back to is not clear",
          Violation.of("settings.stage", stage, DealRules.STAGE_GONE + ", for opportunities"));
    }
    return Documents.object().put(STAGE, stage.asText());
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    List<RecordCommand> commands = new ArrayList<>();
    for (Member member : chunk.members()) {
      RecordRef ref = member.record().ref();
      commands.add(
          trash
              ? new RecordCommand.Trash(ref, null)
              : new RecordCommand.Restore(ref, settings.path(STAGE).textValue()));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (WriteResult result : chunk.session().applyAll(commands, chunk.cause())) {
      ObjectNode undo = Documents.object();
      if (result instanceof WriteResult.Written written) {
        undo.put(VERSION, written.version());
      }
      outcomes.add(Reasons.of(result, undo));
    }
    return outcomes;
  }

  private static RecordCommand command(RecordRef ref, boolean trash) {
    return trash ? new RecordCommand.Trash(ref, null) : new RecordCommand.Restore(ref);
  }

  @Override
  public boolean undoable() {
    return true;
  }

  /** The version tells whether anybody has had it in hand since. */
  @Override
  public List<Outcome> undo(Chunk chunk, List<JsonNode> undo) {
    List<@Nullable Outcome> settled = new ArrayList<>();
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < undo.size(); i++) {
      Record record = chunk.members().get(i).record();
      if ((record.trashedAt() != null) != trash) {
        settled.add(new Done(false, null));
      } else if (record.version() != undo.get(i).path(VERSION).asInt()) {
        settled.add(new Failed("It was changed since"));
      } else {
        settled.add(null);
        commands.add(command(record.ref(), !trash));
      }
    }
    Iterator<WriteResult> results = chunk.session().applyAll(commands, chunk.cause()).iterator();
    return settled.stream()
        .map(outcome -> outcome == null ? Reasons.of(results.next(), null) : outcome)
        .toList();
  }
}
