package io.leadloom.record.duplicate;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.duplicate.MatchRows.Member;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which records look like one, or like what somebody is about to make: a hint that stands in nobody's way. */
@Component
public class Lookalikes {

  /** So many are named. */
  public static final int NAMED = 10;

  private final MatchRules rules;
  private final MatchRows rows;
  private final Apart apart;
  private final RecordSearch search;
  private final Schemas schemas;
  private final AccountSettings account;

  Lookalikes(
      MatchRules rules,
      MatchRows rows,
      Apart apart,
      RecordSearch search,
      Schemas schemas,
      AccountSettings account) {
    this.rules = rules;
    this.rows = rows;
    this.apart = apart;
    this.search = search;
    this.schemas = schemas;
    this.account = account;
  }

  /**
   * A record that looks like another.
   *
   * @param rules the ids of the rules that say so
   */
  public record Lookalike(Record record, Set<Long> rules) {}

  /** Those that look like a record. */
  @Transactional(readOnly = true)
  public List<Lookalike> of(RecordRef ref, Rights rights) {
    Record record =
        search.visible(ref.type(), List.of(ref.id()), rights).stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
    return record.trashedAt() != null
        ? List.of()
        : of(ref.type(), record.values(), ref.id(), rights);
  }

  /** Those that look like what somebody is about to make; values of hidden fields do not count. */
  @Transactional(readOnly = true)
  public List<Lookalike> of(EntityType type, Values values, Rights rights) {
    return of(type, values, null, rights);
  }

  private List<Lookalike> of(EntityType type, Values values, @Nullable Long itself, Rights rights) {
    Schema schema = schemas.current();
    String region = account.region();
    Set<Long> others = itself == null ? Set.of() : apart.from(type, itself);
    Map<MatchKeys.Key, Long> keys = new LinkedHashMap<>();
    Map<Long, Set<Long>> found = new TreeMap<>();
    for (MatchRule rule : rules.seen(type, rights)) {
      if (rule.kept()) {
        for (MatchKeys.Key key : MatchKeys.of(rule, values, schema, region)) {
          keys.put(key, rule.id());
          for (long record : sharing(type, key, itself, NAMED + others.size(), rights)) {
            found.computeIfAbsent(record, id -> new TreeSet<>()).add(rule.id());
          }
        }
      }
    }
    found.keySet().removeAll(others);
    if (found.isEmpty()) {
      return List.of();
    }
    // What one rule names may be behind the last that another one names.
    rows.of(type, found.keySet(), new TreeSet<>(keys.values()))
        .forEach(
            row -> {
              if (keys.containsKey(row.key())) {
                Objects.requireNonNull(found.get(row.record())).add(row.key().rule());
              }
            });
    List<Lookalike> seen = new ArrayList<>();
    for (Record record : search.visible(type, new HashSet<>(found.keySet()), rights)) {
      if (record.trashedAt() == null) {
        seen.add(new Lookalike(record, Objects.requireNonNull(found.get(record.ref().id()))));
      }
    }
    seen.sort(
        Comparator.comparingInt((Lookalike one) -> -one.rules().size())
            .thenComparing(one -> one.record().ref().id()));
    return seen.stream().limit(NAMED).toList();
  }

  /** Those with the same key that are seen; of what is like, those among the oldest of its block. */
  private List<Long> sharing(
      EntityType type, MatchKeys.Key key, @Nullable Long itself, int most, Rights rights) {
    if (key.likeness().isEmpty()) {
      return rows.sharing(type, key, itself == null ? 0 : itself, most, rights);
    }
    return rows.blocks(key.rule(), List.of(key.hash())).getOrDefault(key.hash(), List.of()).stream()
        .filter(member -> itself == null || member.record() != itself)
        .filter(member -> Likeness.like(key.likeness(), member.likeness()))
        .map(Member::record)
        .toList();
  }
}
