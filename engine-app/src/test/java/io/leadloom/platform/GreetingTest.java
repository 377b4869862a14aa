package io.leadloom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class GreetingTest {

  private final MockEnvironment settings = new MockEnvironment();

  @Test
  void namesTheAddressAndTheSampleSignIns() {
    assertThat(Greeting.text(8123, settings, Duration.ofMillis(4321)))
        .contains("4.3 s", "http://localhost:8123", "admin", "manager", "sales");
  }

  @Test
  void givesNoSignInsAwayWithoutSampleData() {
    settings.setProperty("leadloom.sample-data", "false");
    assertThat(Greeting.text(8123, settings, Duration.ofSeconds(5)))
        .contains("first administrator")
        .doesNotContain("password");
  }

  @Test
  void knowsEncryptionAndContextPath() {
    settings.setProperty("server.ssl.key-store", "store.p12");
    settings.setProperty("server.servlet.context-path", "/crm");
    assertThat(Greeting.text(443, settings, Duration.ofSeconds(5)))
        .contains("https://localhost:443/crm");
  }
}
