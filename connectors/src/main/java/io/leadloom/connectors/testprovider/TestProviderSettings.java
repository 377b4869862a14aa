package io.leadloom.connectors.testprovider;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the test provider behaves.
 *
 * @param refused addresses and numbers that it refuses for good, to try out what an automation does then
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record TestProviderSettings(@Nullable Set<String> refused) {

  boolean refuses(String to) {
    return refused != null && refused.contains(to);
  }
}
