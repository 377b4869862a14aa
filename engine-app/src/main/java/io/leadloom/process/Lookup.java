package io.leadloom.process;

import java.util.Map;

/** Reads from maps whose keys are known to be there. */
final class Lookup {

  private Lookup() {}

  static <K, V> V known(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("Unknown: " + key);
    }
    return value;
  }
}
