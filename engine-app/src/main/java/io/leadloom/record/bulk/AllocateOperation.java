package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives records to one owner, or evenly to several who take turns: {@code {"owners": [3, 7]}} (LEAD-081).
 */
@Component
class AllocateOperation implements BulkOperation {

  private static final int MOST_OWNERS = 200;

  private final Users users;
  private final FieldWork work;

  AllocateOperation(Users users, FieldWork work) {
    this.users = users;
    this.work = work;
  }

  @Override
  public String key() {
    return "allocate";
  }

  @Override
  public boolean suits(EntityType type) {
    return type != EntityType.ACTIVITY && type != EntityType.NOTE;
  }

  @Override
  public Action needs() {
    return Action.EDIT;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    JsonNode given = settings.path("owners");
    if (!given.isArray() || given.isEmpty() || given.size() > MOST_OWNERS) {
      throw refused(null, "the ids of 1 to " + MOST_OWNERS + " active users");
    }
    if (rights.hides(type, "owner") || rights.onlyReads(type, "owner")) {
      throw refused(null, "a permission to change owners");
    }
    Set<Long> owners = new LinkedHashSet<>();
    for (JsonNode owner : given) {
      boolean active =
          owner.canConvertToLong()
              && owner.isIntegralNumber()
              && users.find(owner.asLong()).filter(Users.Person::active).isPresent();
      if (!active) {
        throw refused(owner, "the id of an active user");
      }
      boolean reached =
          rights.owners(type, Action.EDIT).reach(owner.asLong())
              || rights.owners(type, Action.SHARE).reach(owner.asLong());
      if (!reached) {
        throw refused(owner, "a user to whom you may give records");
      }
      owners.add(owner.asLong());
    }
    ObjectNode accepted = Documents.object();
    ArrayNode list = accepted.putArray("owners");
    owners.forEach(list::add);
    return accepted;
  }

  private static RefusedException refused(@Nullable Object given, String expected) {
    return RefusedException.invalid(
        "The records cannot be allocated like this",
        Violation.of("settings.owners", given, expected));
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    List<Values> turns = new ArrayList<>();
    settings.path("owners").forEach(owner -> turns.add(Values.of("owner", owner.asLong())));
    return work.set(chunk, member -> turns.get((int) (member.place() % turns.size())));
  }

  @Override
  public boolean undoable() {
    return true;
  }

  @Override
  public List<Outcome> undo(Chunk chunk, List<JsonNode> undo) {
    return work.putBack(chunk, undo);
  }
}
