package io.leadloom.record.imports;

import io.leadloom.record.imports.file.RowCount;
import io.leadloom.record.imports.file.Table;
import io.leadloom.record.imports.file.UnreadableFileException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts the rows of files that wait to be imported, while people look at their columns. */
@Component
class RowCounter {

  private static final Logger LOG = LoggerFactory.getLogger(RowCounter.class);

  private final ImportSettings settings;
  private final ImportRows rows;
  private final TransactionTemplate transaction;
  private final Set<Long> busy = ConcurrentHashMap.newKeySet();

  RowCounter(ImportSettings settings, ImportRows rows, PlatformTransactionManager transactions) {
    this.settings = settings;
    this.rows = rows;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Hands over the jobs whose file lies here and is not counted, each once. */
  void each(Consumer<Long> consumer) {
    for (Long id : rows.uncounted()) {
      if (Files.exists(settings.file(id)) && busy.add(id)) {
        consumer.accept(id);
      }
    }
  }

  /** Counts one; it is taken up again when it was read anew meanwhile. */
  void count(long id, BooleanSupplier stop) {
    try {
      ImportJob job = rows.find(id).filter(ImportJob::waits).orElse(null);
      if (job == null) {
        return;
      }
      try (Table table = Tables.open(settings.file(id), job.plan())) {
        long all = RowCount.of(table, count -> keep(job, count, false), stop);
        if (all >= 0) {
          keep(job, all, true);
        }
      } catch (UnreadableFileException e) {
        // How far it can be read is what there is to know; the check and the import say why.
        keep(job, job.counted(), true);
      }
    } catch (RuntimeException e) {
      LOG.warn("The rows of import {} cannot be counted: {}", id, e.getMessage());
    } finally {
      busy.remove(id);
    }
  }

  /** What was counted in another encoding says nothing. */
  private void keep(ImportJob job, long count, boolean all) {
    transaction.executeWithoutResult(
        tx -> {
          ImportJob now = rows.find(job.id()).orElse(null);
          if (now != null
              && Objects.equals(now.plan().encoding(), job.plan().encoding())
              && Objects.equals(now.plan().delimiter(), job.plan().delimiter())) {
            rows.counted(job.id(), count, all);
          }
        });
  }
}
