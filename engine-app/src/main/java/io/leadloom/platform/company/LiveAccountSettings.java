package io.leadloom.platform.company;

import java.time.ZoneId;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The company's settings where it has made them, the configuration's otherwise. */
@Component
@EnableConfigurationProperties(AccountDefaults.class)
class LiveAccountSettings implements AccountSettings {

  private final Company company;
  private final AccountDefaults defaults;

  LiveAccountSettings(Company company, AccountDefaults defaults) {
    this.company = company;
    this.defaults = defaults;
  }

  @Override
  public ZoneId timeZone() {
    ZoneId chosen = company.info().timeZone();
    return chosen == null ? defaults.timeZone() : chosen;
  }

  @Override
  public Optional<String> language() {
    String chosen = company.info().language();
    return Optional.ofNullable(chosen == null ? defaults.language() : chosen)
        .filter(LANGUAGES::contains);
  }

  @Override
  public String region() {
    return defaults.region();
  }

  @Override
  public String currency() {
    return defaults.currency();
  }
}
