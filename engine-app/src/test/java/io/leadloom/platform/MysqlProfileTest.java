package io.leadloom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** Without these settings MySQL works, but ten times slower, or with times that are hours off. */
class MysqlProfileTest {

  private static final String PROPERTIES = "spring.datasource.hikari.data-source-properties.";

  private final PropertySource<?> profile = read("application-mysql.yml");

  private static PropertySource<?> read(String file) {
    try {
      return new YamlPropertySourceLoader().load(file, new ClassPathResource(file)).get(0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void batchesTravelTogetherAndTimesAreUtcWhateverUrlAnInstallationGives() {
    assertThat(profile.getProperty(PROPERTIES + "rewriteBatchedStatements")).isEqualTo(true);
    assertThat(profile.getProperty(PROPERTIES + "connectionTimeZone")).isEqualTo("UTC");
    assertThat(profile.getProperty(PROPERTIES + "forceConnectionTimeZoneToSession"))
        .isEqualTo(true);
  }

  @Test
  void transactionsReadWhatIsCommittedOnEveryDatabase() {
    assertThat(
            read("application.yml").getProperty("spring.datasource.hikari.transaction-isolation"))
        .isEqualTo("TRANSACTION_READ_COMMITTED");
    assertThat(profile.getProperty("spring.datasource.hikari.transaction-isolation")).isNull();
  }
}
