package io.leadloom.connectors.api;

/** An open connection to one provider with one set of settings. Safe for use by many threads. */
public interface Connector extends AutoCloseable {

  /**
   * Hands a delivery over and waits for the provider's word.
   *
   * @throws ConnectorFailure when it was not taken
   */
  Receipt send(Delivery delivery) throws ConnectorFailure;

  /** Releases what the connector holds; deliveries on their way are finished. */
  @Override
  void close();
}
