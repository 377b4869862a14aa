package io.leadloom.scoring.site;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How many page views a minute are taken from one address and for one website. In the memory of the node, bounded. */
@Component
class ViewRates {

  static final int OF_ADDRESS = 120;
  static final int OF_SITE = 6_000;

  private static final int MOST_KEPT = 20_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** Takes one page view, unless there are too many. */
  boolean take(String code, String address) {
    return bucket("a " + address, OF_ADDRESS).tryConsume(1)
        && bucket("s " + code, OF_SITE).tryConsume(1);
  }

  private Bucket bucket(String key, int limit) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          key,
          any ->
              Bucket.builder()
                  .addLimit(each -> each.capacity(limit).refillGreedy(limit, MINUTE))
                  .build());
    }
  }
}
