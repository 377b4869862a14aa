package io.leadloom.record.file;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a file by its first bytes and its name, never by what a browser says that it is. */
final class FileCheck {

  /** So many bytes tell what a file is. */
  static final int HEAD = 16;

  static final String UNKNOWN = "application/octet-stream";

  private static final int LONGEST_NAME = 200;

  /** What a file with this ending has to be. */
  private static final Map<String, String> ENDINGS =
      Map.of(
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "gif", "image/gif",
          "webp", "image/webp",
          "pdf", "application/pdf");

  /** What a computer would run when somebody opens it. */
  private static final Set<String> PROGRAMS =
      Set.of(
          "app", "bat", "cmd", "com", "cpl", "dll", "exe", "hta", "jar", "js", "jse", "lnk", "msi",
          "msp", "ps1", "psm1", "reg", "scr", "sh", "url", "vb", "vbe", "vbs", "wsf", "wsh");

  private FileCheck() {}

  /** The name without folders and without what cannot be shown; refuses none at all. */
  static String name(@Nullable String given) {
    String name =
        (given == null ? "" : given)
            .replaceAll("^.*[/\\\\]", "")
            .replaceAll("[\\p{Cntrl}\\p{Cf}]", "")
            .strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw RefusedException.invalid(
          "The file has no name that can be kept",
          Violation.of("name", given, "a name of 1 to " + LONGEST_NAME + " characters"));
    }
    return name;
  }

  /** What a file is; refuses programs, and a picture or PDF that is something else. */
  static String mediaType(String name, byte[] head) {
    String ending = name.replaceFirst("^.*\\.", "").toLowerCase(Locale.ROOT);
    String type = type(head);
    String expected = ENDINGS.get(ending);
    if (expected != null && !expected.equals(type)) {
      throw RefusedException.invalid(
          "The file is not what its name says",
          Violation.of("file", name, "a file whose content is that of " + ending));
    }
    if (PROGRAMS.contains(ending) && name.contains(".")
        || begins(head, "MZ")
        || begins(head, "\u007fELF")) {
      throw RefusedException.invalid(
          "Programs are not kept", Violation.of("file", name, "a document, a picture or a table"));
    }
    return type;
  }

  private static String type(byte[] head) {
    if (begins(head, "\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (begins(head, "\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (begins(head, "GIF87a") || begins(head, "GIF89a")) {
      return "image/gif";
    }
    if (begins(head, "RIFF")
        && new String(head, StandardCharsets.ISO_8859_1).startsWith("WEBP", 8)) {
      return "image/webp";
    }
    return begins(head, "%PDF-") ? "application/pdf" : UNKNOWN;
  }

  private static boolean begins(byte[] head, String with) {
    return new String(head, StandardCharsets.ISO_8859_1).startsWith(with);
  }
}
