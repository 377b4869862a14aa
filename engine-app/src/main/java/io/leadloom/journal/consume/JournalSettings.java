package io.leadloom.journal.consume;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the journal.
 *
 * @param retention how long events are kept once every consumer has read them
 * @param workers threads per consumer on each node
 * @param consume whether this node runs consumers at all
 * @param poll how often the node looks for events of other nodes
 * @param heartbeat how often a node says that it lives
 * @param silence after how long without a heartbeat a node counts as dead
 */
@ConfigurationProperties("leadloom.journal")
record JournalSettings(
    @DefaultValue("90d") Duration retention,
    @DefaultValue("2") int workers,
    @DefaultValue("true") boolean consume,
    @DefaultValue("250ms") Duration poll,
    @DefaultValue("3s") Duration heartbeat,
    @DefaultValue("12s") Duration silence) {}
