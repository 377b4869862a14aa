package io.leadloom.record.calling.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A value of a field as a hash of 16 bytes, in their order. */
record RowKey(long field, long high, long low) {

  private static final int LENGTH = 16;

  static RowKey of(long field, String value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(field).array());
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
      return new RowKey(field, hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  static RowKey read(long field, byte[] bytes) {
    ByteBuffer hash = ByteBuffer.wrap(Arrays.copyOf(bytes, LENGTH));
    return new RowKey(field, hash.getLong(), hash.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }
}
