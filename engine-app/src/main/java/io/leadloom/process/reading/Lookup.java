package io.leadloom.process.reading;

import java.util.Map;

/** Reads from maps whose keys are known to be there. */
public final class Lookup {

  private Lookup() {}

  /** The value of a key that must be there. */
  public static <K, V> V known(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("Unknown: " + key);
    }
    return value;
  }
}
