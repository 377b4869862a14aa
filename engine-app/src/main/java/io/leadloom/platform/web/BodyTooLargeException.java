package io.leadloom.platform.web;

import java.io.IOException;

/** A request's body has more bytes than are taken. */
class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  BodyTooLargeException(long limit) {
    super("The body has more than " + limit + " bytes");
  }
}
