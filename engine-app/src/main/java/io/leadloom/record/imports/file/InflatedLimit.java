package io.leadloom.record.imports.file;

/** Stops the inflating of a compressed part that grows too much. */
final class InflatedLimit {

  private static final long SUSPICIOUS = 10L * 1024 * 1024;
  private static final int RATIO = 200;

  private final String part;
  private final long compressed;
  private final long most;
  private long inflated;

  InflatedLimit(String part, long compressed, long most) {
    this.part = part;
    this.compressed = Math.max(1, compressed);
    this.most = most;
  }

  void add(int bytes) {
    inflated += bytes;
    if (inflated > most) {
      throw new UnreadableFileException(
          "The part " + part + " of the workbook is larger than " + most + " bytes when unpacked");
    }
    if (inflated > SUSPICIOUS && inflated / compressed > RATIO) {
      throw new UnreadableFileException(
          "The part "
              + part
              + " of the workbook unpacks to more than "
              + RATIO
              + " times its size; that is a zip bomb and not a table");
    }
  }

  long inflated() {
    return inflated;
  }
}
