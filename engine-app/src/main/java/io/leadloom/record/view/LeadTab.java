package io.leadloom.record.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tab of the page of a lead (PLT-041 to PLT-047).
 *
 * @param key names it within the view, and in the address of the page
 * @param name what it is called; null for the tabs that come with Leadloom, which are called in the reader's language
 * @param activityTypes the keys of what an activity tab shows
 * @param url the page that a custom tab shows; null for other kinds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeadTab(
    String key,
    Kind kind,
    @Nullable String name,
    List<String> activityTypes,
    @Nullable String url) {

  /** The tabs that come with Leadloom. */
  public static final List<String> SYSTEM =
      List.of(
          "history",
          "activities",
          "messages",
          "tasks",
          "follow-ups",
          "related",
          "automations",
          "owners");

  /** What a tab shows. */
  public enum Kind {
    /** One of {@link LeadTab#SYSTEM}. */
    SYSTEM,
    /** Activities of some types (PLT-042). */
    ACTIVITY,
    /** A page of somebody else (PLT-043). */
    CUSTOM;

    /** The name in JSON. */
    @JsonValue
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(@Nullable String key) {
      return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
  }

  public LeadTab {
    activityTypes = List.copyOf(activityTypes);
  }

  static LeadTab system(String key) {
    return new LeadTab(key, Kind.SYSTEM, null, List.of(), null);
  }

  /** The same tab with some of its activity types. */
  LeadTab showing(List<String> types) {
    return new LeadTab(key, kind, name, types, url);
  }

  /** What it is called in the audit trail. */
  String called() {
    return name == null ? key : name;
  }
}
