package io.leadloom.record.deal.rule;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.record.mark.Flag;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people can still do with a lead that has become a deal or a client: take its flag away, write notes, and convert it to
 * the other kind (LEAD-079, LEAD-080). Automations, connectors, uploads and Leadloom itself still reach it.
 */
public final class ConvertedLeads {

  private static final String DEAL = RecordCommand.Convert.DEAL;
  private static final String CLIENT = RecordCommand.Convert.CLIENT;

  private final Rights rights;
  private final Function<RecordRef, @Nullable Record> live;

  /**
   * @param live finds a record that is not in the trash
   */
  public ConvertedLeads(Rights rights, Function<RecordRef, @Nullable Record> live) {
    this.rights = rights;
    this.live = live;
  }

  /** Why a command is not done; null when it may be. */
  public @Nullable WriteResult refusal(RecordCommand command, Cause cause) {
    if (!person(cause)) {
      return null;
    }
    if (command instanceof RecordCommand.Create create) {
      return create.type() == EntityType.TASK && create.values().get("lead") instanceof Long lead
          ? refusal(RecordRef.lead(lead))
          : null;
    }
    if (command instanceof RecordCommand.Update update) {
      // One without values is the survivor's part in a merge: what the others had comes along.
      return update.values().isEmpty() || unflags(update.values()) ? null : refusal(update.ref());
    }
    if (command instanceof RecordCommand.Trash trash) {
      return trash.mergedInto() == null ? refusal(trash.ref()) : null;
    }
    if (command instanceof RecordCommand.AddTags add) {
      return refusal(add.ref());
    }
    return command instanceof RecordCommand.RemoveTags remove ? refusal(remove.ref()) : null;
  }

  private boolean person(Cause cause) {
    return rights.userId() != null
        && (cause.kind() == Cause.Kind.USER || cause.kind() == Cause.Kind.API);
  }

  private static boolean unflags(Values values) {
    return values.keys().size() == 1 && values.has(Flag.FIELD) && values.get(Flag.FIELD) == null;
  }

  private @Nullable WriteResult refusal(RecordRef ref) {
    Record lead = ref.type() == EntityType.LEAD ? live.apply(ref) : null;
    return lead == null ? null : refusal(lead);
  }

  /** The same for a record that somebody found by a value. */
  public @Nullable WriteResult refusal(Record record, Cause cause) {
    return record.ref().type() == EntityType.LEAD && person(cause) ? refusal(record) : null;
  }

  private static @Nullable WriteResult refusal(Record lead) {
    Long deal = lead.values().number(DEAL);
    Long client = lead.values().number(CLIENT);
    if (deal == null && client == null) {
      return null;
    }
    String into = deal != null ? "opportunity " + deal : "the client, contact " + client;
    return new WriteResult.Refused(
        List.of(
            Violation.of(
                deal != null ? DEAL : CLIENT,
                deal != null ? deal : client,
                "a lead that is not converted: go on with " + into)));
  }
}
