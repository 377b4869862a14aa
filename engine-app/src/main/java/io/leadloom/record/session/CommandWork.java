package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.record.WriteResult.Conflict;
import io.leadloom.record.WriteResult.Missing;
import io.leadloom.record.WriteResult.Refused;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.record.deal.rule.ConvertedLeads;
import io.leadloom.record.deal.rule.DealRules;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out single commands in memory, after everything they need has been read. */
final class CommandWork {

  private final SessionParts parts;
  private final Schema schema;
  private final SessionState state;
  private final Uniqueness uniqueness;
  private final MatchIndex matches;
  private final RecordChanges changes;
  private final TagWork tagWork;
  private final ValueCheck check;
  private final Classification classification;
  private final Permits permits;
  private final LinkCheck links;
  private final ContactDuplicates contacts;
  private final ActivityPoints activities;
  private final DealRules deals;
  private final ConvertedLeads bar;
  private final ContactOfLead people;
  private final Consumer<Collection<RecordRef>> loader;

  CommandWork(
      SessionParts parts,
      Schema schema,
      SessionState state,
      Uniqueness uniqueness,
      MatchIndex matches,
      RecordChanges changes,
      TagWork tagWork,
      Permits permits,
      Consumer<Collection<RecordRef>> loader) {
    this.parts = parts;
    this.schema = schema;
    this.state = state;
    this.uniqueness = uniqueness;
    this.matches = matches;
    this.changes = changes;
    this.tagWork = tagWork;
    this.permits = permits;
    this.check = new ValueCheck(schema, parts.rules, permits.rights());
    this.classification = new Classification(schema, permits.rights());
    this.loader = loader;
    this.contacts =
        new ContactDuplicates(parts, uniqueness, state, permits, check, this::live, this::update);
    this.activities = new ActivityPoints(schema, changes, this::live);
    this.links = new LinkCheck(parts, check, permits, this::live);
    this.deals =
        new DealRules(parts.jdbc, parts::currency, schema, state::opportunities, this::standing);
    this.bar = new ConvertedLeads(permits.rights(), this::standing);
    this.people = new ContactOfLead(parts, schema, uniqueness, changes, check, permits);
  }

  void load(Set<String> tags, Set<Long> lists) {
    tagWork.load(tags, lists);
  }

  WriteResult apply(RecordCommand command, Cause cause, Instant now) {
    WriteResult refusal = permits.refusal(command);
    refusal = refusal == null ? bar.refusal(command, cause) : refusal;
    if (refusal != null) {
      return refusal;
    }
    if (command instanceof RecordCommand.Create create) {
      return create(create, cause, now);
    }
    if (command instanceof RecordCommand.Update update) {
      return update(update, cause, now);
    }
    if (command instanceof RecordCommand.Upsert upsert) {
      return upsert(upsert, cause, now);
    }
    if (command instanceof RecordCommand.Trash trash) {
      Held held = live(trash.ref());
      if (held == null) {
        return new Missing(trash.ref());
      }
      Conflict conflict = held.conflict(trash.expectedVersion());
      Record before = held.now;
      return conflict != null
          ? conflict
          : moved(before, changes.trash(held, trash.mergedInto(), cause, now), cause, now);
    }
    if (command instanceof RecordCommand.Convert convert) {
      Held held = live(convert.ref());
      if (held == null) {
        return new Missing(convert.ref());
      }
      people.keepRefusals(held.now, this::live, cause, now);
      Values mark = Values.of(convert.field(), convert.into());
      return written(held, changes.update(held, mark, null, cause, now));
    }
    if (command instanceof RecordCommand.Restore restore) {
      return restore(restore, cause, now);
    }
    if (command instanceof RecordCommand.AddTags add) {
      Held held = live(add.ref());
      return held == null ? new Missing(add.ref()) : tagWork.add(held.now, add.tags(), cause, now);
    }
    if (command instanceof RecordCommand.RemoveTags remove) {
      Held held = live(remove.ref());
      return held == null
          ? new Missing(remove.ref())
          : tagWork.remove(held.now, remove.tags(), cause, now);
    }
    if (command instanceof RecordCommand.AddToList add) {
      Held held = live(add.ref());
      return held == null
          ? new Missing(add.ref())
          : tagWork.addToList(held.now, add.listId(), cause, now);
    }
    RecordCommand.RemoveFromList remove = (RecordCommand.RemoveFromList) command;
    Held held = live(remove.ref());
    return held == null
        ? new Missing(remove.ref())
        : tagWork.removeFromList(held.now, remove.listId(), cause, now);
  }

  private @Nullable Record standing(RecordRef ref) {
    Held held = live(ref);
    return held == null ? null : held.now;
  }

  private @Nullable Held live(RecordRef ref) {
    loader.accept(List.of(ref));
    Held held = state.held(ref);
    return held == null || !held.live() ? null : held;
  }

  private static Written written(Held held, @Nullable Record record) {
    return record != null
        ? written(record, false)
        : new Written(held.now.ref(), held.now.version(), false, false);
  }

  private static Written written(Record record, boolean created) {
    return new Written(record.ref(), record.version(), created, true);
  }

  private Written moved(Record before, Record after, Cause cause, Instant now) {
    if (after.ref().type() == EntityType.ACTIVITY) {
      activities.moved(before, after, cause, now);
    }
    follow(before, after, cause, now);
    return written(after, false);
  }

  private WriteResult restore(RecordCommand.Restore command, Cause cause, Instant now) {
    RecordRef ref = command.ref();
    loader.accept(List.of(ref));
    Held held = state.held(ref);
    if (held == null) {
      return new Missing(ref);
    }
    if (held.live()) {
      return new Written(ref, held.now.version(), false, false);
    }
    List<Violation> violations = new ArrayList<>();
    Record before = held.now;
    // Where it comes back is Leadloom's to say: whoever may restore it need not write its stage.
    Values values = deals.back(before, command.stage(), violations);
    uniqueness.check(ref, before.activityType(), before.values(), Values.none(), violations);
    deals.single(ref, DealRules.after(before.values(), values), null, violations);
    if (!violations.isEmpty()) {
      return new Refused(violations);
    }
    Record record = changes.restore(held, cause, now);
    Record placed = changes.update(held, values, null, cause, now);
    return moved(before, placed == null ? record : placed, cause, now);
  }

  private WriteResult create(RecordCommand.Create command, Cause cause, Instant now) {
    EntityType type = command.type();
    String activityType = command.activityType();
    Values given = command.values();
    List<Violation> violations = new ArrayList<>();
    Values asked = given;
    String typeKey = null;
    if (type == EntityType.ACTIVITY) {
      String named =
          activityType == null && given.get("type") instanceof String text ? text : activityType;
      ActivityType known = named == null ? null : schema.activityType(named).orElse(null);
      if (known == null) {
        return new Refused(List.of(Violation.of("type", named, "the key of an activity type")));
      }
      typeKey = known.key();
      asked = ValueCheck.without(given, "type");
    }
    asked = deals.named(type, asked, Values.none());
    Values values = check.checked(type, typeKey, asked, cause, violations);
    WriteResult again = contacts.again(type, asked, values, cause, now);
    if (again != null) {
      return again;
    }
    prepareNew(type, typeKey, values, cause, now, violations);
    permits.ownNew(type, values, violations);
    check.complete(type, typeKey, values, command.strict(), violations);
    check.reachable(command, values, cause, violations);
    links.check(type, typeKey, values, Values.none(), violations);
    RecordRef ref = new RecordRef(type, parts.ids.next(type.key()));
    uniqueness.check(ref, typeKey, values, Values.none(), violations);
    contacts.check(ref, values, Values.none(), violations);
    deals.single(ref, values, null, violations);
    if (!violations.isEmpty()) {
      return new Refused(violations);
    }
    if (type == EntityType.LEAD) {
      if (values.number("contact") == null) {
        values.with("contact", people.of(values, cause, now));
      }
      Long known = values.number("contact");
      Held person = known == null ? null : live(RecordRef.contact(known));
      Completeness.ofNew(values, person == null ? null : named(person), schema.leadSettings());
    }
    Record record = changes.create(ref, typeKey, values, cause, now);
    follow(null, record, cause, now);
    if (type == EntityType.ACTIVITY) {
      activities.posted(record, cause, now);
    }
    return written(record, true);
  }

  private void prepareNew(
      EntityType type,
      @Nullable String typeKey,
      Values values,
      Cause cause,
      Instant now,
      List<Violation> violations) {
    switch (type) {
      case ACTIVITY -> {
        values.with("type", typeKey);
        if (values.get("happenedAt") == null) {
          values.with("happenedAt", now);
        }
        if (values.get("user") == null) {
          values.with("user", cause.userId());
        }
      }
      case TASK -> {
        check.taskType(values, violations);
        if ("completed".equals(values.get("status"))) {
          values.with("completedAt", now);
        }
      }
      case LEAD -> classification.ofNew(values, cause, violations);
      case OPPORTUNITY -> deals.ofNew(values, now, violations);
      default -> {
        // Nothing to add to what was given.
      }
    }
    boolean owned =
        type != EntityType.ACTIVITY && type != EntityType.NOTE && !permits.ofPartner(type);
    if (owned && cause.kind() == Cause.Kind.USER && !values.has("owner")) {
      values.with("owner", cause.userId());
    }
  }

  /** What a contact is called, for one who may know. */
  private @Nullable String named(Held contact) {
    boolean kept =
        !permits.sees(contact.now)
            || List.of("name", "firstName", "lastName").stream()
                .anyMatch(key -> permits.rights().hides(EntityType.CONTACT, key));
    return kept ? null : Completeness.who(contact.now.values());
  }

  /** The lead of an opportunity that is won is a customer. */
  private void follow(@Nullable Record before, Record after, Cause cause, Instant now) {
    RecordRef won = deals.customer(before, after);
    Held lead = won == null ? null : live(won);
    String stage = lead == null ? null : deals.customerStage();
    if (lead != null && stage != null) {
      Values moved = Values.of("stage", stage);
      classification.ofChange(
          lead.now, moved, null, Cause.system("won opportunity"), new ArrayList<>());
      changes.update(lead, moved, null, cause, now);
    }
  }

  private WriteResult update(RecordCommand.Update update, Cause cause, Instant now) {
    Held held = live(update.ref());
    if (held == null) {
      return new Missing(update.ref());
    }
    Conflict conflict = held.conflict(update.expectedVersion());
    return conflict != null
        ? conflict
        : update(held, update.values(), update.comment(), cause, now);
  }

  private WriteResult update(
      Held held, Values given, @Nullable String said, Cause cause, Instant now) {
    RecordRef ref = held.now.ref();
    String activityType = held.now.activityType();
    List<Violation> violations = new ArrayList<>();
    Values asked = deals.named(ref.type(), given, held.now.values());
    Values values = check.checked(ref.type(), activityType, asked, cause, violations);
    if (ref.type() == EntityType.TASK) {
      check.taskType(values, violations);
    }
    String comment = classification.ofChange(held.now, values, said, cause, violations);
    if (ref.type() == EntityType.OPPORTUNITY) {
      deals.ofChange(held.now, values, now, violations);
    }
    permits.ownChanged(held.now, values, violations);
    check.keepMandatory(ref.type(), activityType, values, violations);
    links.check(ref.type(), activityType, values, held.now.values(), violations);
    uniqueness.check(ref, activityType, values, held.now.values(), violations);
    contacts.check(ref, values, held.now.values(), violations);
    if (ref.type() == EntityType.OPPORTUNITY) {
      deals.single(ref, DealRules.after(held.now.values(), values), held.now.values(), violations);
    }
    if (!violations.isEmpty()) {
      return new Refused(violations);
    }
    if (ref.type() == EntityType.LEAD) {
      Completeness.ofChange(held.now, values, schema.leadSettings());
    }
    Record before = held.now;
    Record record = changes.update(held, values, comment, cause, now);
    return record != null
        ? moved(before, record, cause, now)
        : new Written(ref, held.now.version(), false, false);
  }

  private WriteResult upsert(RecordCommand.Upsert upsert, Cause cause, Instant now) {
    Field field = check.field(upsert.type(), null, upsert.matchField());
    if (field == null || !MatchIndex.usable(field)) {
      String expectation =
          "a filterable text field of " + upsert.type().path() + ", for example email";
      return new Refused(List.of(Violation.of("match", upsert.matchField(), expectation)));
    }
    Converted converted = parts.rules.check(field, upsert.values().get(field.key()));
    String key = converted instanceof Converted.Value value ? MatchIndex.key(value.value()) : null;
    List<Held> found = new ArrayList<>();
    if (key != null) {
      for (Long id : matches.candidates(field, key)) {
        Held held = live(new RecordRef(upsert.type(), id));
        if (held != null
            && key.equals(MatchIndex.key(held.now.values().get(field.key())))
            && permits.sees(held.now)) {
          found.add(held);
        }
      }
    }
    if (upsert.keep() && !found.isEmpty()) {
      Record there = found.get(0).now;
      return new Written(there.ref(), there.version(), false, false);
    }
    if (found.size() > 1) {
      String expectation =
          "a value that one " + upsert.type().key() + " has; " + found.size() + " have it";
      return new Refused(
          List.of(Violation.of(field.key(), upsert.values().get(field.key()), expectation)));
    }
    if (found.isEmpty()) {
      WriteResult kept = contacts.kept(upsert, cause);
      if (kept != null) {
        return kept;
      }
      return permits.mayCreate(upsert.type())
          ? create(RecordCommand.Create.of(upsert), cause, now)
          : new WriteResult.Forbidden(upsert.type().key());
    }
    WriteResult refusal = permits.refusal(found.get(0), Action.EDIT);
    refusal = refusal == null ? bar.refusal(found.get(0).now, cause) : refusal;
    return refusal != null ? refusal : update(found.get(0), upsert.values(), null, cause, now);
  }
}
