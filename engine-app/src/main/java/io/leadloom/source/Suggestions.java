package io.leadloom.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.EntityType;
import io.leadloom.record.imports.columns.Synonyms;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the names of deliveries may mean, as files are understood that are imported. */
@Component
public class Suggestions {

  private static final int LOOKED_AT = 20;
  private static final int MOST = 100;
  private static final int SHOWN = 100;

  /** What everybody knows is no field of a lead. */
  private static final Set<String> ABOUT_IT =
      Set.of(
          "leadgen_id",
          "page_id",
          "form_id",
          "ad_id",
          "adgroup_id",
          "campaign_id",
          "creative_id",
          "asset_group_id",
          "gcl_id",
          "platform");

  private final Schemas schemas;
  private final ArrivalRows rows;
  private final TransactionTemplate transaction;

  Suggestions(Schemas schemas, ArrivalRows rows, TransactionTemplate transaction) {
    this.schemas = schemas;
    this.rows = rows;
    this.transaction = transaction;
  }

  /**
   * A name of deliveries.
   *
   * @param field the key of the field that it may mean; null when nothing is known
   * @param sample a value that came under this name; null for none yet
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Suggestion(String outside, @Nullable String field, @Nullable String sample) {}

  /** A field that deliveries can write. */
  public record Target(String key, String label, String type) {}

  /** The fields that deliveries can write. */
  public List<Target> targets() {
    return writable(schemas.current()).stream()
        .map(field -> new Target(field.key(), field.label(), camel(field.type().name())))
        .toList();
  }

  /** {@code LONG_TEXT} becomes {@code longText}, as types of fields are called in JSON. */
  private static String camel(String name) {
    String[] words = name.toLowerCase(Locale.ROOT).split("_");
    StringBuilder camel = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      camel.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return camel.toString();
  }

  static List<Field> writable(Schema schema) {
    boolean stages = schema.leadSettings().stageImport();
    return schema.fields(EntityType.LEAD).stream()
        .filter(field -> !field.readOnly() && field.type() != FieldType.RECORD_LINK)
        .filter(field -> !field.key().equals("source"))
        .filter(field -> stages || !field.key().equals("stage"))
        .toList();
  }

  /** The usual names of a kind, and those that an integration has seen of late. */
  public List<Suggestion> of(IntegrationKind kind, @Nullable Long integration) {
    Map<String, String> samples = new LinkedHashMap<>();
    if (integration != null) {
      List<Arrival> newest =
          Objects.requireNonNull(
              transaction.execute(status -> rows.page(integration, null, null, LOOKED_AT)));
      newest.forEach(one -> one.values().forEach(samples::putIfAbsent));
    }
    List<String> names = new ArrayList<>(samples.keySet());
    // Names of one's own come instead of the usual ones, which nobody promises.
    if (samples.isEmpty() || !kind.open()) {
      kind.usual().stream().filter(name -> !samples.containsKey(name)).forEach(names::add);
    }
    Map<String, String> known = known();
    Set<String> taken = new HashSet<>();
    List<Suggestion> suggestions = new ArrayList<>();
    for (String name : names.subList(0, Math.min(MOST, names.size()))) {
      String field = ABOUT_IT.contains(name) ? null : field(name, known, taken);
      String sample = samples.get(name);
      suggestions.add(
          new Suggestion(
              name,
              field,
              sample == null || sample.length() <= SHOWN
                  ? sample
                  : sample.substring(0, sample.offsetByCodePoints(0, SHOWN / 2)) + "…"));
    }
    return suggestions;
  }

  private Map<String, String> known() {
    Map<String, String> known = new HashMap<>();
    List<Field> fields = writable(schemas.current());
    fields.forEach(field -> known.putIfAbsent(folded(field.key()), field.key()));
    fields.forEach(field -> known.putIfAbsent(folded(field.label()), field.key()));
    return known;
  }

  private static @Nullable String field(String name, Map<String, String> known, Set<String> taken) {
    String folded = folded(name.substring(name.lastIndexOf('.') + 1));
    List<String> candidates = new ArrayList<>();
    candidates.add(folded);
    Synonyms.keys(folded).forEach(key -> candidates.add(folded(key)));
    String near = Synonyms.near(folded, known.keySet());
    if (near != null) {
      candidates.add(near);
    }
    for (String candidate : candidates) {
      String key = known.get(candidate);
      if (key != null && taken.add(key)) {
        return key;
      }
    }
    return null;
  }

  private static String folded(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
