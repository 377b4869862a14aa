package io.leadloom.scoring;

import io.leadloom.decision.score.ScoreRules;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.record.LeadScoring;
import io.leadloom.rules.fact.ChoiceScore;
import io.leadloom.rules.fact.FieldShare;
import io.leadloom.rules.fact.FilledField;
import io.leadloom.rules.fact.PageViews;
import io.leadloom.rules.fact.WebsiteScore;
import io.leadloom.rules.verdict.LeadScore;
import io.leadloom.rules.verdict.ScorePart;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.Choice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the score as they hold with some definitions: without fields and choices that are gone. What values are worth
 * is decided by the rules and remembered for each combination of filled fields and choices, of which there are few, so that
 * a save asks the rules only for one that was not there before.
 */
final class PointScale implements LeadScoring.Scale {

  /** The classifying fields that can have scores (LEAD-146). */
  static final List<String> KINDS = List.of("stage", "status", "group", "rating", "source");

  private static final int MOST_REMEMBERED = 10_000;

  private final ScoreSettings settings;
  private final ScoreRules rules;
  private final ScoreRules.Scale facts;
  private final Set<String> reads = new LinkedHashSet<>();
  private final List<String> fields;
  private final List<String> kinds;
  private final Map<String, Long> highest = new LinkedHashMap<>();
  private final long maximum;
  private final Map<List<Object>, Long> remembered = new ConcurrentHashMap<>();

  PointScale(ScoreSettings settings, Schema schema, ScoreRules rules) {
    this.settings = settings;
    this.rules = rules;
    List<FieldShare> shares = new ArrayList<>();
    settings
        .fields()
        .forEach(
            (key, percentage) -> {
              if (percentage > 0
                  && schema.field(EntityType.LEAD, key).filter(PointScale::pickable).isPresent()) {
                shares.add(new FieldShare(key, percentage));
              }
            });
    List<ChoiceScore> scores = new ArrayList<>();
    for (String kind : KINDS) {
      long most = 0;
      boolean any = false;
      for (Choice choice : schema.choices(kind)) {
        Integer points = settings.choices().get(choice.id());
        if (points != null) {
          any = true;
          most = Math.max(most, points);
          scores.add(new ChoiceScore(kind, choice.label(), points));
        }
      }
      if (any) {
        highest.put(kind, most);
      }
    }
    this.fields = shares.stream().map(FieldShare::field).toList();
    this.kinds =
        KINDS.stream()
            .filter(
                kind ->
                    scores.stream()
                        .anyMatch(score -> score.field().equals(kind) && score.points() != 0))
            .toList();
    reads.addAll(fields);
    reads.addAll(kinds);
    this.facts =
        new ScoreRules.Scale(
            shares, scores, new WebsiteScore(settings.pointsPerView(), settings.websiteCap()));
    this.maximum =
        shares.stream().mapToLong(FieldShare::points).sum()
            + highest.values().stream().mapToLong(Long::longValue).sum()
            + website(settings);
  }

  /** Page views that earn nothing can reach nothing. */
  private static long website(ScoreSettings settings) {
    return settings.pointsPerView() == 0 ? 0 : settings.websiteCap();
  }

  /** Whether people give the field its values; what Leadloom keeps itself says nothing about a lead. */
  static boolean pickable(Field field) {
    return !field.readOnly();
  }

  ScoreSettings settings() {
    return settings;
  }

  ScoreRules.Scale facts() {
    return facts;
  }

  /** What can be reached (LEAD-150). */
  long maximum() {
    return maximum;
  }

  /** What so many page views earn (LEAD-148); as the rules say it. */
  long website(long views) {
    if (views == 0) {
      return 0;
    }
    PageViews all = new PageViews(0, views);
    return total(
        rules.parts(facts, new ScoreRules.Known(List.of(), List.of(), List.of(all), List.of())));
  }

  /** The highest score of each scored setting. */
  Map<String, Long> highest() {
    return highest;
  }

  @Override
  public Set<String> reads() {
    return reads;
  }

  @Override
  public int percentage(long total) {
    return LeadScore.percentage(total, maximum);
  }

  @Override
  public long points(Function<String, @Nullable Object> values) {
    if (reads.isEmpty()) {
      return 0;
    }
    List<Object> key = new ArrayList<>(reads.size());
    for (String field : fields) {
      key.add(!blank(values.apply(field)));
    }
    for (String kind : kinds) {
      key.add(values.apply(kind) instanceof String choice ? choice : "");
    }
    Long known = remembered.get(key);
    if (known == null) {
      known =
          total(
              rules.parts(
                  facts, new ScoreRules.Known(filled(0, values), List.of(), List.of(), List.of())));
      if (remembered.size() >= MOST_REMEMBERED) {
        remembered.clear();
      }
      remembered.put(key, known);
    }
    return known;
  }

  private static long total(List<ScorePart> parts) {
    return parts.stream().mapToLong(ScorePart::points).sum();
  }

  /** The fields of a lead that the rules ask for and that have a value. */
  List<FilledField> filled(long lead, Function<String, @Nullable Object> values) {
    List<FilledField> filled = new ArrayList<>();
    for (String key : reads) {
      Object value = values.apply(key);
      if (!blank(value)) {
        filled.add(new FilledField(lead, key, String.valueOf(FieldConversion.toNatural(value))));
      }
    }
    return filled;
  }

  private static boolean blank(@Nullable Object value) {
    return value == null
        || value instanceof String text && Folded.of(text) == null
        || value instanceof Collection<?> some && some.isEmpty();
  }
}
