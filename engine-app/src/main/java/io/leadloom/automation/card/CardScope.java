package io.leadloom.automation.card;

import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.value.CustomValues;
import io.leadloom.record.Lists;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known about an automation's version while its cards are prepared, and what they say they need. */
public final class CardScope {

  private final Schema schema;
  private final FieldConversion conversion;
  private final Users users;
  private final Lists lists;
  private final Function<String, Optional<Long>> automations;
  private final @Nullable TriggerType trigger;
  private final @Nullable String activityType;
  private final ZoneId zone;
  private final CustomValues customValues;
  private final Set<Need> needs = EnumSet.noneOf(Need.class);
  private Set<String> createdTasks = Set.of();
  private Set<String> responses = Set.of();

  /** What must be loaded before a run of the version can go on. */
  public enum Need {
    CONTACT,
    ACCOUNT,
    SUBJECT,
    TAGS,
    LISTS
  }

  public CardScope(
      Schema schema,
      FieldConversion conversion,
      Users users,
      Lists lists,
      Function<String, Optional<Long>> automations,
      @Nullable TriggerType trigger,
      @Nullable String activityType,
      ZoneId zone,
      CustomValues customValues) {
    this.customValues = customValues;
    this.schema = schema;
    this.conversion = conversion;
    this.users = users;
    this.lists = lists;
    this.automations = automations;
    this.trigger = trigger;
    this.activityType = activityType;
    this.zone = zone;
  }

  public Schema schema() {
    return schema;
  }

  public FieldConversion conversion() {
    return conversion;
  }

  public Users users() {
    return users;
  }

  public Lists lists() {
    return lists;
  }

  /** The id of an existing automation by its key. */
  public Optional<Long> automation(String key) {
    return automations.apply(key);
  }

  /** The automation's trigger; null while that is not known. */
  public @Nullable TriggerType trigger() {
    return trigger;
  }

  /** The only activity type that the trigger reacts to; null for any. */
  public @Nullable String activityType() {
    return activityType;
  }

  /** The account's own texts, as they are whenever they are asked for. */
  public CustomValues customValues() {
    return customValues;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The cards before the present one, on every path to it, that create a task (AUT-035). */
  public Set<String> createdTasks() {
    return createdTasks;
  }

  /** The cards before the present one that get a response. */
  public Set<String> responses() {
    return responses;
  }

  /** Moves on to a card with these cards before it. */
  public void at(Set<String> tasksBefore, Set<String> responsesBefore) {
    this.createdTasks = Set.copyOf(tasksBefore);
    this.responses = Set.copyOf(responsesBefore);
  }

  /** Says that the version needs something. */
  public void need(Need need) {
    needs.add(need);
  }

  /** Says that the version reads or writes records of this type that hang on the run's record. */
  public void need(EntityType type) {
    switch (type) {
      case CONTACT -> needs.add(Need.CONTACT);
      case ACCOUNT -> needs.add(Need.ACCOUNT);
      case ACTIVITY, TASK -> needs.add(Need.SUBJECT);
      default -> {
        // Leads are the runs' own records and are always loaded.
      }
    }
  }

  public Set<Need> needs() {
    return needs;
  }
}
