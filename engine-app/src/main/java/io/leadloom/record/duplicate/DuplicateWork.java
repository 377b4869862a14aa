package io.leadloom.record.duplicate;

import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.duplicate.MatchRule.State;
import io.leadloom.record.store.EntityTable;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares all records by a rule, a page at a time: a page is one transaction with the rule's row, which is its lock and
 * its cursor, so that another node goes on after a crash. Memory holds one page.
 */
@Component
class DuplicateWork {

  private static final int PAGE = 1_000;
  private static final int EMPTIED = 5_000;

  private final MatchRules rules;
  private final MatchRuleRows rows;
  private final MatchRows keys;
  private final DuplicateUpkeep upkeep;
  private final AccountSettings account;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final LiveUpdates updates;
  private final Clock clock;

  DuplicateWork(
      MatchRules rules,
      MatchRuleRows rows,
      MatchRows keys,
      DuplicateUpkeep upkeep,
      AccountSettings account,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      LiveUpdates updates,
      Clock clock) {
    this.rules = rules;
    this.rows = rows;
    this.keys = keys;
    this.upkeep = upkeep;
    this.account = account;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.updates = updates;
    this.clock = clock;
  }

  /** The rules that have something to do; those whose keys were made for another region begin again. */
  List<Long> open() {
    List<Long> open =
        transactions.execute(
            status -> rows.all().stream().filter(this::hasWork).map(MatchRule::id).toList());
    return open == null ? List.of() : open;
  }

  private boolean hasWork(MatchRule rule) {
    return switch (rule.state()) {
      case OFF -> rule.enabled();
      case COMPARING, EMPTYING, REMOVING -> true;
      case READY -> !rule.basis().equals(basis());
    };
  }

  private String basis() {
    return MatchKeys.basis(account.region());
  }

  /**
   * Does one page of a rule.
   *
   * @return whether there is more to do, and nobody else is doing it
   */
  boolean page(long rule) {
    return page(rule, PAGE);
  }

  boolean page(long rule, int size) {
    return Boolean.TRUE.equals(transactions.execute(status -> work(rule, size)));
  }

  /** The lock comes before the rule's row, as with those who change rules. */
  private boolean work(long id, int size) {
    rules.lock();
    MatchRule rule = rows.lockFree(id);
    if (rule == null || !hasWork(rule)) {
      return false;
    }
    return switch (rule.state()) {
      case COMPARING -> compare(rule, size);
      case EMPTYING, REMOVING -> empty(rule);
      case OFF, READY -> begin(rule);
    };
  }

  private boolean begin(MatchRule rule) {
    rows.begin(rule.id(), clock.instant());
    rows.bump();
    return true;
  }

  private boolean empty(MatchRule rule) {
    if (!keys.empty(rule.id(), EMPTIED)) {
      return true;
    }
    if (rule.state() == State.REMOVING) {
      rows.delete(rule.id());
    } else if (rule.enabled()) {
      return begin(rule);
    } else {
      rows.state(rule.id(), State.OFF);
    }
    rows.bump();
    tell(rule);
    return false;
  }

  private boolean compare(MatchRule rule, int size) {
    String basis = basis();
    String table = EntityTable.name(rule.entity());
    if (rule.after() == 0) {
      Long total = jdbc.queryForObject("select count(*) from " + table, Long.class);
      rows.first(rule.id(), basis, total == null ? 0 : total);
    } else if (!basis.equals(rule.basis())) {
      // The pages before were compared with numbers of another region.
      return begin(rule);
    }
    List<Long> ids =
        jdbc.queryForList(
            "select id from " + table + " where id > ? order by id limit " + size,
            Long.class,
            rule.after());
    upkeep.compare(rule.entity(), ids, List.of(rule));
    boolean last = ids.size() < size;
    rows.progress(rule.id(), last ? rule.after() : ids.get(ids.size() - 1), ids.size());
    if (last) {
      rows.made(rule.id(), clock.instant());
      tell(rule);
    }
    return !last;
  }

  private void tell(MatchRule rule) {
    AfterCommit.run(() -> updates.publish("matchRule.changed", rule.id()));
  }
}
