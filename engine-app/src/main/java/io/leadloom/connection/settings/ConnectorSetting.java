package io.leadloom.connection.settings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The settings of one connector. */
@Entity
@Table(name = "connector_setting")
@SuppressWarnings("NullAway.Init")
class ConnectorSetting {

  @Id
  @Column(length = 50)
  private String provider;

  @Column(length = 1_000_000, nullable = false)
  private String settings;

  @Column(length = 8_000)
  private byte @Nullable [] sealed;

  @Version private int version;

  @Column(name = "updated_at", nullable = false)
  private LocalDateTime updatedAt;

  protected ConnectorSetting() {}

  ConnectorSetting(String provider) {
    this.provider = provider;
  }

  void set(String settings, byte @Nullable [] sealed, Instant at) {
    this.settings = settings;
    this.sealed = sealed;
    this.updatedAt = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
  }

  String settings() {
    return settings;
  }

  byte @Nullable [] sealed() {
    return sealed;
  }

  int version() {
    return version;
  }
}
