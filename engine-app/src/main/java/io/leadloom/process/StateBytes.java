package io.leadloom.process;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Reads and writes the small numbers and texts of a run's state. Reading past the end or nonsense is a damaged state. */
final class StateBytes {

  private byte[] bytes;
  private int at;
  private int end;

  StateBytes() {
    bytes = new byte[160];
  }

  StateBytes(byte[] bytes) {
    this.bytes = bytes;
    end = bytes.length;
  }

  void putByte(int value) {
    if (at == bytes.length) {
      bytes = Arrays.copyOf(bytes, at * 2);
    }
    bytes[at++] = (byte) value;
  }

  /** Small values take few bytes; negative values ten. */
  void putLong(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      putByte((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    putByte((int) rest);
  }

  void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putLong(utf8.length);
    for (byte part : utf8) {
      putByte(part);
    }
  }

  void putInstant(Instant instant) {
    long second = instant.getEpochSecond();
    putLong(second << 1 ^ second >> 63);
    putLong(instant.getNano() / 1000);
  }

  void putInt(int value) {
    putByte(value >>> 24);
    putByte(value >>> 16);
    putByte(value >>> 8);
    putByte(value);
  }

  /** All that was put, with a checksum behind it. */
  byte[] sealed() {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, at);
    putInt((int) crc.getValue());
    return Arrays.copyOf(bytes, at);
  }

  /** Checks and cuts off the checksum. */
  void open() {
    if (end < 4) {
      throw damaged("it is too short");
    }
    end -= 4;
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    int found = 0;
    for (int i = end; i < end + 4; i++) {
      found = found << 8 | bytes[i] & 0xFF;
    }
    if (found != (int) crc.getValue()) {
      throw damaged("its checksum is wrong");
    }
  }

  int takeByte() {
    if (at >= end) {
      throw damaged("it ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  int takeInt() {
    return takeByte() << 24 | takeByte() << 16 | takeByte() << 8 | takeByte();
  }

  long takeLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = takeByte();
      value |= (long) (part & 0x7F) << shift;
      if ((part & 0x80) == 0) {
        return value;
      }
    }
    throw damaged("a number is too long");
  }

  /** A number from 0 to {@code most}. */
  int takeUpTo(long most) {
    long value = takeLong();
    if (value < 0 || value > most) {
      throw damaged("a number is out of range");
    }
    return (int) value;
  }

  String takeText() {
    int length = takeUpTo(end - at);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  Instant takeInstant() {
    long second = takeLong();
    long micros = takeUpTo(999_999);
    try {
      return Instant.ofEpochSecond(second >>> 1 ^ -(second & 1), micros * 1000);
    } catch (DateTimeException outOfRange) {
      throw damaged("a time is out of range");
    }
  }

  static RunStateException damaged(String why) {
    return new RunStateException("The stored state of the run is damaged: " + why);
  }
}
