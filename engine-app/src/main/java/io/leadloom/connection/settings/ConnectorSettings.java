package io.leadloom.connection.settings;

import org.springframework.data.jpa.repository.JpaRepository;

/** The settings of the connectors, by provider. */
interface ConnectorSettings extends JpaRepository<ConnectorSetting, String> {}
