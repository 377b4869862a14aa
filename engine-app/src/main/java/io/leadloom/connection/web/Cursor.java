package io.leadloom.connection.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import org.jspecify.annotations.Nullable;

/** Reads the paging parameters of lists that are ordered by id, newest first. */
final class Cursor {

  static final int MOST = 200;

  private Cursor() {}

  static @Nullable Long before(@Nullable String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return null;
    }
    try {
      return Long.valueOf(cursor);
    } catch (NumberFormatException e) {
      throw RefusedException.invalid(
          "The cursor cannot be used",
          Violation.of("cursor", cursor, "the 'next' of the page before"));
    }
  }

  static int limit(int limit) {
    return Page.limit(limit, MOST);
  }
}
