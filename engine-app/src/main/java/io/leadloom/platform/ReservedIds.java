package io.leadloom.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reserves blocks of ids in a short transaction of its own. It has one connection outside the common pool: callers hold
 * a pooled connection while they ask, and waiting for a second one from the same pool could stop everybody.
 */
@Component
class ReservedIds implements Ids, DisposableBean {

  private static final int SMALLEST_BLOCK = 1_000;
  private static final int LARGEST_BLOCK = 64_000;

  private final Map<String, Block> blocks = new ConcurrentHashMap<>();
  private final HikariDataSource dataSource;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  ReservedIds(DataSourceProperties properties) {
    dataSource = properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
    dataSource.setPoolName("ids");
    dataSource.setMaximumPoolSize(1);
    dataSource.setMinimumIdle(0);
    dataSource.setAutoCommit(false);
    dataSource.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    jdbc = new JdbcTemplate(dataSource);
    transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public long next(String sequence) {
    return reserve(sequence, 1);
  }

  @Override
  public long reserve(String sequence, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, not " + count);
    }
    Block block = blocks.computeIfAbsent(sequence, name -> new Block());
    synchronized (block) {
      if (block.end - block.next < count) {
        block.size = Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, block.size * 2));
        int size = Math.max(count, block.size);
        block.next = reserveBlock(sequence, size);
        block.end = block.next + size;
      }
      long first = block.next;
      block.next += count;
      return first;
    }
  }

  private long reserveBlock(String sequence, int size) {
    for (int attempt = 1; ; attempt++) {
      try {
        Long first = transaction.execute(status -> advance(sequence, size));
        if (first != null) {
          return first;
        }
      } catch (DuplicateKeyException e) {
        // Another node created the sequence in the same moment: its row is there now.
        if (attempt == 5) {
          throw e;
        }
      }
    }
  }

  private long advance(String sequence, int size) {
    if (jdbc.update("update id_block set next_id = next_id + ? where name = ?", size, sequence)
        == 0) {
      jdbc.update("insert into id_block (name, next_id) values (?, ?)", sequence, 1L + size);
      return 1;
    }
    Long next =
        jdbc.queryForObject("select next_id from id_block where name = ?", Long.class, sequence);
    if (next == null) {
      throw new IllegalStateException("The id sequence '" + sequence + "' has no next id");
    }
    return next - size;
  }

  @Override
  public void destroy() {
    dataSource.close();
  }

  private static final class Block {
    private long next;
    private long end;
    private int size;
  }
}
