package io.leadloom.scoring.site;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A website whose visits are counted (LEAD-153).
 *
 * @param domain the host; pages of its sub-domains count, too (LEAD-155)
 * @param code what its pages say to tell that they belong to it (LEAD-154)
 * @param views how many page views were counted
 * @param known how many of its browsers are those of leads
 * @param lastAt when the last one was
 */
public record Site(
    long id,
    String domain,
    String code,
    Instant createdAt,
    long visitors,
    long known,
    long views,
    @Nullable Instant lastAt) {

  /** Whether a host is the domain or one of its sub-domains. */
  static boolean covers(String domain, @Nullable String host) {
    if (host == null) {
      return false;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return plain.equals(domain) || plain.endsWith("." + domain);
  }
}
