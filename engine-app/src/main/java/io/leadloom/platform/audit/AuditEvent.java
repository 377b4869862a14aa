package io.leadloom.platform.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One act of administration, before it is written. Immutable: each method gives a longer event.
 *
 * @param action what was done, {@code noun.participle}, for example {@code user.changed}
 * @param subjectKind what it was done to, for example {@code user}
 * @param subjectId its permanent id or key
 * @param subjectName its name at that time
 * @param changes what it changed; secrets only show that they were set
 * @param actor who did it; null for whoever the current request acts for
 */
public record AuditEvent(
    String action,
    String subjectKind,
    String subjectId,
    String subjectName,
    List<Change> changes,
    @Nullable AuditActor actor) {

  /** What stands in place of a secret. */
  public static final String MASK = "••••••••";

  private static final int LONGEST_VALUE = 2_000;
  private static final int MOST_CHANGES = 100;
  private static final Pattern SECRET =
      Pattern.compile("password|secret|token|credential|privatekey|recovery|totp");

  /**
   * One changed part.
   *
   * @param before null when there was nothing
   * @param after null when there is nothing now
   */
  public record Change(String field, @Nullable String before, @Nullable String after) {}

  public AuditEvent {
    action = cut(action, 60);
    subjectKind = cut(subjectKind, 40);
    subjectId = cut(subjectId, 200);
    subjectName = cut(subjectName, 300);
    changes = List.copyOf(changes);
  }

  /** An event about a thing. */
  public static AuditEvent of(String action, String subjectKind, Object subjectId, String name) {
    return new AuditEvent(action, subjectKind, subjectId.toString(), name, List.of(), null);
  }

  /**
   * Adds a part that changed; equal values are left out. Collections are shown with commas. The values of fields whose
   * name speaks of passwords, secrets or tokens are masked, so that a mistake here does not publish them.
   */
  public AuditEvent change(String field, @Nullable Object before, @Nullable Object after) {
    if (Objects.equals(before, after) || changes.size() >= MOST_CHANGES) {
      return this;
    }
    if (SECRET.matcher(field.toLowerCase(Locale.ROOT)).find()
        && !(before instanceof Boolean || after instanceof Boolean)) {
      return secret(field, before != null, after != null);
    }
    String earlier = text(before);
    String later = text(after);
    return Objects.equals(earlier, later) ? this : with(new Change(field, earlier, later));
  }

  /** Adds a secret that was set, replaced or removed, without its value. */
  public AuditEvent secret(String field, boolean before, boolean after) {
    return before || after
        ? with(new Change(field, before ? MASK : null, after ? MASK : null))
        : this;
  }

  /** Adds a fact about the act that is no change. */
  public AuditEvent fact(String field, @Nullable Object value) {
    return change(field, null, value);
  }

  /** The same event, done by somebody else than the current request's user. */
  public AuditEvent by(AuditActor who) {
    return new AuditEvent(action, subjectKind, subjectId, subjectName, changes, who);
  }

  /** Whether it says that nothing changed. */
  public boolean unchanged() {
    return changes.isEmpty();
  }

  private AuditEvent with(Change change) {
    List<Change> longer = new ArrayList<>(changes);
    longer.add(change);
    return new AuditEvent(action, subjectKind, subjectId, subjectName, longer, actor);
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    String text =
        value instanceof Collection<?> many
            ? many.stream().map(String::valueOf).collect(Collectors.joining(", "))
            : value.toString();
    return text.isEmpty() ? null : cut(text, LONGEST_VALUE);
  }

  /** At most so long, and without halves of characters, which databases refuse or change. */
  static String cut(String text, int longest) {
    StringBuilder whole = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length(); ) {
      int code = text.codePointAt(i);
      i += Character.charCount(code);
      if (whole.length() + Character.charCount(code) > longest - (i < text.length() ? 1 : 0)) {
        return whole.append('…').toString();
      }
      boolean half = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
      whole.appendCodePoint(half || code == 0 ? '\uFFFD' : code);
    }
    return whole.toString();
  }
}
