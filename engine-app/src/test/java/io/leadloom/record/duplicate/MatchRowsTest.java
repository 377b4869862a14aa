package io.leadloom.record.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.record.duplicate.MatchRows.Member;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Keys in the database. */
@LeadloomTest
class MatchRowsTest {

  private static final long RULE = 8_000_000_000_001L;

  @Autowired private MatchRows rows;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transactions;

  @Test
  void ofEachBlockTheOldestRecordsAreRead() {
    List<Object[]> keys = new ArrayList<>();
    for (long record = 1; record <= 600; record++) {
      keys.add(new Object[] {RULE, 1L, record, record, "ann"});
    }
    for (long hash = 2; hash <= 44; hash++) {
      keys.add(new Object[] {RULE, hash, hash, hash, "ann"});
      keys.add(new Object[] {RULE, hash, 1_000L, hash, "ann"});
    }
    transactions.executeWithoutResult(
        status -> {
          jdbc.batchUpdate(
              "insert into match_key (rule_id, value_hash, record_id, entity, leader, likeness)"
                  + " values (?, ?, ?, 1, ?, ?)",
              keys);
          Map<Long, List<Member>> blocks =
              rows.blocks(RULE, LongStream.rangeClosed(1, 60).boxed().toList());
          assertThat(blocks).hasSize(44);
          assertThat(blocks.get(1L))
              .extracting(Member::record)
              .isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
          assertThat(blocks.get(44L))
              .containsExactly(new Member(44, 44, "ann"), new Member(1_000, 44, "ann"));
          status.setRollbackOnly();
        });
  }
}
