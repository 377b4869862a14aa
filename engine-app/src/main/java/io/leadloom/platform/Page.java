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
}
