package io.leadloom.connectors.api;

/** Ways of reaching somebody outside. */
public enum Way {
  EMAIL,
  SMS,
  WHATSAPP,
  WEBHOOK
}
