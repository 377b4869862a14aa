package io.leadloom.identity.signin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How guessing is slowed down.
 *
 * @param triesPerLogin how many wrong passwords in a row one login may have before it has to wait
 * @param triesPerAddress the same for one network address, behind which many people may sit
 * @param firstWait how long the first wait is; each further wrong password doubles it
 * @param longestWait the longest wait
 * @param forgetAfter after how long without an attempt earlier ones of a login no longer count; those of an address
 *     fade evenly, all that it may have in this time
 * @param startsPerMinute how many sign-ins with a provider of single sign-on one network address may begin on each node;
 *     0 for as many as it likes
 */
@ConfigurationProperties("leadloom.sign-in")
public record SignInSettings(
    @DefaultValue("5") int triesPerLogin,
    @DefaultValue("100") int triesPerAddress,
    @DefaultValue("30s") Duration firstWait,
    @DefaultValue("15m") Duration longestWait,
    @DefaultValue("1h") Duration forgetAfter,
    @DefaultValue("60") int startsPerMinute) {}
