package io.leadloom.identity.key;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a key may ask for, on each node. Sign-ins by session or password are not limited.
 *
 * @param requestsPerMinute calls that are not bulk; 0 for as many as they like
 * @param bulkPerMinute calls of bulk endpoints, imports and exports; 0 for as many as they like
 */
@ConfigurationProperties("leadloom.api.rate-limit")
record RateSettings(
    @DefaultValue("12000") int requestsPerMinute, @DefaultValue("600") int bulkPerMinute) {}
