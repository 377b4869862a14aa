package io.leadloom.connection.outbox;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where addresses that users type may lead.
 *
 * @param allowedNetworks private networks that may be called all the same, on every port, such as {@code 10.1.0.0/16};
 *     none by default
 * @param testProvider whether messages of channels without a provider are shown in the Mailbox; otherwise they are refused
 */
@ConfigurationProperties("leadloom.outgoing")
record OutgoingSettings(
    @DefaultValue List<String> allowedNetworks, @DefaultValue("true") boolean testProvider) {}
