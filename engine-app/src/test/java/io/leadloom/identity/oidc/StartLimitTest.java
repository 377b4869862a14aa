package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.identity.signin.SignInSettings;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class StartLimitTest {

  private static final String START = "/oauth2/authorization";

  private final MutableClock clock = new MutableClock();

  @BeforeEach
  void theClockStands() {
    clock.setTo(Instant.parse("2026-11-20T10:00:00Z"));
  }

  private StartLimit limit(int starts) {
    return new StartLimit(
        new SignInSettings(
            5, 100, Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofHours(1), starts),
        clock);
  }

  private static MockHttpServletResponse call(StartLimit limit, String path, String address)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.setServletPath(path);
    request.setRemoteAddr(address);
    MockHttpServletResponse response = new MockHttpServletResponse();
    limit.before(START).doFilter(request, response, new MockFilterChain());
    return response;
  }

  private static int start(StartLimit limit, String address) throws Exception {
    return call(limit, START + "/1", address).getStatus();
  }

  @Test
  void eachAddressHasItsOwnCountWhichComesBackWithTime() throws Exception {
    StartLimit limit = limit(2);
    assertThat(start(limit, "192.0.2.1")).isEqualTo(200);
    assertThat(start(limit, "192.0.2.1")).isEqualTo(200);
    MockHttpServletResponse refused = call(limit, START + "/1", "192.0.2.1");
    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(refused.getHeader("Retry-After")).isEqualTo("30");
    assertThat(refused.getContentAsString()).isNotEmpty();
    assertThat(start(limit, "192.0.2.2")).isEqualTo(200);
    assertThat(call(limit, "/login/oauth2/code/1", "192.0.2.1").getStatus()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(30));
    assertThat(start(limit, "192.0.2.1")).isEqualTo(200);
    assertThat(start(limit, "192.0.2.1")).isEqualTo(429);
  }

  @Test
  void theAddressesOfOneNetworkOfIpv6CountTogether() throws Exception {
    StartLimit limit = limit(1);
    assertThat(start(limit, "2001:db8:0:1::1")).isEqualTo(200);
    assertThat(start(limit, "2001:db8:0:1:ffff:ffff:ffff:ffff")).isEqualTo(429);
    assertThat(start(limit, "2001:db8:0:2::1")).isEqualTo(200);
    assertThat(StartLimit.place("::ffff:192.0.2.1")).isEqualTo("::ffff:192.0.2.1");
    assertThat(StartLimit.place("not an:address")).isEqualTo("not an:address");
  }

  @Test
  void manyAddressesAreNotKeptForever() throws Exception {
    StartLimit limit = limit(1);
    for (int i = 0; i < 12_000; i++) {
      assertThat(start(limit, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)))
          .isEqualTo(200);
      clock.advance(Duration.ofMillis(10));
    }
    assertThat(limit.known()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void zeroIsNoLimit() throws Exception {
    StartLimit limit = limit(0);
    for (int i = 0; i < 200; i++) {
      assertThat(start(limit, "192.0.2.1")).isEqualTo(200);
    }
  }
}
