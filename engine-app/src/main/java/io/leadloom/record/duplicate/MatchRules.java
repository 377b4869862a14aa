package io.leadloom.record.duplicate;

import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.duplicate.MatchRule.State;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rules by which records are likely to mean the same. A rule that is made or switched on has all records compared in
 * the background; one that is switched off stops that and forgets what it has found.
 */
@Component
public class MatchRules {

  /** The most rules for one kind of record: each costs a key for each record. */
  public static final int MOST = 20;

  static final Set<EntityType> COMPARED =
      Set.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT);

  private final MatchRuleRows rows;
  private final Schemas schemas;
  private final Ids ids;
  private final AuditTrail trail;
  private final Clock clock;
  private volatile Runnable bell = () -> {};
  private volatile @Nullable Latest latest;

  MatchRules(MatchRuleRows rows, Schemas schemas, Ids ids, AuditTrail trail, Clock clock) {
    this.rows = rows;
    this.schemas = schemas;
    this.ids = ids;
    this.trail = trail;
    this.clock = clock;
  }

  private record Latest(long revision, List<MatchRule> rules) {}

  /** Who works in the background and wants to hear when there is something to do. */
  void onOrder(Runnable listener) {
    this.bell = listener;
  }

  /** The rules whose keys are kept, as they count in the current transaction. */
  List<MatchRule> kept() {
    return at(rows.revision());
  }

  /** The same, while nobody else changes keys, groups or rules until the end of the transaction. */
  List<MatchRule> lock() {
    return at(rows.lockUpkeep());
  }

  private List<MatchRule> at(long revision) {
    Latest known = latest;
    if (known == null || known.revision() != revision) {
      known = new Latest(revision, rows.all().stream().filter(MatchRule::kept).toList());
      latest = known;
    }
    return known.rules();
  }

  /** The rules of a kind of record that are on and compare nothing that is hidden from somebody. */
  @Transactional(readOnly = true)
  public List<MatchRule> seen(EntityType type, Rights rights) {
    Schema schema = schemas.current();
    return rows.all().stream()
        .filter(rule -> rule.entity() == type && rule.enabled())
        .filter(rule -> rule.state() != State.REMOVING && rule.seenBy(rights, schema))
        .toList();
  }

  /** All of them, for administrators. */
  @Transactional(readOnly = true)
  public List<MatchRule> all() {
    return rows.all().stream().filter(rule -> rule.state() != State.REMOVING).toList();
  }

  /** How many groups each rule has found. */
  @Transactional(readOnly = true)
  public Map<Long, Long> groups() {
    return rows.groups();
  }

  /** The label of the field that a rule compares; null when it compares several, or its field is gone. */
  public @Nullable String label(MatchRule rule) {
    return rule.kind() == MatchKind.FIELD
        ? rule.fields(schemas.current()).stream().map(Field::label).findFirst().orElse(null)
        : null;
  }

  /**
   * Makes a rule that compares records from now on.
   *
   * @param field the key of the field, for {@link MatchKind#FIELD}
   */
  @Transactional
  public MatchRule create(
      @Nullable String entity, @Nullable String kind, @Nullable String field, boolean sure) {
    EntityType type =
        Optional.ofNullable(entity)
            .flatMap(EntityType::of)
            .filter(COMPARED::contains)
            .orElseThrow(() -> refused("entity", entity, "leads, contacts or accounts"));
    MatchKind what =
        Optional.ofNullable(kind)
            .flatMap(MatchKind::of)
            .orElseThrow(() -> refused("kind", kind, "phone, email, field or name"));
    String key = what == MatchKind.FIELD ? field(type, field).key() : "";
    if (what == MatchKind.EMAIL && type == EntityType.ACCOUNT) {
      throw refused("kind", kind, "phone, field or name: accounts have no e-mail address");
    }
    rows.lockUpkeep();
    long id = rows.same(type, what, key).map(this::revived).orElseGet(() -> fresh(type, what, key));
    rows.set(id, sure, true);
    changed();
    MatchRule made = rows.find(id).orElseThrow();
    tell("created", made);
    return made;
  }

  private long revived(MatchRule rule) {
    if (rule.state() != State.REMOVING) {
      throw new RefusedException(
          Reason.CONFLICT,
          "There is such a rule",
          List.of(Violation.of("kind", rule.kind().key(), "something that no rule compares yet")));
    }
    rows.state(rule.id(), State.EMPTYING);
    return rule.id();
  }

  private long fresh(EntityType type, MatchKind kind, String field) {
    long others = rows.all().stream().filter(rule -> rule.entity() == type).count();
    if (others >= MOST) {
      throw refused("entity", type.path(), "a kind of record with less than " + MOST + " rules");
    }
    long id = ids.next("match_rule");
    rows.insert(id, type, kind, field, true, clock.instant());
    return id;
  }

  private Field field(EntityType type, @Nullable String key) {
    return Optional.ofNullable(key)
        .flatMap(given -> schemas.current().field(type, given))
        .filter(MatchRule::comparable)
        .orElseThrow(
            () -> refused("field", key, "a field for text, e-mail, phone or web addresses"));
  }

  private static RefusedException refused(String place, @Nullable Object given, String expected) {
    return RefusedException.invalid("The rule is not clear", Violation.of(place, given, expected));
  }

  /**
   * Changes a rule; what is null stays.
   *
   * @param version the version that the caller has seen; null to change whatever stands there
   */
  @Transactional
  public MatchRule change(
      long id, @Nullable Integer version, @Nullable Boolean sure, @Nullable Boolean enabled) {
    rows.lockUpkeep();
    MatchRule before = locked(id);
    if (version != null && version != before.version()) {
      throw RefusedException.outdated("the rule", version, before.version());
    }
    boolean on = enabled == null ? before.enabled() : enabled;
    rows.set(id, sure == null ? before.sure() : sure, on);
    if (on && !before.enabled() && before.state() == State.OFF) {
      rows.begin(id, clock.instant());
    } else if (!on && before.kept()) {
      rows.state(id, State.EMPTYING);
    }
    changed();
    MatchRule after = rows.find(id).orElseThrow();
    trail.record(
        event("changed", after)
            .change("sure", before.sure(), after.sure())
            .change("enabled", before.enabled(), after.enabled()));
    return after;
  }

  /** Forgets what a rule has found and compares all records anew. */
  @Transactional
  public MatchRule again(long id) {
    rows.lockUpkeep();
    MatchRule before = locked(id);
    if (!before.enabled()) {
      throw refused("enabled", false, "a rule that is switched on");
    }
    rows.state(id, State.EMPTYING);
    changed();
    tell("started", before);
    return rows.find(id).orElseThrow();
  }

  @Transactional
  public void remove(long id) {
    rows.lockUpkeep();
    MatchRule before = locked(id);
    rows.set(id, before.sure(), false);
    rows.state(id, State.REMOVING);
    changed();
    tell("deleted", before);
  }

  private MatchRule locked(long id) {
    return rows.lock(id)
        .filter(rule -> rule.state() != State.REMOVING)
        .orElseThrow(() -> RefusedException.notFound("match rule", id));
  }

  private void changed() {
    rows.bump();
    AfterCommit.run(() -> bell.run());
  }

  private void tell(String what, MatchRule rule) {
    trail.record(event(what, rule));
  }

  private static AuditEvent event(String what, MatchRule rule) {
    return AuditEvent.of(
            "match-rule." + what,
            "match rule",
            rule.id(),
            rule.entity().path() + ", " + rule.kind().key())
        .fact("field", rule.field().isEmpty() ? null : rule.field());
  }
}
