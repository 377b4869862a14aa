package io.leadloom.decision;

import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts written down by a test. */
final class SampleFacts implements Facts {

  private final Map<String, Values> values = new HashMap<>();
  private final Map<String, Change> changes = new HashMap<>();
  private final List<PastActivity> activities = new ArrayList<>();
  private Set<String> tags = Set.of();
  private Set<Long> lists = Set.of();

  static SampleFacts lead(Object... keysAndValues) {
    return new SampleFacts().with(Criterion.Source.LEAD, null, keysAndValues);
  }

  SampleFacts with(Criterion.Source source, @Nullable String card, Object... keysAndValues) {
    Values built = Values.none();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      built.with((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    values.put(source + "/" + card, built);
    return this;
  }

  SampleFacts tagged(String... names) {
    tags = Set.of(names);
    return this;
  }

  SampleFacts listed(Long... ids) {
    lists = Set.of(ids);
    return this;
  }

  SampleFacts activity(String type, String at, Object... keysAndValues) {
    Values built = Values.none();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      built.with((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    activities.add(new PastActivity(type, Instant.parse(at), built));
    return this;
  }

  SampleFacts changed(String field, @Nullable Object before, @Nullable Object after) {
    changes.put(field, new Change(before, after));
    return this;
  }

  @Override
  public @Nullable Values values(Criterion.Source source, @Nullable String card) {
    return values.get(source + "/" + card);
  }

  @Override
  public Set<String> tags() {
    return tags;
  }

  @Override
  public Set<Long> lists() {
    return lists;
  }

  @Override
  public List<PastActivity> activities() {
    return activities;
  }

  @Override
  public @Nullable Change change(String field) {
    return changes.get(field);
  }
}
