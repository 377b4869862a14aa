package io.leadloom.platform.picture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A picture as an answer: cached by its hash, and of no effect when somebody opens it as a page. */
public final class PictureAnswer {

  private static final String INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
  private static final Duration LONG = Duration.ofDays(365);

  private PictureAnswer() {}

  /**
   * The answer for a picture.
   *
   * @param asked the hash that the address names; when it is that of the picture, the answer never changes
   */
  public static ResponseEntity<byte[]> of(Picture picture, @Nullable String asked) {
    CacheControl caching =
        picture.hash().equals(asked)
            ? CacheControl.maxAge(LONG).cachePrivate().immutable()
            : CacheControl.noCache().cachePrivate();
    String ending = picture.mediaType().substring("image/".length()).replace("+xml", "");
    return ResponseEntity.ok()
        .eTag(picture.hash())
        .cacheControl(caching)
        .contentType(MediaType.parseMediaType(picture.mediaType()))
        .header("Content-Security-Policy", INERT)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Disposition", "attachment; filename=\"picture." + ending + "\"")
        .body(picture.content());
  }
}
