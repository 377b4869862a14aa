package io.leadloom.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.testing.ApiCalls;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** Apart from the other tests of the key: there is one key, and here its rate is used up. */
@LeadloomTest(
    properties = {
      "leadloom.test.database=account-key-rate",
      "leadloom.api.rate-limit.requests-per-minute=20"
    })
class AccountKeyRateTest {

  @Autowired private TestRestTemplate http;
  @Autowired private MutableClock clock;
  private ApiCalls api;

  @BeforeEach
  void callTheApi() {
    api = new ApiCalls(http);
  }

  private HttpStatusCode called(String key) {
    return api.with(ApiCalls.accountKey(key), HttpMethod.GET, "/company", null).getStatusCode();
  }

  @Test
  void theKeyHasARateOfItsOwn() {
    // The clock stands: nothing comes back while the calls take their time.
    clock.setTo(clock.instant());
    String key =
        api.as("admin", HttpMethod.POST, "/settings/account-key/show", Map.of())
            .getBody()
            .path("key")
            .asText();
    for (int i = 0; i < 20; i++) {
      assertThat(called(key)).isEqualTo(HttpStatus.OK);
    }
    assertThat(called(key)).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(api.as("admin", HttpMethod.GET, "/company", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    clock.advance(Duration.ofMinutes(10));
    assertThat(called(key)).isEqualTo(HttpStatus.OK);
  }
}
