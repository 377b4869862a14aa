package io.leadloom.connectors.webhook;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
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
  private record Block(byte[] start, int bits) {

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
