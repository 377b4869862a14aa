package io.leadloom.record.index;

import static org.awaitility.Awaitility.await;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.Filter;
import io.leadloom.record.Records;
import java.time.Duration;

/** For tests of what the index answers. */
public final class IndexAnswers {

  private IndexAnswers() {}

  /** Waits until searches are answered by the index. */
  public static void awaitThem(IndexedSearch index, Records records) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              long before = index.answers();
              records.count(EntityType.LEAD, Filter.ALL);
              return index.answers() > before;
            });
  }
}
