package io.leadloom.connection.settings;

import org.springframework.data.jpa.repository.JpaRepository;

/** The stored secrets, by name. */
interface WebhookSecretRows extends JpaRepository<WebhookSecret, String> {}
