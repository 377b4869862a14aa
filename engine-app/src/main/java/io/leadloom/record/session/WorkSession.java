package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.WriteResult;
import io.leadloom.record.deal.rule.DealRules;
import io.leadloom.record.store.Claim;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The unit of work. */
final class WorkSession implements RecordSession {

  private static final int MOST_ACTIVITIES = 1_000;

  private final SessionParts parts;
  private final Schema schema;
  private final SessionState state = new SessionState();
  private final LinkState tags = new LinkState(state::onUndo);
  private final LinkState lists = new LinkState(state::onUndo);
  private final Map<Long, Marks.Tag> knownTags = new HashMap<>();
  private final MatchIndex matches;
  private final Uniqueness uniqueness;
  private final Permits permits;
  private final CommandWork work;
  private final SessionFlush flush;
  private final MergedIds merged;

  WorkSession(SessionParts parts, Schema schema, Rights rights) {
    this.parts = parts;
    this.schema = schema;
    this.permits = new Permits(rights, state, this::load, parts.shares);
    this.matches = new MatchIndex(parts.jdbc);
    this.uniqueness = new Uniqueness(schema, state, parts.claims, permits);
    LeadPoints points = new LeadPoints(schema, parts.scoring.getIfAvailable());
    RecordChanges changes = new RecordChanges(state, uniqueness, matches, points);
    TagWork tagWork = new TagWork(parts, state, tags, lists, changes, knownTags, rights);
    this.work =
        new CommandWork(
            parts, schema, state, uniqueness, matches, changes, tagWork, permits, this::load);
    this.merged = new MergedIds(parts.merged, schema, state);
    this.flush = new SessionFlush(parts, schema, state, tags, lists, tagWork);
  }

  @Override
  public void preload(EntityType type, Collection<Long> ids) {
    load(ids.stream().map(id -> new RecordRef(type, id)).toList());
  }

  private void load(Collection<RecordRef> refs) {
    Map<EntityType, Set<Long>> missing = new EnumMap<>(EntityType.class);
    for (RecordRef ref : refs) {
      if (!state.known(ref)) {
        missing.computeIfAbsent(ref.type(), type -> new LinkedHashSet<>()).add(ref.id());
      }
    }
    missing.forEach(
        (type, ids) -> {
          parts.store.load(type, ids, schema).forEach(state::loaded);
          ids.forEach(id -> state.absent(new RecordRef(type, id)));
        });
  }

  @Override
  public Optional<Record> get(RecordRef ref) {
    load(List.of(ref));
    Held held = state.held(ref);
    return held == null ? Optional.empty() : Optional.of(held.now);
  }

  @Override
  public Optional<Record> standing(RecordRef ref) {
    Optional<Record> record = get(ref);
    RecordRef survivor =
        record.isPresent() && record.get().trashedAt() != null ? merged.survivor(ref) : null;
    return survivor == null ? record : get(survivor);
  }

  @Override
  public Set<String> tags(RecordRef ref) {
    preloadTags(List.of(ref));
    Set<String> names = new HashSet<>();
    for (Long id : tags.of(ref)) {
      Marks.Tag tag = knownTags.get(id);
      if (tag != null) {
        names.add(tag.folded());
        names.addAll(tag.former());
      }
    }
    return names;
  }

  @Override
  public void preloadTags(Collection<RecordRef> refs) {
    List<RecordRef> fresh = tags.startLoading(refs);
    if (!fresh.isEmpty()) {
      parts.marks.readTags(
          fresh,
          (ref, tag) -> {
            knownTags.put(tag.id(), tag);
            tags.loaded(ref, tag.id());
          });
    }
  }

  @Override
  public Set<Long> lists(RecordRef ref) {
    preloadLists(List.of(ref));
    return Set.copyOf(lists.of(ref));
  }

  @Override
  public void preloadLists(Collection<RecordRef> refs) {
    List<RecordRef> fresh = lists.startLoading(refs);
    if (!fresh.isEmpty()) {
      parts.marks.readLists(fresh, lists::loaded);
    }
  }

  @Override
  public List<Record> activities(
      EntityType of, Collection<Long> ids, Set<String> types, Instant since) {
    Map<RecordRef, Record> found = new HashMap<>();
    Sql.pieces(
        ids,
        piece -> {
          List<Object> arguments = new ArrayList<>(piece);
          arguments.add(io.leadloom.platform.Utc.column(since));
          String ofTypes =
              types.isEmpty() ? "" : " and r.type in (" + Sql.marks(types.size()) + ")";
          arguments.addAll(types);
          String sql =
              "where r."
                  + (of == EntityType.OPPORTUNITY ? "opportunity_id" : "lead_id")
                  + " in ("
                  + Sql.marks(piece.size())
                  + ") and r.happened_at >= ? and r.trashed_at is null"
                  + ofTypes;
          for (Record record :
              parts.store.select(EntityType.ACTIVITY, schema, sql, arguments.toArray())) {
            state.loaded(record);
            found.put(record.ref(), record);
          }
        });
    Set<Long> wanted = new HashSet<>(ids);
    Set<String> wantedTypes = new HashSet<>();
    types.forEach(type -> wantedTypes.add(Folded.of(type)));
    List<Record> activities = new ArrayList<>();
    state.each(
        EntityType.ACTIVITY,
        held -> {
          Record record = held.now;
          Long root = record.values().number(of.key());
          boolean asked = root != null && wanted.contains(root) && held.live();
          boolean ofType =
              wantedTypes.isEmpty() || wantedTypes.contains(Folded.of(record.activityType()));
          if (asked && ofType && !happenedAt(record).isBefore(since)) {
            activities.add(record);
          }
        });
    activities.sort(Comparator.comparing(WorkSession::happenedAt).reversed());
    Map<Long, Integer> perRoot = new HashMap<>();
    activities.removeIf(
        record -> {
          Long root = record.values().number(of.key());
          return root == null || perRoot.merge(root, 1, Integer::sum) > MOST_ACTIVITIES;
        });
    return activities;
  }

  private static Instant happenedAt(Record record) {
    return record.values().get("happenedAt") instanceof Instant at ? at : Instant.EPOCH;
  }

  @Override
  public WriteResult apply(RecordCommand command, Cause cause) {
    return applyAll(List.of(command), cause).get(0);
  }

  @Override
  public List<WriteResult> applyAll(List<RecordCommand> commands, Cause cause) {
    List<RecordCommand> meant = prepare(commands);
    Instant now = parts.clock.instant();
    List<WriteResult> results = new ArrayList<>(meant.size());
    for (RecordCommand command : meant) {
      Mark before = state.mark();
      WriteResult refused = merged.refusal(command);
      WriteResult result = refused != null ? refused : work.apply(command, cause, now);
      if (!(result instanceof WriteResult.Written)) {
        state.rollbackTo(before);
      }
      results.add(result);
    }
    return results;
  }

  /** Reads what the commands look at; they may mean other records than they name. */
  private List<RecordCommand> prepare(List<RecordCommand> commands) {
    Preparation preparation = new Preparation(schema, parts.rules, uniqueness);
    commands.forEach(preparation::collect);
    preparation.matches.forEach(matches::load);
    for (EntityType type : EntityType.values()) {
      matches.eachCandidate(type, preparation.records::add);
    }
    load(preparation.records);
    List<RecordCommand> meant = merged.meant(commands, preparation.records);
    if (meant != commands) {
      return prepare(meant);
    }
    load(DealRules.leads(commands, ref -> get(ref).orElse(null)));
    permits.prepare(preparation.records);
    for (RecordCommand command : commands) {
      RecordRef moved = movesClaims(command);
      Held held = moved == null ? null : state.held(moved);
      if (held != null) {
        preparation.claims.addAll(
            uniqueness.claims(held.now.ref().type(), held.now.activityType(), held.now.values()));
        if (held.now.ref().type() == EntityType.CONTACT) {
          preparation.claims.addAll(Uniqueness.identity(held.now.values()));
        }
      }
    }
    List<Claim> claims = preparation.claims;
    uniqueness.load(claims);
    load(uniqueness.contacts(claims));
    preloadTags(preparation.tagged);
    preloadLists(preparation.listed);
    work.load(preparation.tags, preparation.lists);
    return commands;
  }

  private static @Nullable RecordRef movesClaims(RecordCommand command) {
    if (command instanceof RecordCommand.Trash trash) {
      return trash.ref();
    }
    if (command instanceof RecordCommand.Restore restore) {
      return restore.ref();
    }
    boolean identity =
        command instanceof RecordCommand.Update update
            && (update.ref().type() == EntityType.CONTACT
                || update.ref().type() == EntityType.ACCOUNT);
    return identity ? ((RecordCommand.Update) command).ref() : null;
  }

  @Override
  public Mark mark() {
    return state.mark();
  }

  @Override
  public void rollbackTo(Mark mark) {
    state.rollbackTo(mark);
  }

  @Override
  public List<Change> pending() {
    List<Change> pending = new ArrayList<>();
    for (EntityType type : EntityType.values()) {
      state.each(
          type,
          held -> {
            if (held.stored == null || held.stored.version() != held.now.version()) {
              pending.add(new Change(held.stored, held.now));
            }
          });
    }
    return pending;
  }

  @Override
  public void flush() {
    flush.run();
  }
}
