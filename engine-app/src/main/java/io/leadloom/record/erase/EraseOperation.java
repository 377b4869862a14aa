package io.leadloom.record.erase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Erases records that are in the trash for good (LEAD-112, ENG-222): {@code {"confirm": "DELETE"}}. Only administrators
 * may, in person and not by an API key, and nothing brings back what is erased. The audit trail keeps how many there were and their ids.
 */
@Component
class EraseOperation implements BulkOperation {

  private static final String CONFIRM = "confirm";
  private static final String WORD = "DELETE";

  /** So many ids fit into one entry of the audit trail. */
  private static final int PAGE = 100;

  private final ErasedRecords erased;
  private final AuditTrail trail;

  EraseOperation(ErasedRecords erased, AuditTrail trail) {
    this.erased = erased;
    this.trail = trail;
  }

  @Override
  public String key() {
    return "erase";
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
  public boolean ofTrash() {
    return true;
  }

  @Override
  public int page() {
    return PAGE;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    if (!rights.everything()) {
      throw RefusedException.forbidden("Only administrators erase records for good");
    }
    if (ActingPrincipal.byKey()) {
      throw RefusedException.forbidden(
          "Records are erased for good by a person who is signed in, not by a key");
    }
    if (!WORD.equals(settings.path(CONFIRM).asText())) {
      throw RefusedException.invalid(
          "What is erased does not come back",
          Violation.of("settings." + CONFIRM, null, "the word " + WORD));
    }
    return JsonNodeFactory.instance.objectNode().put(CONFIRM, WORD);
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    boolean may = chunk.rights().everything();
    List<Long> asked = new ArrayList<>();
    for (Member member : chunk.members()) {
      if (may && member.record().trashedAt() != null) {
        asked.add(member.record().ref().id());
      }
    }
    ErasedRecords.Erased done = erased.erase(chunk.type(), asked);
    Set<Long> gone = done.asked();
    if (!gone.isEmpty()) {
      AuditEvent event =
          AuditEvent.of(
                  chunk.type().key() + ".erased",
                  "bulk action",
                  chunk.bulkId(),
                  "bulk action " + chunk.bulkId())
              .fact("records", gone.size())
              .fact("ids", gone.stream().sorted().toList())
              .fact(
                  "merged",
                  done.merged().isEmpty() ? null : done.merged().stream().sorted().toList());
      for (Map.Entry<EntityType, Integer> along : done.along().entrySet()) {
        event = event.fact(along.getKey().path(), along.getValue());
      }
      trail.record(event);
    }
    return chunk.members().stream()
        .<Outcome>map(
            member ->
                gone.contains(member.record().ref().id())
                    ? new Done(true, null)
                    : new Failed(may ? "It is not in the trash" : "Only administrators may"))
        .toList();
  }
}
