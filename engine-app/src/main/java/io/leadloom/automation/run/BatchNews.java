package io.leadloom.automation.run;

import io.leadloom.automation.notice.Notices;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.web.LiveUpdates;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells what a batch did once it has committed: the timers when to wake next, open pages which runs changed and who got
 * notices. A batch of many runs is one message; while no page is open nothing is gathered.
 */
@Component
class BatchNews {

  /** More runs than this are "some runs" to a page. */
  private static final int MOST_RUNS = 20;

  private final LiveUpdates live;
  private volatile Consumer<Instant> timers = due -> {};

  BatchNews(LiveUpdates live) {
    this.live = live;
  }

  /** Who wants to hear of the earliest new timer of each batch. */
  void onTimers(Consumer<Instant> listener) {
    this.timers = listener;
  }

  /** Tells about the batch after the commit of the current transaction. */
  void tell(RunBatch batch, @Nullable Instant nextTimer) {
    boolean listened = live.listened();
    if (nextTimer == null && !listened) {
      return;
    }
    Set<Long> runs = listened ? changed(batch) : Set.of();
    Set<Long> told = new HashSet<>();
    if (listened) {
      batch.notices.stream().map(Notices.New::userId).forEach(told::add);
    }
    AfterCommit.run(
        () -> {
          if (nextTimer != null) {
            timers.accept(nextTimer);
          }
          if (runs.size() > MOST_RUNS) {
            live.publish("run.changed", null);
          } else {
            runs.forEach(run -> live.publish("run.changed", run));
          }
          told.forEach(user -> live.publish("notice.created", user));
        });
  }

  /** At most one more than a page is told one by one. */
  private static Set<Long> changed(RunBatch batch) {
    Set<Long> runs = new HashSet<>();
    for (LiveRun run : batch.runs.values()) {
      if (run.touched && runs.size() <= MOST_RUNS) {
        runs.add(run.id);
      }
    }
    return runs;
  }
}
