package io.leadloom.platform.company;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an account has until its administrators say otherwise.
 *
 * @param timeZone its time zone
 * @param language its language; null to go by the browser
 * @param region the region of phone numbers without a country code
 * @param currency the currency of amounts without one
 */
@ConfigurationProperties("leadloom.account")
record AccountDefaults(
    @DefaultValue("UTC") ZoneId timeZone,
    @Nullable String language,
    @DefaultValue("US") String region,
    @DefaultValue("USD") String currency) {}
