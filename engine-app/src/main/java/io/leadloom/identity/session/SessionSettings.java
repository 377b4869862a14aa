package io.leadloom.identity.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sessions last; {@code server.servlet.session.timeout} is how long one may lie idle.
 *
 * @param longest after how long a session ends however much it is used
 * @param useNoted how often the last use of a session is written down at most
 */
@ConfigurationProperties("leadloom.session")
record SessionSettings(
    @DefaultValue("24h") Duration longest, @DefaultValue("1m") Duration useNoted) {}
