package io.leadloom.source;

import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What an integration is reached and known by; sealed where it is kept.
 *
 * @param token the last part of its address
 * @param key what Google sends along, or what Meta asks with; made by Leadloom and pasted there
 * @param appSecret what Meta signs with
 * @param pageToken what lets in at Meta
 */
public record Secrets(
    String token, String key, @Nullable String appSecret, @Nullable String pageToken) {

  private static final int TOKEN_BYTES = 32;
  private static final int KEY_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** New ones, without those of Meta. */
  static Secrets fresh() {
    return new Secrets(text(TOKEN_BYTES), text(KEY_BYTES), null, null);
  }

  /** The same of Meta with another address and key. */
  Secrets renewed() {
    return new Secrets(text(TOKEN_BYTES), text(KEY_BYTES), appSecret, pageToken);
  }

  Secrets with(@Nullable String anotherSecret, @Nullable String anotherToken) {
    return new Secrets(
        token,
        key,
        anotherSecret == null ? appSecret : anotherSecret,
        anotherToken == null ? pageToken : anotherToken);
  }

  private static String text(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Without them. */
  @Override
  public String toString() {
    return "Secrets[]";
  }
}
