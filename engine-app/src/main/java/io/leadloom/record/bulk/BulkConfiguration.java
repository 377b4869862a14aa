package io.leadloom.record.bulk;

import io.leadloom.platform.JobWorker;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.Lists;
import java.util.function.LongPredicate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Works off bulk actions in the background: two at a time on each node, and none holds up the others for long. */
@Configuration(proxyBeanMethods = false)
class BulkConfiguration {

  /** So many pages are done of one job before the next one has its turn. */
  private static final int TURN = 5;

  @Bean
  JobWorker bulkWorker(
      BulkWork work, BulkActions actions, @Value("${leadloom.bulk.enabled:true}") boolean enabled) {
    return worker("bulk-actions", work, actions, enabled);
  }

  @Bean
  JobWorker secondBulkWorker(
      BulkWork work, BulkActions actions, @Value("${leadloom.bulk.enabled:true}") boolean enabled) {
    return worker("bulk-actions-2", work, actions, enabled);
  }

  private static JobWorker worker(
      String name, BulkWork work, BulkActions actions, boolean enabled) {
    Turns turns = new Turns(work);
    JobWorker worker = new JobWorker(name, work::open, turns, enabled);
    turns.onRest(worker::ring);
    actions.onOrder(worker::ring);
    return worker;
  }

  /** Pages of one job until its turn is over. */
  private static final class Turns implements LongPredicate {

    private final BulkWork work;
    private Runnable rest = () -> {};
    private long job;
    private int pages;

    Turns(BulkWork work) {
      this.work = work;
    }

    void onRest(Runnable listener) {
      this.rest = listener;
    }

    @Override
    public boolean test(long id) {
      pages = id == job ? pages + 1 : 1;
      job = id;
      boolean more = work.page(id);
      if (more && pages >= TURN) {
        pages = 0;
        rest.run();
        return false;
      }
      return more;
    }
  }

  @Bean
  BulkOperation deleteMany() {
    return new TrashOperation(true);
  }

  @Bean
  BulkOperation restoreMany() {
    return new TrashOperation(false);
  }

  @Bean
  BulkOperation tagMany() {
    return new TagOperation(true);
  }

  @Bean
  BulkOperation untagMany() {
    return new TagOperation(false);
  }

  @Bean
  BulkOperation listMany(Lists lists) {
    return new ListOperation(true, lists);
  }

  @Bean
  BulkOperation unlistMany(Lists lists) {
    return new ListOperation(false, lists);
  }
}
