package io.leadloom.record.imports.file;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stores what somebody sends. */
public final class ReceivedFile {

  private static final int BUFFER = 64 * 1024;

  private ReceivedFile() {}

  /**
   * Stores a file.
   *
   * @return its size in bytes
   * @throws RefusedException (TOO_LARGE) as soon as it has more bytes than this
   */
  public static long store(InputStream content, Path file, long most) throws IOException {
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        size += read;
        if (size > most) {
          throw new RefusedException(
              Reason.TOO_LARGE,
              "The file is too large",
              List.of(Violation.of("file", null, "a file of at most " + most + " bytes")));
        }
        out.write(buffer, 0, read);
      }
    }
    return size;
  }
}
