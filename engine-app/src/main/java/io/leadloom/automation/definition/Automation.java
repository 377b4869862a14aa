package io.leadloom.automation.definition;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An automation with its draft (AUT-001, AUT-002). What runs is a published version of it, never the draft. */
@Entity
public class Automation {

  private static final int LONGEST_NAME = 200;

  /** Whether an automation is live. */
  public enum State {
    /** Never published. */
    DRAFT,
    PUBLISHED,
    /** Published, but takes no new starts and holds its timers. */
    PAUSED,
    /** Was published; its runs finish. */
    UNPUBLISHED;

    /** Whether runs may start or wait for a resume. */
    public boolean live() {
      return this == PUBLISHED || this == PAUSED;
    }
  }

  private static final int LONGEST_INCIDENT = 1000;

  @Id private long id;

  @Version
  @Column(name = "lock_version")
  private int lockVersion;

  @Column(name = "automation_key")
  private String key;

  private String name;
  private @Nullable String description;

  @Column(length = 1_000_000)
  private String draft;

  private boolean draftChanged;

  @Enumerated(EnumType.STRING)
  private State state;

  private @Nullable Integer publishedVersion;
  private @Nullable String incident;
  private @Nullable String triggerType;
  private @Nullable String triggerSummary;
  private Instant createdAt;
  private @Nullable Long createdBy;
  private Instant updatedAt;
  private @Nullable Long updatedBy;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Automation() {}

  Automation(long id, String key, String name, String draft, Instant at, @Nullable Long by) {
    this.id = id;
    this.key = key;
    this.name = name;
    this.draft = draft;
    this.draftChanged = true;
    this.state = State.DRAFT;
    this.createdAt = at;
    this.createdBy = by;
    this.updatedAt = at;
    this.updatedBy = by;
  }

  void edit(
      String newName,
      @Nullable String newDescription,
      String newDraft,
      Instant at,
      @Nullable Long by) {
    this.name = newName;
    this.description = newDescription;
    this.draft = newDraft;
    this.draftChanged = true;
    touch(at, by);
  }

  void describeTrigger(@Nullable String type, @Nullable String summary) {
    this.triggerType = type;
    this.triggerSummary = summary;
  }

  void published(int number, boolean fromDraft, Instant at, @Nullable Long by) {
    this.publishedVersion = number;
    this.state = State.PUBLISHED;
    this.incident = null;
    if (fromDraft) {
      this.draftChanged = false;
    }
    touch(at, by);
  }

  void become(State newState, Instant at, @Nullable Long by) {
    this.state = newState;
    this.incident = null;
    touch(at, by);
  }

  /** Notes why it cannot go on as it is, and pauses it when it is published. */
  void halt(String reason, Instant at, @Nullable Long by) {
    if (state == State.PUBLISHED) {
      this.state = State.PAUSED;
    }
    this.incident =
        reason.length() <= LONGEST_INCIDENT
            ? reason
            : reason.substring(0, LONGEST_INCIDENT - 1) + "…";
    touch(at, by);
  }

  private void touch(Instant at, @Nullable Long by) {
    this.updatedAt = at;
    this.updatedBy = by;
  }

  public long id() {
    return id;
  }

  public int lockVersion() {
    return lockVersion;
  }

  public String key() {
    return key;
  }

  public String name() {
    return name;
  }

  public @Nullable String description() {
    return description;
  }

  public String draft() {
    return draft;
  }

  public boolean draftChanged() {
    return draftChanged;
  }

  public State state() {
    return state;
  }

  public @Nullable Integer publishedVersion() {
    return publishedVersion;
  }

  /** Why Leadloom paused it; null when it did not. */
  public @Nullable String incident() {
    return incident;
  }

  public @Nullable String triggerType() {
    return triggerType;
  }

  public @Nullable String triggerSummary() {
    return triggerSummary;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Long createdBy() {
    return createdBy;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  public @Nullable Long updatedBy() {
    return updatedBy;
  }

  /** Refuses what cannot be a name. */
  static void checkName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw RefusedException.invalid(
          "The automation needs a name",
          Violation.of("name", name, "a name of 1 to " + LONGEST_NAME + " letters"));
    }
  }
}
