package io.leadloom.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Field values of one record, keyed by field key, each in the Java type of its {@link FieldType}. A key that is present
 * with a null value means "empty"; an absent key means "not mentioned".
 */
public final class Values {

  private final Map<String, @Nullable Object> map;

  private Values(Map<String, @Nullable Object> map) {
    this.map = map;
  }

  public static Values none() {
    return new Values(new LinkedHashMap<>());
  }

  public static Values copyOf(Map<String, ? extends @Nullable Object> map) {
    return new Values(new LinkedHashMap<>(map));
  }

  public static Values of(String key, @Nullable Object value) {
    return none().with(key, value);
  }

  /** Sets a value and returns this, for building. */
  public Values with(String key, @Nullable Object value) {
    map.put(key, value);
    return this;
  }

  public @Nullable Object get(String key) {
    return map.get(key);
  }

  public @Nullable String text(String key) {
    return (String) map.get(key);
  }

  public @Nullable Long number(String key) {
    return (Long) map.get(key);
  }

  public boolean has(String key) {
    return map.containsKey(key);
  }

  public Set<String> keys() {
    return map.keySet();
  }

  public boolean isEmpty() {
    return map.isEmpty();
  }

  public int size() {
    return map.size();
  }

  /** A copy that can be changed without touching this. */
  public Values copy() {
    return copyOf(map);
  }

  /** A read-only view. */
  public Map<String, @Nullable Object> asMap() {
    return java.util.Collections.unmodifiableMap(map);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Values values && map.equals(values.map);
  }

  @Override
  public int hashCode() {
    return map.hashCode();
  }

  @Override
  public String toString() {
    return map.toString();
  }
}
