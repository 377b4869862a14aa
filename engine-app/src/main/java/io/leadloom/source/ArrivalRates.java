package io.leadloom.source;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many deliveries are taken a minute: to one integration, and from one address to none at all, so that addresses are
 * not guessed. In the memory of the node, bounded.
 */
@Component
class ArrivalRates {

  static final int OF_INTEGRATION = 600;
  static final int OF_STRANGER = 60;

  private static final int MOST_KEPT = 20_000;

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** Takes one, unless there are too many. */
  boolean take(@Nullable Long integration, String address) {
    return integration == null
        ? bucket("a " + address, OF_STRANGER).tryConsume(1)
        : bucket("i " + integration, OF_INTEGRATION).tryConsume(1);
  }

  private Bucket bucket(String key, int limit) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          key,
          any ->
              Bucket.builder()
                  .addLimit(each -> each.capacity(limit).refillGreedy(limit, Duration.ofMinutes(1)))
                  .build());
    }
  }
}
