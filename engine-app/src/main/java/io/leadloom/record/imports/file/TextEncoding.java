package io.leadloom.record.imports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out how a text file is encoded: byte order mark, the zeros of UTF-16, valid UTF-8, else Windows-1252. */
public final class TextEncoding {

  private static final int SAMPLE = 64 * 1024;
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private TextEncoding() {}

  /** Reads the file once, in pieces. */
  public static Charset of(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(SAMPLE);
    }
    Charset marked = marked(start);
    if (marked != null) {
      return marked;
    }
    Charset wide = wide(start);
    return wide != null ? wide : validUtf8(file) ? StandardCharsets.UTF_8 : WINDOWS;
  }

  private static @org.jspecify.annotations.Nullable Charset marked(byte[] start) {
    if (starts(start, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (starts(start, 0xFF, 0xFE, 0, 0)) {
      return Charset.forName("UTF-32LE");
    }
    if (starts(start, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    return starts(start, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
  }

  static boolean starts(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** In UTF-16 every other byte of Western text is zero; nothing else has many zeros. */
  private static @org.jspecify.annotations.Nullable Charset wide(byte[] start) {
    int even = 0;
    int odd = 0;
    for (int i = 0; i < start.length; i++) {
      if (start[i] == 0) {
        if ((i & 1) == 0) {
          even++;
        } else {
          odd++;
        }
      }
    }
    int many = Math.max(1, start.length * 3 / 10);
    if (odd >= many && even * 10 < odd) {
      return StandardCharsets.UTF_16LE;
    }
    return even >= many && odd * 10 < even ? StandardCharsets.UTF_16BE : null;
  }

  private static boolean validUtf8(Path file) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(SAMPLE);
    CharBuffer chars = CharBuffer.allocate(SAMPLE);
    try (InputStream in = Files.newInputStream(file)) {
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        CoderResult result = decoder.decode(bytes, chars.clear(), end);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
      }
    }
    return true;
  }
}
