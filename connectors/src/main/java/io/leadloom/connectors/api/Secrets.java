package io.leadloom.connectors.api;

import java.util.Optional;

/** The named secrets that deliveries are signed with. */
@FunctionalInterface
public interface Secrets {

  /** The secret's value; empty when there is none of that name. */
  Optional<String> find(String name);
}
