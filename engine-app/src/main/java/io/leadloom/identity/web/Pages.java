package io.leadloom.identity.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Cuts pages out of lists that are in memory; the cursor is the id of the last item of the page before. */
final class Pages {

  private Pages() {}

  static <T, R> Page<R> of(
      List<T> all,
      ToLongFunction<T> id,
      @Nullable String cursor,
      int limit,
      int most,
      Function<List<T>, List<R>> shown) {
    Page.limit(limit, most);
    int start = 0;
    if (cursor != null) {
      while (start < all.size() && !Long.toString(id.applyAsLong(all.get(start))).equals(cursor)) {
        start++;
      }
      if (start++ == all.size()) {
        throw RefusedException.invalid(
            "The cursor is malformed",
            Violation.of("cursor", cursor, "the 'next' of the page before"));
      }
    }
    int end = Math.min(all.size(), start + limit);
    List<T> page = all.subList(start, end);
    String next =
        page.isEmpty() || end == all.size()
            ? null
            : Long.toString(id.applyAsLong(page.get(page.size() - 1)));
    return new Page<>(shown.apply(page), next, (long) all.size());
  }
}
