package io.leadloom.identity.factor;

/** Base 32 without padding (RFC 4648), in which authenticator apps take secrets. */
final class Base32 {

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int held = 0;
    int bits = 0;
    for (byte one : bytes) {
      held = held << 8 | (one & 0xff);
      bits += 8;
      while (bits >= 5) {
        text.append(LETTERS.charAt(held >> bits - 5 & 31));
        bits -= 5;
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(LETTERS.charAt(held << 5 - bits & 31));
    }
    return text.toString();
  }

  static byte[] decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int held = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = LETTERS.indexOf(text.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException("Not Base 32");
      }
      held = held << 5 | value;
      bits += 5;
      if (bits >= 8) {
        bytes[at++] = (byte) (held >> bits - 8);
        bits -= 8;
        held &= (1 << bits) - 1;
      }
    }
    return bytes;
  }
}
