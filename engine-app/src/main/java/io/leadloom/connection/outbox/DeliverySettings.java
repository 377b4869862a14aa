package io.leadloom.connection.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deliveries are sent.
 *
 * @param enabled whether this node sends; others may do it
 * @param threads the most deliveries under way at a time
 * @param perLane the most of them to one host, or in one channel
 * @param queuePerLane how many more of one lane this node takes in hand
 * @param inHand the most deliveries that this node takes in hand
 * @param batch how many are claimed, and how many results are written, in one transaction
 * @param lease how long a silent sender keeps its deliveries
 * @param poll how often the outbox is looked at when nothing wakes the sender
 * @param firstRetry the wait before the second attempt; each further wait is four times longer
 * @param longestRetry the longest wait between attempts
 * @param keep how long delivered, failed and cancelled ones are kept
 */
@ConfigurationProperties("leadloom.deliveries")
public record DeliverySettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("64") int threads,
    @DefaultValue("8") int perLane,
    @DefaultValue("256") int queuePerLane,
    @DefaultValue("2000") int inHand,
    @DefaultValue("500") int batch,
    @DefaultValue("60s") Duration lease,
    @DefaultValue("500ms") Duration poll,
    @DefaultValue("5s") Duration firstRetry,
    @DefaultValue("15m") Duration longestRetry,
    @DefaultValue("90d") Duration keep) {}
