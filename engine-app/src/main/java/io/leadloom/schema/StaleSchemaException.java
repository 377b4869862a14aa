package io.leadloom.schema;

import org.springframework.dao.ConcurrencyFailureException;

/** Another node has changed the field definitions; the same work again uses the new ones. */
public final class StaleSchemaException extends ConcurrencyFailureException {

  private static final long serialVersionUID = 1L;

  StaleSchemaException(long fieldId) {
    super("A record has a value of the field " + fieldId + ", which another node has just made");
  }
}
