package io.leadloom.connectors.webhook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connectors.api.SettingProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How webhooks are called.
 *
 * @param protection whether private addresses and unusual ports are refused; null for yes
 * @param ports the ports that may be called under protection; null or empty for 80, 443, 8080 and 8443
 * @param allowedNetworks networks that may be called all the same, on every port, such as {@code 10.1.0.0/16}; null or
 *     empty for none
 * @param timeoutMillis how long one call may take in all; 0 for ten seconds
 * @param perHost the most calls to one host at a time; 0 for 8
 * @param connections the most connections in all; 0 for 64
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WebhookSettings(
    @Nullable Boolean protection,
    @Nullable Set<Integer> ports,
    @Nullable List<String> allowedNetworks,
    int timeoutMillis,
    int perHost,
    int connections) {

  private static final Set<Integer> USUAL_PORTS = Set.of(80, 443, 8080, 8443);

  WebhookSettings {
    protection = protection == null || protection;
    ports = ports == null || ports.isEmpty() ? USUAL_PORTS : Set.copyOf(ports);
    allowedNetworks = allowedNetworks == null ? List.of() : List.copyOf(allowedNetworks);
    timeoutMillis = timeoutMillis == 0 ? 10_000 : timeoutMillis;
    perHost = perHost == 0 ? 8 : perHost;
    connections = connections == 0 ? 64 : connections;
  }

  static WebhookSettings of(String json) throws JsonProcessingException {
    return new ObjectMapper().readValue(json, WebhookSettings.class);
  }

  boolean isProtected() {
    return Boolean.TRUE.equals(protection);
  }

  boolean allowsPort(int port) {
    return !isProtected() || (ports != null && ports.contains(port));
  }

  /** The networks that may be called all the same; what is no network is left out, {@link #problems} tells of it. */
  List<AddressRules.Block> allowed() {
    return allowedNetworks == null
        ? List.of()
        : allowedNetworks.stream().flatMap(text -> AddressRules.network(text).stream()).toList();
  }

  Duration timeout() {
    return Duration.ofMillis(timeoutMillis);
  }

  List<SettingProblem> problems() {
    List<SettingProblem> problems = new ArrayList<>();
    if (timeoutMillis < 100 || timeoutMillis > 120_000) {
      problems.add(new SettingProblem("timeoutMillis", "100 to 120000 milliseconds"));
    }
    if (perHost < 1 || perHost > 1_000) {
      problems.add(new SettingProblem("perHost", "1 to 1000"));
    }
    if (connections < 1 || connections > 10_000) {
      problems.add(new SettingProblem("connections", "1 to 10000"));
    }
    if (ports != null && ports.stream().anyMatch(port -> port < 1 || port > 65_535)) {
      problems.add(new SettingProblem("ports", "ports from 1 to 65535"));
    }
    if (allowedNetworks != null
        && allowedNetworks.stream().anyMatch(text -> AddressRules.network(text).isEmpty())) {
      problems.add(
          new SettingProblem("allowedNetworks", "networks such as 10.1.0.0/16 or fd00:1::/64"));
    }
    return problems;
  }
}
