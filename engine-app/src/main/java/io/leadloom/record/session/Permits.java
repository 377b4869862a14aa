package io.leadloom.record.session;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.record.search.RecordReach;
import io.leadloom.record.search.SharedDeals;
import io.leadloom.record.search.SharedReach;
import io.leadloom.schema.Values;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the writer of a session may do with which record; costs nothing for one who may do everything. */
final class Permits {

  private static final String WITHIN_REACH = "a user to whom you may give records";

  /** What an opportunity is of. */
  private static final List<String> HANGS_ON = List.of("contact", "account", "lead");

  private final Rights rights;
  private final SessionState state;
  private final Consumer<Collection<RecordRef>> loader;
  private final SharedDeals shared;

  Permits(
      Rights rights,
      SessionState state,
      Consumer<Collection<RecordRef>> loader,
      SharedReach shares) {
    this.shared = new SharedDeals(shares, rights);
    this.rights = rights;
    this.state = state;
    this.loader = loader;
  }

  Rights rights() {
    return rights;
  }

  /** Reads what these records are about with one query per kind, since it may be asked whose it is. */
  void prepare(Collection<RecordRef> refs) {
    if (rights.everything()) {
      return;
    }
    Set<RecordRef> about = new LinkedHashSet<>();
    for (RecordRef ref : refs) {
      Held held = state.held(ref);
      if (held != null) {
        RecordReach.about(ref.type()).forEach(type -> add(about, held.now, type));
      }
    }
    loader.accept(about);
    Set<Long> deals = new LinkedHashSet<>();
    for (RecordRef ref : refs) {
      Held held = state.held(ref);
      if (held != null && !owned(held.now, Action.VIEW)) {
        Long deal = SharedDeals.of(held.now);
        if (deal != null) {
          deals.add(deal);
        }
      }
    }
    shared.prepare(deals);
  }

  private static void add(Set<RecordRef> about, Record record, EntityType type) {
    Long id = record.values().number(type.key());
    if (id != null) {
      about.add(new RecordRef(type, id));
    }
  }

  /** Why a command on a record that is there is not done; null when it may be. */
  @Nullable WriteResult refusal(RecordCommand command) {
    if (rights.everything()) {
      return null;
    }
    if (command instanceof RecordCommand.Create create) {
      return mayCreate(create.type()) ? null : new WriteResult.Forbidden(create.type().key());
    }
    RecordRef ref = target(command);
    if (ref == null) {
      return null;
    }
    loader.accept(List.of(ref));
    Held held = state.held(ref);
    return held == null ? null : refusal(held, action(command));
  }

  /** Why something is not done with a record; null when it may be. */
  @Nullable WriteResult refusal(Held held, Action action) {
    RecordRef ref = held.now.ref();
    if (!may(held.now, Action.VIEW)) {
      return new WriteResult.Missing(ref);
    }
    return may(held.now, action) ? null : new WriteResult.Forbidden(ref.toString());
  }

  boolean mayCreate(EntityType type) {
    return !rights.owners(type, Action.CREATE).none();
  }

  private static @Nullable RecordRef target(RecordCommand command) {
    if (command instanceof RecordCommand.Update update) {
      return update.ref();
    }
    if (command instanceof RecordCommand.Trash trash) {
      return trash.ref();
    }
    if (command instanceof RecordCommand.Restore restore) {
      return restore.ref();
    }
    if (command instanceof RecordCommand.Convert convert) {
      return convert.ref();
    }
    if (command instanceof RecordCommand.AddTags add) {
      return add.ref();
    }
    if (command instanceof RecordCommand.RemoveTags remove) {
      return remove.ref();
    }
    if (command instanceof RecordCommand.AddToList add) {
      return add.ref();
    }
    return command instanceof RecordCommand.RemoveFromList remove ? remove.ref() : null;
  }

  private static Action action(RecordCommand command) {
    if (command instanceof RecordCommand.Trash || command instanceof RecordCommand.Restore) {
      return Action.DELETE;
    }
    boolean listing =
        command instanceof RecordCommand.AddToList
            || command instanceof RecordCommand.RemoveFromList;
    return listing ? Action.VIEW : Action.EDIT;
  }

  /** Whether the record is there for the writer, who may do something else than write it. */
  boolean sees(RecordRef ref) {
    if (rights.everything()) {
      return true;
    }
    loader.accept(List.of(ref));
    Held held = state.held(ref);
    return held != null && sees(held.now);
  }

  /** Whether the record is there for the writer. */
  boolean sees(Record record) {
    return may(record, Action.VIEW);
  }

  private boolean may(Record record, Action action) {
    return owned(record, action) || shared.may(record, action);
  }

  /** Whether somebody may without what is shared with him. */
  private boolean owned(Record record, Action action) {
    EntityType type = record.ref().type();
    Owners owners = rights.owners(type, action);
    if (RecordReach.reached(type, record.values(), rights, owners)) {
      return true;
    }
    if (owners.none()) {
      return false;
    }
    for (EntityType about : RecordReach.about(type)) {
      Long id = record.values().number(about.key());
      if (id != null) {
        RecordRef ref = new RecordRef(about, id);
        loader.accept(List.of(ref));
        Held held = state.held(ref);
        if (held != null && RecordReach.reached(about, held.now.values(), rights, owners)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Gives a new record to the writer when nobody else is named, and complains about owners out of reach. */
  void ownNew(EntityType type, Values values, List<Violation> violations) {
    String key = RecordReach.ownerField(type);
    if (rights.everything() || type == EntityType.NOTE) {
      return;
    }
    if (ofPartner(type)) {
      ofPartner(values, violations);
      if (values.get(key) == null) {
        return;
      }
    } else if (values.get(key) == null && !rights.owners(type, Action.CREATE).all()) {
      values.with(key, rights.userId());
    }
    owner(type, Action.CREATE, values.number(key), values.get(key), violations);
  }

  /** Whether the writer works for a partner company, which these records then come from. */
  boolean ofPartner(EntityType type) {
    return type == EntityType.LEAD && rights.partner() != null;
  }

  /** Whether this account is the company of a writer who works for a partner. */
  boolean ofCompany(long account) {
    Long partner = rights.partner();
    return partner != null && partner == account;
  }

  /** A new lead of a partner's employee comes from that company and is represented by that employee (LEAD-007). */
  private void ofPartner(Values values, List<Violation> violations) {
    if (values.get(RecordReach.PARTNER) == null) {
      values.with(RecordReach.PARTNER, rights.partner());
    }
    if (values.get("partnerRepresentative") == null) {
      values.with("partnerRepresentative", rights.userId());
    }
    company(values, violations);
  }

  private void company(Values values, List<Violation> violations) {
    if (!Objects.equals(values.get(RecordReach.PARTNER), rights.partner())) {
      violations.add(
          Violation.of(
              RecordReach.PARTNER,
              values.get(RecordReach.PARTNER),
              "the partner company that you work for"));
    }
  }

  /** Complains when a change gives a record to somebody out of reach. */
  void ownChanged(Record before, Values changes, List<Violation> violations) {
    EntityType type = before.ref().type();
    if (ofPartner(type) && changes.has(RecordReach.PARTNER)) {
      company(changes, violations);
    }
    String key = RecordReach.ownerField(type);
    if (SharedDeals.of(before) != null && !rights.everything() && !owned(before, Action.EDIT)) {
      keptLent(before, changes, violations);
    }
    if (!rights.everything()
        && type != EntityType.NOTE
        && changes.has(key)
        && !Objects.equals(changes.get(key), before.values().get(key))) {
      owner(type, Action.EDIT, changes.number(key), changes.get(key), violations);
    }
  }

  /** Nobody makes more of a share than it is: not by owning what is shared, and not by hanging it on something of his own. */
  private static void keptLent(Record before, Values changes, List<Violation> violations) {
    EntityType type = before.ref().type();
    Set<String> keys = new LinkedHashSet<>(List.of(RecordReach.ownerField(type)));
    RecordReach.about(type).forEach(about -> keys.add(about.key()));
    if (type == EntityType.OPPORTUNITY) {
      keys.addAll(HANGS_ON);
    }
    for (String key : keys) {
      if (changes.has(key) && !Objects.equals(changes.get(key), before.values().get(key))) {
        violations.add(
            Violation.of(
                key,
                changes.get(key),
                "what it is now, since the opportunity is only shared with you"));
      }
    }
  }

  private void owner(
      EntityType type,
      Action action,
      @Nullable Long owner,
      @Nullable Object given,
      List<Violation> violations) {
    boolean reached =
        rights.owners(type, action).reach(owner) || rights.owners(type, Action.SHARE).reach(owner);
    if (!reached) {
      violations.add(Violation.of(RecordReach.ownerField(type), given, WITHIN_REACH));
    }
  }
}
