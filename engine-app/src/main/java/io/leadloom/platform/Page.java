package io.leadloom.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the items in order
 * @param next the cursor of the next page; null on the last one
 * @param total how many there are in all, when that was asked for
 */
public record Page<T>(List<T> items, @Nullable String next, @Nullable Long total) {

  public Page {
    items = List.copyOf(items);
  }

  /**
   * How many items a caller wants on a page, in range.
   *
   * @param most the largest page that there is
   * @throws RefusedException (INVALID) when it is less than one or more than that
   */
  public static int limit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw RefusedException.invalid(
          "The limit is out of range", Violation.of("limit", limit, "a number from 1 to " + most));
    }
    return limit;
  }
}
