package io.leadloom.automation.definition;

import io.leadloom.automation.trigger.Trigger;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A published version: never changed, so that runs finish on what they started with (AUT-D14, AUT-D16). */
@Entity
@Immutable
public class AutomationVersion {

  @Id private long id;
  private long automationId;
  private int number;

  @Column(length = 1_000_000)
  private String bpmn;

  @Column(length = 1_000_000)
  private String drl;

  private @Nullable Long authorId;
  private Instant publishedAt;
  private String engineVersion;

  @Column(length = 1_000_000)
  private String triggerJson;

  @Column(length = 1_000_000)
  private String settingsJson;

  private boolean listens;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected AutomationVersion() {}

  AutomationVersion(
      long id,
      long automationId,
      int number,
      String bpmn,
      String drl,
      @Nullable Long authorId,
      Instant publishedAt,
      String engineVersion,
      String triggerJson,
      String settingsJson,
      boolean listens) {
    this.id = id;
    this.automationId = automationId;
    this.number = number;
    this.bpmn = bpmn;
    this.drl = drl;
    this.authorId = authorId;
    this.publishedAt = publishedAt;
    this.engineVersion = engineVersion;
    this.triggerJson = triggerJson;
    this.settingsJson = settingsJson;
    this.listens = listens;
  }

  public long id() {
    return id;
  }

  public long automationId() {
    return automationId;
  }

  public int number() {
    return number;
  }

  public String bpmn() {
    return bpmn;
  }

  /** The rules that its conditions became, for reading. */
  public String drl() {
    return drl;
  }

  public @Nullable Long authorId() {
    return authorId;
  }

  public Instant publishedAt() {
    return publishedAt;
  }

  public String engineVersion() {
    return engineVersion;
  }

  /** What it starts on. */
  public Trigger trigger() {
    return SettingsJson.read(triggerJson, Trigger.class);
  }

  /** What it keeps to as a whole. */
  public VersionSettings settings() {
    return SettingsJson.read(settingsJson, VersionSettings.class);
  }

  /** Whether its runs can wait for events of their record. */
  public boolean listens() {
    return listens;
  }
}
