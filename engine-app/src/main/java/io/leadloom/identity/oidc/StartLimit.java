package io.leadloom.identity.oidc;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.leadloom.identity.signin.BucketTime;
import io.leadloom.identity.signin.SignInSettings;
import io.leadloom.platform.web.SinglePage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets each network address begin only so many sign-ins with providers: anybody can, and each writes a session and may ask
 * a provider for its addresses. The counts are in the memory of the node.
 */
@Component
class StartLimit {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int MOST_KNOWN = 10_000;

  /** What one subscriber of IPv6 has for himself: 64 bits. */
  private static final int PREFIX_BYTES = 8;

  private final int limit;
  private final BucketTime time;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  StartLimit(SignInSettings settings, Clock clock) {
    this.limit = settings.startsPerMinute();
    this.time = new BucketTime(clock);
  }

  /** Stands before whatever begins a sign-in under this address; not a bean, as that would run everywhere. */
  OncePerRequestFilter before(String start) {
    return new OncePerRequestFilter() {
      @Override
      protected boolean shouldNotFilter(HttpServletRequest request) {
        return limit <= 0 || !request.getServletPath().startsWith(start + "/");
      }

      @Override
      protected void doFilterInternal(
          HttpServletRequest request, HttpServletResponse response, FilterChain chain)
          throws ServletException, IOException {
        ConsumptionProbe probe =
            bucket(place(request.getRemoteAddr())).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
          chain.doFilter(request, response);
          return;
        }
        long wait = Math.max(1, BucketTime.seconds(probe.getNanosToWaitForRefill()));
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        SinglePage.answer(
            response,
            TOO_MANY_REQUESTS,
            "Too many sign-ins were begun from here. Wait a moment and try again.");
      }
    };
  }

  private Bucket bucket(String place) {
    if (buckets.size() >= MOST_KNOWN) {
      // Those that have begun nothing for a while need no count.
      buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= limit);
      if (buckets.size() >= MOST_KNOWN / 2) {
        // Looking for them again and again would cost more than it keeps away.
        buckets.clear();
      }
    }
    return buckets.computeIfAbsent(
        place,
        key ->
            Bucket.builder()
                .addLimit(each -> each.capacity(limit).refillGreedy(limit, PERIOD))
                .withCustomTimePrecision(time)
                .build());
  }

  /** How many addresses have a count. */
  int known() {
    return buckets.size();
  }

  /** Whose address it is: for IPv6 the network, as everybody there has addresses without end. */
  static String place(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      // With a colon it is read as it stands, and no name server is asked.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length > PREFIX_BYTES
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, PREFIX_BYTES))
          : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
