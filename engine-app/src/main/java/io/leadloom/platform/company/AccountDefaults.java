package io.leadloom.platform.company;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an account has until its administrators say otherwise.
 *
 * @param timeZone its time zone
 * @param region the region of phone numbers without a country code
 * @param currency the currency of amounts without one
 */
@ConfigurationProperties("leadloom.account")
record AccountDefaults(
    @DefaultValue("UTC") ZoneId timeZone,
    @DefaultValue("US") String region,
    @DefaultValue("USD") String currency) {}
