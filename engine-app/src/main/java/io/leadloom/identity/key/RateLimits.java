package io.leadloom.identity.key;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.leadloom.identity.signin.BucketTime;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Two token buckets a key, one for bulk calls and one for all others. They are in the memory of the node: with several
 * nodes a key may ask each for its full rate.
 */
@Component
@EnableConfigurationProperties(RateSettings.class)
class RateLimits {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final RateSettings settings;
  private final TimeMeter time;
  private final Map<Place, Bucket> buckets = new ConcurrentHashMap<>();

  RateLimits(RateSettings settings, Clock clock) {
    this.settings = settings;
    this.time = new BucketTime(clock);
  }

  private record Place(long key, boolean bulk) {}

  /**
   * What a call was answered.
   *
   * @param limit calls a minute
   * @param remaining calls that are left now
   * @param resetSeconds until all of them are there again
   * @param retrySeconds until the next one is there, when this one was refused
   */
  record Answer(boolean allowed, int limit, long remaining, long resetSeconds, long retrySeconds) {}

  /** Takes one call; empty when there is no limit. */
  Optional<Answer> take(long key, boolean bulk) {
    int limit = bulk ? settings.bulkPerMinute() : settings.requestsPerMinute();
    if (limit <= 0) {
      return Optional.empty();
    }
    Bucket bucket =
        buckets.computeIfAbsent(
            new Place(key, bulk),
            place ->
                Bucket.builder()
                    .addLimit(each -> each.capacity(limit).refillGreedy(limit, PERIOD))
                    .withCustomTimePrecision(time)
                    .build());
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return Optional.of(
        new Answer(
            probe.isConsumed(),
            limit,
            probe.getRemainingTokens(),
            BucketTime.seconds(probe.getNanosToWaitForReset()),
            BucketTime.seconds(probe.getNanosToWaitForRefill())));
  }

  /**
   * Takes one call and tells the caller in headers what is left; when nothing is, answers the request.
   *
   * @param who whose rate it is, in words
   */
  boolean within(
      long key, boolean bulk, String who, HttpServletResponse response, KeyProblems problems)
      throws IOException {
    Optional<Answer> rate = take(key, bulk);
    if (rate.isEmpty()) {
      return true;
    }
    Answer answer = rate.get();
    response.setIntHeader("RateLimit-Limit", answer.limit());
    response.setHeader("RateLimit-Remaining", Long.toString(answer.remaining()));
    response.setHeader("RateLimit-Reset", Long.toString(answer.resetSeconds()));
    response.setHeader("RateLimit-Policy", answer.limit() + ";w=60");
    if (answer.allowed()) {
      return true;
    }
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, answer.retrySeconds())));
    problems.write(
        response,
        TOO_MANY_REQUESTS,
        "rate-limited",
        "Too many requests",
        "The " + who + " may make " + answer.limit() + " such calls a minute");
    return false;
  }
}
