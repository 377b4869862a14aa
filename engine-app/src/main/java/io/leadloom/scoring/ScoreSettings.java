package io.leadloom.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What leads earn points by, as administrators have set it.
 *
 * @param fields the percentage of each picked field, by its key (LEAD-143, LEAD-144)
 * @param choices the score of each scored choice, by its id (LEAD-146)
 * @param pointsPerView what a page view earns (LEAD-148)
 * @param websiteCap the most that a lead earns by page views (LEAD-148)
 * @param display whether people see the percentage or the total (LEAD-151)
 */
public record ScoreSettings(
    Map<String, Integer> fields,
    Map<Long, Integer> choices,
    int pointsPerView,
    int websiteCap,
    Display display) {

  static final int POINTS_PER_VIEW = 1;
  static final int WEBSITE_CAP = 20;

  /** As a new installation has them. */
  static final ScoreSettings DELIVERED =
      new ScoreSettings(Map.of(), Map.of(), POINTS_PER_VIEW, WEBSITE_CAP, Display.PERCENTAGE);

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** What a score is shown as; it changes nothing else. */
  public enum Display {
    PERCENTAGE,
    TOTAL
  }

  public ScoreSettings {
    fields = new TreeMap<>(fields);
    choices = new TreeMap<>(choices);
  }

  /** The stored form; parts that are missing there are as delivered. */
  record Stored(
      @Nullable Map<String, Integer> fields,
      @Nullable Map<Long, Integer> choices,
      @Nullable Integer pointsPerView,
      @Nullable Integer websiteCap,
      @Nullable Display display) {}

  String json() {
    try {
      return JSON.writeValueAsString(
          new Stored(fields, choices, pointsPerView, websiteCap, display));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The settings of the score cannot be written", e);
    }
  }

  static ScoreSettings read(String json) {
    try {
      Stored stored = JSON.readValue(json, Stored.class);
      return new ScoreSettings(
          stored.fields() == null ? DELIVERED.fields() : stored.fields(),
          stored.choices() == null ? DELIVERED.choices() : stored.choices(),
          stored.pointsPerView() == null ? DELIVERED.pointsPerView() : stored.pointsPerView(),
          stored.websiteCap() == null ? DELIVERED.websiteCap() : stored.websiteCap(),
          stored.display() == null ? DELIVERED.display() : stored.display());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The settings of the score cannot be read", e);
    }
  }
}
