package io.leadloom.journal;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes of an event that has any, read when somebody looks at them: a new record brings all its values, and most
 * who hear of it only want to know that it is there.
 */
public final class LateChanges extends AbstractMap<String, FieldChange> {

  private final Supplier<Map<String, FieldChange>> reading;
  private volatile @Nullable Map<String, FieldChange> read;

  /**
   * @param reading gives the changes, at least one; may be asked more than once
   */
  public LateChanges(Supplier<Map<String, FieldChange>> reading) {
    this.reading = reading;
  }

  private Map<String, FieldChange> read() {
    Map<String, FieldChange> known = read;
    if (known == null) {
      known = Map.copyOf(reading.get());
      read = known;
    }
    return known;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public int size() {
    return read().size();
  }

  @Override
  public @Nullable FieldChange get(Object key) {
    return read().get(key);
  }

  @Override
  public boolean containsKey(Object key) {
    return read().containsKey(key);
  }

  @Override
  public Set<String> keySet() {
    return read().keySet();
  }

  @Override
  public Set<Entry<String, FieldChange>> entrySet() {
    return read().entrySet();
  }
}
