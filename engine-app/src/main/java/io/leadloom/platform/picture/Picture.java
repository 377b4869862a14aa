package io.leadloom.platform.picture;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.vault.Digests;
import java.util.HexFormat;
import java.util.List;

/**
 * A picture that may be shown (SET-006, SET-039): what it is was told from its content, never from its name. Raster
 * pictures were drawn anew, so nothing but their dots is left; of an SVG only shapes, texts and colours are.
 *
 * @param hash the hash of the content, which names it in caches
 */
public record Picture(String mediaType, String hash, byte[] content) {

  /** The largest file that is taken, in bytes. */
  public static final int MOST = 2 * 1024 * 1024;

  static final String EXPECTED = "a PNG, JPG or SVG picture of at most 2 MB";

  /**
   * Checks an uploaded file.
   *
   * @param field what the upload is called in a refusal
   * @param longestSide the dots that raster pictures keep at most in each direction; larger ones are made smaller
   * @throws RefusedException when it is too large, none of the three kinds, or cannot be read as what it seems to be
   */
  public static Picture of(String field, byte[] file, int longestSide) {
    if (file.length > MOST) {
      throw new RefusedException(
          RefusedException.Reason.TOO_LARGE,
          "The picture is too large",
          List.of(Violation.of(field, file.length + " bytes", EXPECTED)));
    }
    return switch (Kind.of(file)) {
      case PNG -> raster(field, file, longestSide, "png");
      case JPEG -> raster(field, file, longestSide, "jpeg");
      case SVG -> of("image/svg+xml", new SvgCleaner(field, longestSide).clean(file));
      case OTHER -> throw refused(field, "a file of another kind");
    };
  }

  /** A raster picture within another one; what it is is told from its content here too. */
  static Picture embedded(String field, byte[] file, int longestSide) {
    return switch (Kind.of(file)) {
      case PNG -> raster(field, file, longestSide, "png");
      case JPEG -> raster(field, file, longestSide, "jpeg");
      case SVG, OTHER -> throw refused(field, "an SVG file with a picture of another kind");
    };
  }

  private static Picture raster(String field, byte[] file, int longestSide, String format) {
    return of("image/" + format, new RasterCopy(field, format).copy(file, longestSide));
  }

  static Picture of(String mediaType, byte[] content) {
    byte[] hash = Digests.fresh().digest(content);
    return new Picture(mediaType, HexFormat.of().formatHex(hash, 0, 16), content);
  }

  static RefusedException refused(String field, String found) {
    return RefusedException.invalid(
        "The picture cannot be used", Violation.of(field, found, EXPECTED));
  }

  /** What the first bytes say that a file is. */
  private enum Kind {
    PNG,
    JPEG,
    SVG,
    OTHER;

    private static final byte[] PNG_BEGIN = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG_BEGIN = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    static Kind of(byte[] file) {
      if (begins(file, PNG_BEGIN)) {
        return PNG;
      }
      if (begins(file, JPEG_BEGIN)) {
        return JPEG;
      }
      int at = begins(file, UTF_8_MARK) ? UTF_8_MARK.length : 0;
      while (at < file.length && file[at] > 0 && file[at] <= ' ') {
        at++;
      }
      return at < file.length && file[at] == '<' ? SVG : OTHER;
    }

    private static boolean begins(byte[] file, byte[] with) {
      for (int i = 0; i < with.length; i++) {
        if (i >= file.length || file[i] != with[i]) {
          return false;
        }
      }
      return true;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && mediaType.equals(picture.mediaType)
        && hash.equals(picture.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "Picture[" + mediaType + ", " + content.length + " bytes]";
  }
}
