package io.leadloom.connectors.webhook;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells public addresses from those that only reach the inside: loopback, private, link-local, metadata, reserved. */
final class AddressRules {

  /** Everything in IPv4 that is not the public internet (IANA special-purpose registry), and cloud metadata. */
  private static final List<Block> REFUSED_V4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "168.63.129.16/32");

  /** In IPv6 only 2000::/3 is the public internet; these parts of it are not. */
  private static final List<Block> REFUSED_V6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private static final Block GLOBAL_V6 = block("2000::/3");

  /** NAT64: the last four bytes are an IPv4 address. */
  private static final Block TRANSLATED = block("64:ff9b::/96");

  private AddressRules() {}

  /** Why the address must not be called; null when it may. */
  static @Nullable String refusal(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return refusalV4(bytes);
    }
    if (isMapped(bytes) || TRANSLATED.contains(bytes)) {
      return refusalV4(Arrays.copyOfRange(bytes, 12, 16));
    }
    boolean refused =
        !GLOBAL_V6.contains(bytes) || REFUSED_V6.stream().anyMatch(block -> block.contains(bytes));
    return refused ? "it is not a public address" : null;
  }

  private static @Nullable String refusalV4(byte[] bytes) {
    return REFUSED_V4.stream().anyMatch(block -> block.contains(bytes))
        ? "it is not a public address"
        : null;
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
  }

  /**
   * Whether a host is a number or numbers that programs read differently: octal, hexadecimal, one long number, fewer or
   * more than four parts.
   */
  static boolean ambiguous(String host) {
    String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = plain.substring(plain.lastIndexOf('.') + 1);
    boolean number = last.matches("[0-9]+|0[xX][0-9a-fA-F]*");
    return number && !plain.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  }

  /** Whether the address lies in one of these networks; an IPv4 address in the form of IPv6 counts as what it is. */
  static boolean within(InetAddress address, List<Block> networks) {
    byte[] bytes = address.getAddress();
    byte[] plain =
        bytes.length == 16 && (isMapped(bytes) || TRANSLATED.contains(bytes))
            ? Arrays.copyOfRange(bytes, 12, 16)
            : bytes;
    return networks.stream().anyMatch(network -> network.contains(plain));
  }

  /** A network such as {@code 10.1.0.0/16} or one address; empty when the text is none. Names are not looked up. */
  static Optional<Block> network(String text) {
    String[] parts = text.strip().split("/", -1);
    boolean literal =
        parts[0].matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    if (!literal || parts.length > 2 || parts.length == 2 && !parts[1].matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    try {
      byte[] start = InetAddress.getByName(parts[0]).getAddress();
      int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : start.length * 8;
      return bits > start.length * 8 ? Optional.empty() : Optional.of(new Block(start, bits));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static List<Block> blocks(String... texts) {
    return Arrays.stream(texts).map(AddressRules::block).toList();
  }

  private static Block block(String text) {
    String[] parts = text.split("/");
    try {
      return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(text, e);
    }
  }

  /** A range of addresses with a common beginning. */
  record Block(byte[] start, int bits) {

    boolean contains(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      int shift = start.length * 8 - bits;
      return new BigInteger(1, address)
          .shiftRight(shift)
          .equals(new BigInteger(1, start).shiftRight(shift));
    }
  }
}
