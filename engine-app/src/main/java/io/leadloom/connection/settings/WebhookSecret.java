package io.leadloom.connection.settings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** A named secret that signs webhooks. */
@Entity
@Table(name = "webhook_secret")
@SuppressWarnings("NullAway.Init")
class WebhookSecret {

  @Id
  @Column(length = 100)
  private String name;

  @Column(length = 8_000, nullable = false)
  private byte[] sealed;

  @Column(name = "created_at", nullable = false)
  private LocalDateTime createdAt;

  @Column(name = "updated_at", nullable = false)
  private LocalDateTime updatedAt;

  protected WebhookSecret() {}

  WebhookSecret(String name, Instant at) {
    this.name = name;
    this.createdAt = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
  }

  void set(byte[] sealed, Instant at) {
    this.sealed = sealed;
    this.updatedAt = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
  }

  String name() {
    return name;
  }

  byte[] sealed() {
    return sealed;
  }

  Instant createdAt() {
    return createdAt.toInstant(ZoneOffset.UTC);
  }

  Instant updatedAt() {
    return updatedAt.toInstant(ZoneOffset.UTC);
  }
}
