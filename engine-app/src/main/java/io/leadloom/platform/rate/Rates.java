package io.leadloom.platform.rate;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each of many may do something. In the memory of the node, bounded: who has done nothing for longest is
 * forgotten first.
 */
public final class Rates {

  private static final int MOST_KEPT = 20_000;

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

  /**
   * Takes one, unless there are too many.
   *
   * @param who whose count it is; always with the same limit
   * @param limit so many within the time
   */
  public boolean take(String who, int limit, Duration time) {
    return bucket(who, limit, time).tryConsume(1);
  }

  private Bucket bucket(String who, int limit, Duration time) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          who,
          any ->
              Bucket.builder()
                  .addLimit(each -> each.capacity(limit).refillGreedy(limit, time))
                  .build());
    }
  }

  /** The network that an address belongs to: all addresses of an IPv6 network are of one customer. */
  public static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String[] groups = address.split("::", 2)[0].split(":", GROUPS_OF_NETWORK + 1);
    return String.join(":", List.of(groups).subList(0, Math.min(GROUPS_OF_NETWORK, groups.length)));
  }
}
