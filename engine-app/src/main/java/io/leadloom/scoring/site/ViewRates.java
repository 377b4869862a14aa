package io.leadloom.scoring.site;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How many page views are taken from one network and for one website a minute, and from one browser an hour: a lead's
 * history is not filled by whoever calls again and again. In the memory of the node, bounded.
 */
@Component
class ViewRates {

  static final int OF_ADDRESS = 120;
  static final int OF_SITE = 6_000;
  static final int OF_VISITOR = 200;

  private static final int MOST_KEPT = 20_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** So many groups of an IPv6 address name the network of one customer. */
  private static final int GROUPS_OF_NETWORK = 4;

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** Takes one page view, unless there are too many. */
  boolean take(String code, String address, String visitor) {
    return bucket("a " + network(address), OF_ADDRESS, MINUTE).tryConsume(1)
        && bucket("v " + code + " " + visitor, OF_VISITOR, HOUR).tryConsume(1)
        && bucket("s " + code, OF_SITE, MINUTE).tryConsume(1);
  }

  /** All addresses of an IPv6 network are of one customer. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String[] groups = address.split("::", 2)[0].split(":", GROUPS_OF_NETWORK + 1);
    return String.join(":", List.of(groups).subList(0, Math.min(GROUPS_OF_NETWORK, groups.length)));
  }

  private Bucket bucket(String key, int limit, Duration in) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          key,
          any ->
              Bucket.builder()
                  .addLimit(each -> each.capacity(limit).refillGreedy(limit, in))
                  .build());
    }
  }
}
