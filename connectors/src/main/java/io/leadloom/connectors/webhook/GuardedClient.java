package io.leadloom.connectors.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The guard of webhooks for calls that are no deliveries: it connects to addresses that may be called, and to no others. */
public final class GuardedClient {

  private static final int MOST_CONNECTIONS = 20;

  private final CheckedResolver resolver;
  private final List<AddressRules.Block> allowed;

  /**
   * A guard.
   *
   * @param ports the ports that may be called
   * @param allowedNetworks networks that may be called all the same, on every port, such as {@code 10.1.0.0/16}
   */
  public GuardedClient(Set<Integer> ports, List<String> allowedNetworks) {
    WebhookSettings settings = new WebhookSettings(true, ports, allowedNetworks, 0, 0, 0);
    this.resolver = new CheckedResolver(InetAddress::getAllByName, settings);
    this.allowed = settings.allowed();
  }

  /** A client that follows no redirects and keeps no cookies; each wait of it lasts so long at most. */
  public HttpClient open(Duration wait) {
    Timeout timeout = Timeout.of(wait);
    return CarefulHttp.configured(HttpClientBuilder.create(), timeout)
        .setConnectionManager(
            CarefulHttp.connections(resolver, MOST_CONNECTIONS, MOST_CONNECTIONS / 2, timeout))
        .build();
  }

  /** Why a host must not be called on this port; empty when it may, or when nobody knows the host now. */
  public Optional<String> refusal(String host, int port) {
    try {
      resolver.resolve(host, port);
      return Optional.empty();
    } catch (CheckedResolver.RefusedAddress e) {
      return Optional.ofNullable(e.getMessage());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether all addresses of a host lie in the networks that are allowed by name. */
  public boolean allowedByName(@Nullable String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (host == null || !AddressRules.within(address, allowed)) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
