package io.leadloom.record.calling.row;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Violation;
import io.leadloom.record.calling.row.Columns.Column;
import io.leadloom.record.calling.row.ListLeadRows.Written;
import io.leadloom.record.calling.row.Outcome.Kind;
import io.leadloom.record.store.RowValues;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes some rows into a list, one after the other as they come, with few statements. */
final class ListWriter {

  private final ListLeadRows rows;
  private final Ids ids;
  private final Target target;
  private final RowKeys keys;
  private final RowValues documents;
  private final Instant now;
  private final Map<Long, String> scope;
  private final FoundContacts contacts;
  private final Map<RowKey, Set<Held>> holders = new HashMap<>();
  private final Map<Long, Held> held = new LinkedHashMap<>();

  ListWriter(
      ListLeadRows rows,
      ContactRows people,
      Ids ids,
      FieldRules rules,
      Target target,
      Schema schema,
      Instant now) {
    this.rows = rows;
    this.ids = ids;
    this.target = target;
    this.keys = new RowKeys(target.columns(), target.region());
    this.documents = new RowValues(EntityType.LEAD, schema);
    this.now = now;
    this.contacts = new FoundContacts(people, ids, rules, target, schema, keys);
    this.scope = rows.scope(target.list().id());
  }

  List<Outcome> write(List<Wanted> wanted) {
    prepare(wanted);
    List<Outcome> outcomes = new ArrayList<>(wanted.size());
    for (Wanted row : wanted) {
      outcomes.add(one(row));
    }
    flush();
    return outcomes;
  }

  /** Reads who has what the rows bring, and in a duplicate mode the values of those that are there already. */
  private void prepare(List<Wanted> wanted) {
    Set<RowKey> asked = new LinkedHashSet<>();
    Set<RowKey> same = new LinkedHashSet<>();
    for (Wanted row : wanted) {
      if (row.violations().isEmpty()) {
        asked.addAll(keys.all(row.values()));
        RowKey key = keys.same(row.values());
        if (key != null) {
          same.add(key);
        }
      }
    }
    Set<Long> wholly = new TreeSet<>();
    for (ListLeadRows.Holder holder : rows.holders(asked, scope.keySet())) {
      Held lead =
          held.computeIfAbsent(
              holder.lead(),
              id -> new Held(id, holder.list(), holder.upload(), holder.changedAt()));
      holders.computeIfAbsent(holder.key(), key -> new LinkedHashSet<>()).add(lead);
      if (same.contains(holder.key())) {
        wholly.add(holder.lead());
      }
    }
    if (target.mode() != DuplicateMode.SKIP) {
      for (ListLeadRows.Stored stored : rows.load(wholly)) {
        Objects.requireNonNull(held.get(stored.id())).values = documents.read(stored.custom());
      }
    }
  }

  private Outcome one(Wanted row) {
    if (!row.violations().isEmpty()) {
      return new Outcome(row.row(), Kind.FAILED, 0, row.violations());
    }
    RowKey key = keys.same(row.values());
    Set<Held> same = key == null ? Set.of() : Set.copyOf(holders.getOrDefault(key, Set.of()));
    if (same.isEmpty()) {
      return create(row);
    }
    if (target.mode() == DuplicateMode.SKIP) {
      return new Outcome(row.row(), Kind.SKIPPED, 0, List.of(there(row.values(), same)));
    }
    List<Violation> violations = new ArrayList<>();
    unique(row.values(), same, violations);
    if (!violations.isEmpty()) {
      return new Outcome(row.row(), Kind.FAILED, 0, violations);
    }
    if (target.mode() == DuplicateMode.UPDATE) {
      same.forEach(lead -> overwrite(lead, row.values()));
      return new Outcome(row.row(), Kind.UPDATED, same.iterator().next().id, List.of());
    }
    return migrate(row, same);
  }

  /** The number, and the lists that have it (LEAD-071). */
  private Violation there(Values values, Collection<Held> same) {
    Column phone = target.columns().phone();
    Column shown =
        phone != null && keys.number(values) != null
            ? phone
            : Objects.requireNonNull(target.columns().primary());
    return Violation.of(
        shown.name(),
        values.get(shown.field().key()),
        "a number that is not there yet: the lead list " + names(same) + " has it");
  }

  private String names(Collection<Held> leads) {
    return leads.stream()
        .map(lead -> scope.getOrDefault(lead.list, "#" + lead.list))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Complains about values of unique columns that others in scope have (LEAD-047, LEAD-048, LEAD-212). */
  private void unique(Values values, Set<Held> own, List<Violation> violations) {
    for (Column column : keys.unique()) {
      RowKey key = keys.unique(column, values);
      List<Held> others =
          key == null
              ? List.of()
              : holders.getOrDefault(key, Set.of()).stream()
                  .filter(lead -> !own.contains(lead))
                  .toList();
      if (!others.isEmpty()) {
        Long upload = target.upload();
        boolean inFile =
            upload != null && others.stream().allMatch(each -> upload.equals(each.upload));
        violations.add(
            Violation.of(
                column.name(),
                values.get(column.field().key()),
                inFile
                    ? "no duplicate value within the file: a row before it has the same"
                    : "a value that no lead of " + names(others) + " has"));
      }
    }
  }

  private Outcome create(Wanted row) {
    List<Violation> violations = new ArrayList<>();
    Values values = row.values().copy();
    String zone = target.check().zone();
    Column zoned = target.columns().named(Columns.ZONE).orElse(null);
    if (zone != null && zoned != null && values.get(zoned.field().key()) == null) {
      values.with(zoned.field().key(), zone);
    }
    RowCheck.complete(target.columns(), values, violations);
    unique(values, Set.of(), violations);
    if (!violations.isEmpty()) {
      return new Outcome(row.row(), Kind.FAILED, 0, violations);
    }
    Held lead = new Held(ids.next(EntityType.LEAD.key()), target.list().id(), target.upload(), now);
    lead.fresh = true;
    lead.values = values;
    held.put(lead.id, lead);
    hold(lead);
    return new Outcome(row.row(), Kind.CREATED, lead.id, List.of());
  }

  private void hold(Held lead) {
    for (RowKey key : keys.all(lead.values)) {
      holders.computeIfAbsent(key, each -> new LinkedHashSet<>()).add(lead);
    }
  }

  /** Only what is not blank overwrites (LEAD-072). */
  private void overwrite(Held lead, Values values) {
    for (RowKey key : keys.all(lead.values)) {
      Set<Held> having = holders.get(key);
      if (having != null) {
        having.remove(lead);
      }
    }
    Values merged = lead.values.copy();
    values.asMap().forEach(merged::with);
    lead.values = merged;
    lead.changedAt = now;
    lead.changed = true;
    hold(lead);
  }

  /** The lead of the chosen list stays there; else the one that was changed most recently comes (LEAD-067, LEAD-073). */
  private Outcome migrate(Wanted row, Set<Held> same) {
    Comparator<Held> latest =
        Comparator.<Held, Boolean>comparing(lead -> lead.list == target.list().id())
            .thenComparing(lead -> lead.changedAt)
            .thenComparing(lead -> lead.id);
    Held chosen = same.stream().max(latest).orElseThrow();
    Kind kind = chosen.list == target.list().id() ? Kind.UPDATED : Kind.MIGRATED;
    chosen.list = target.list().id();
    overwrite(chosen, row.values());
    List<Held> left = same.stream().filter(lead -> lead != chosen).toList();
    return new Outcome(
        row.row(),
        kind,
        chosen.id,
        left.isEmpty() ? List.of() : List.of(there(row.values(), left)));
  }

  private void flush() {
    List<Written> made = new ArrayList<>();
    List<Written> changed = new ArrayList<>();
    Map<String, Long> people =
        contacts.of(
            held.values().stream()
                .filter(lead -> lead.fresh || lead.changed)
                .map(lead -> lead.values)
                .toList(),
            now);
    Map<Long, Long> more = new HashMap<>();
    for (Held lead : held.values()) {
      if (lead.fresh) {
        made.add(written(lead, people));
        more.merge(lead.list, 1L, Long::sum);
      } else if (lead.changed) {
        changed.add(written(lead, people));
        if (lead.list != lead.listBefore) {
          more.merge(lead.list, 1L, Long::sum);
          more.merge(lead.listBefore, -1L, Long::sum);
          rows.move(
              ids.next("list_lead_move"),
              lead.id,
              scope.getOrDefault(lead.listBefore, ""),
              target.list().name(),
              target,
              now);
        }
      }
    }
    rows.insert(made, target.upload(), target.user(), now);
    rows.update(changed, now);
    more.forEach(rows::count);
  }

  private Written written(Held lead, Map<String, Long> people) {
    String number = keys.number(lead.values);
    return new Written(
        lead.id,
        lead.list,
        number == null ? null : people.get(number),
        number,
        title(lead.values),
        documents.write(lead.values),
        keys.all(lead.values));
  }

  private byte @Nullable [] title(Values values) {
    Column title = target.columns().title();
    String folded =
        title != null && values.get(title.field().key()) instanceof String text
            ? Folded.of(text)
            : null;
    return folded == null ? null : ListLeadRows.title(folded);
  }
}
