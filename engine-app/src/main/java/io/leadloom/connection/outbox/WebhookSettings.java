package io.leadloom.connection.outbox;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are called.
 *
 * @param protection whether private addresses and ports that are not listed are refused; switch it off in tests only
 * @param ports the ports that may be called
 * @param timeout how long one call may take in all
 */
@ConfigurationProperties("leadloom.webhooks")
record WebhookSettings(
    @DefaultValue("true") boolean protection,
    @DefaultValue({"80", "443", "8080", "8443"}) Set<Integer> ports,
    @DefaultValue("10s") Duration timeout) {}
