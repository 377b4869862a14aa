package io.leadloom.connectors.webhook;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a host once and hands out only addresses that may be called. The HTTP client connects to exactly these, so
 * that a name server cannot answer differently between the check and the call.
 */
final class CheckedResolver implements DnsResolver {

  private final Names names;
  private final WebhookSettings settings;
  private final List<AddressRules.Block> allowed;

  CheckedResolver(Names names, WebhookSettings settings) {
    this.names = names;
    this.settings = settings;
    this.allowed = settings.allowed();
  }

  /** Where addresses of names come from. */
  @FunctionalInterface
  interface Names {
    InetAddress[] lookup(String host) throws UnknownHostException;
  }

  /** The address must not be called. */
  static final class RefusedAddress extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    RefusedAddress(String message) {
      super(message);
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    if (settings.isProtected() && AddressRules.ambiguous(host)) {
      throw new RefusedAddress(
          "The host " + host + " must not be called: write the address with four decimal numbers");
    }
    InetAddress[] addresses = names.lookup(host);
    if (settings.isProtected()) {
      for (InetAddress address : addresses) {
        String refusal = AddressRules.refusal(address);
        if (refusal != null && !AddressRules.within(address, allowed)) {
          throw new RefusedAddress("The host " + host + " must not be called: " + refusal);
        }
      }
    }
    return addresses;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    List<InetSocketAddress> checked = new ArrayList<>();
    for (InetAddress address : resolve(host)) {
      if (!settings.allowsPort(port) && !AddressRules.within(address, allowed)) {
        throw new RefusedAddress("The port " + port + " must not be called");
      }
      checked.add(new InetSocketAddress(address, port));
    }
    return checked;
  }

  @Override
  public @Nullable String resolveCanonicalHostname(String host) {
    return host;
  }
}
