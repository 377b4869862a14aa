package io.leadloom.platform;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for the whole installation.
 *
 * @param timeZone the account's time zone: where a day starts for filters and relative dates
 * @param region the ISO 3166 region that phone numbers without a country code belong to, for example {@code DE}
 * @param currency the ISO 4217 currency of amounts that are given without one
 */
@ConfigurationProperties("leadloom.account")
public record AccountSettings(
    @DefaultValue("UTC") ZoneId timeZone,
    @DefaultValue("US") String region,
    @DefaultValue("USD") String currency) {}
