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
    Map<Long, Set<Long>> found = new TreeMap<>();
    for (MatchRule rule : rules.seen(type, rights)) {
      if (rule.kept()) {
        for (MatchKeys.Key key : MatchKeys.of(rule, values, schema, region)) {
          for (Member member :
              rows.blocks(key.rule(), List.of(key.hash())).getOrDefault(key.hash(), List.of())) {
            if (key.likeness().isEmpty() || Likeness.like(key.likeness(), member.likeness())) {
              found.computeIfAbsent(member.record(), id -> new TreeSet<>()).add(rule.id());
            }
          }
        }
      }
    }
    if (itself != null) {
      found.remove(itself);
      found.keySet().removeAll(apart.from(type, itself));
    }
    if (found.isEmpty()) {
      return List.of();
    }
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
}
