package io.leadloom.platform.feature;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be switched off (SET-029, SET-030). A feature that is off has no menu entry, its calls are answered with 404,
 * it runs nothing, and its data are kept. Campaigns and triggers, which automations replace, will be off by default when
 * they exist.
 */
public enum Feature {
  /** Bringing records in from files. */
  IMPORTS("imports", "/api/v1/imports(/.*)?", null),
  /** Automations that people and programs start for a record; triggers go on. */
  STARTS("starts", "/api/v1/automations/[^/]+/start", "POST"),
  /** Reading mails that were kept instead of sent. */
  MAILBOX("mailbox", "/api/v1/mailbox(/.*)?", null),
  /** Opportunities that are shared with users for a time, as automations and people do (AUT-069); what is shared counts again when it is on. */
  SHARING("sharing", "/api/v1/opportunities/(shared|[0-9]+/shares(/.*)?)", null),
  /** The card of automations that shares opportunities (AUT-070). */
  SHARE_CARD("shareCard", null, null);

  private final String key;
  private final @Nullable Pattern path;
  private final @Nullable String method;

  Feature(String key, @Nullable String path, @Nullable String method) {
    this.key = key;
    this.path = path == null ? null : Pattern.compile(path);
    this.method = method;
  }

  /** The name in JSON and in the database. */
  public String key() {
    return key;
  }

  public static Optional<Feature> of(String key) {
    return Arrays.stream(values()).filter(feature -> feature.key.equals(key)).findFirst();
  }

  /** The feature that a call belongs to. */
  public static Optional<Feature> ofCall(String method, String path) {
    return Arrays.stream(values())
        .filter(feature -> feature.method == null || feature.method.equals(method))
        .filter(feature -> feature.path != null && feature.path.matcher(path).matches())
        .findFirst();
  }
}
