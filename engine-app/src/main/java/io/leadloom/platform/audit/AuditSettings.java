package io.leadloom.platform.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the trail is kept.
 *
 * @param retention how long entries stay; zero keeps them for ever
 */
@ConfigurationProperties("leadloom.audit")
record AuditSettings(@DefaultValue("1095d") Duration retention) {}
