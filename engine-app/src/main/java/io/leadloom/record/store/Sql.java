package io.leadloom.record.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Lists of parameters in statements. */
public final class Sql {

  /** The most parameters of one list: H2 compares each row that it finds with half of them. */
  public static final int MOST = 250;

  private static final int[] SIZES = {1, 4, 16, 64, MOST};

  private Sql() {}

  /**
   * Cuts a list into pieces for {@code in (?, …)}. A piece is filled up with its last element to one of few sizes, so
   * that the databases see few different statements and keep their plans.
   */
  public static <T> void pieces(Collection<T> all, Consumer<List<T>> piece) {
    List<T> list = all instanceof List<T> given ? given : new ArrayList<>(all);
    for (int from = 0; from < list.size(); from += MOST) {
      List<T> part = new ArrayList<>(list.subList(from, Math.min(list.size(), from + MOST)));
      int size = SIZES[0];
      for (int i = 0; size < part.size(); i++) {
        size = SIZES[i];
      }
      T last = part.get(part.size() - 1);
      while (part.size() < size) {
        part.add(last);
      }
      piece.accept(part);
    }
  }

  /** {@code ?, ?, ?} for so many parameters. */
  public static String marks(int count) {
    return "?, ".repeat(count - 1) + "?";
  }
}
