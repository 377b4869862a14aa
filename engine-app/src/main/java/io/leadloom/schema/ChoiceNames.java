package io.leadloom.schema;

import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.Operator;
import io.leadloom.platform.text.Spelling;
import io.leadloom.schema.Schema.Choice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names by which the choices of a classifying field are known, and what records keep of them. Users, programs and
 * values in memory have the present name; rows and compiled conditions have the stored form, which is the name that the
 * choice was made with and never changes. So a rename touches no record (LEAD-141).
 */
public final class ChoiceNames {

  /** The kinds of choices; each is the key of the field. */
  public static final List<String> KINDS =
      List.of(
          "stage",
          "status",
          "source",
          "group",
          "rating",
          "salesDirection",
          "serviceProduct",
          "marketingCampaign",
          "distributionChannel");

  private static final int NEAR = 4;

  private final List<Choice> choices;
  private final Map<Long, Choice> byId = new HashMap<>();
  private final Map<String, Choice> byName = new HashMap<>();
  private final Map<String, Choice> byForm = new HashMap<>();
  private final Map<Long, List<String>> forms = new HashMap<>();

  /** The names that deleted choices had, by what records may still keep of them. */
  private final Map<String, String> gone = new HashMap<>();

  private final boolean plain;

  /**
   * Collects the names.
   *
   * @param choices in display order
   * @param former names that choices had before, with the ids of the choices that they mean now
   * @param kept the stored forms of choices that were replaced, with the ids of the choices in their place, and of those
   *     that were deleted
   */
  public ChoiceNames(List<Choice> choices, Map<String, Long> former, Map<String, Long> kept) {
    this.choices = List.copyOf(choices);
    for (Choice choice : choices) {
      byId.put(choice.id(), choice);
      byForm.put(choice.stored(), choice);
      byName.putIfAbsent(folded(choice.label()), choice);
      forms.put(choice.id(), new ArrayList<>(List.of(choice.stored())));
    }
    former.forEach(
        (name, id) -> {
          Choice choice = byId.get(id);
          if (choice != null) {
            byName.putIfAbsent(folded(name), choice);
          }
        });
    kept.forEach(
        (form, id) -> {
          Choice choice = byId.get(id);
          if (choice != null && byForm.putIfAbsent(form, choice) == null) {
            forms.computeIfAbsent(id, key -> new ArrayList<>()).add(form);
          }
        });
    Map<Long, String> names = new HashMap<>();
    former.forEach((name, id) -> names.put(id, name));
    kept.forEach(
        (form, id) -> {
          String name = names.get(id);
          if (!byForm.containsKey(form) && name != null && !name.equals(form)) {
            gone.put(form, name);
          }
        });
    this.plain =
        gone.isEmpty()
            && byForm.entrySet().stream()
                .allMatch(entry -> entry.getKey().equals(entry.getValue().label()));
  }

  private static String folded(String text) {
    String folded = Folded.of(text);
    return folded == null ? "" : folded;
  }

  /** The names without those of one choice. */
  public ChoiceNames without(Choice gone) {
    Map<String, Long> names = new HashMap<>();
    byName.forEach((name, choice) -> names.put(name, choice.id()));
    Map<String, Long> kept = new HashMap<>();
    byForm.forEach((form, choice) -> kept.put(form, choice.id()));
    return new ChoiceNames(
        choices.stream().filter(choice -> choice.id() != gone.id()).toList(), names, kept);
  }

  /** All choices in display order. */
  public List<Choice> choices() {
    return choices;
  }

  /** Whether all records keep the present names, so that nothing has to be put in place of anything. */
  public boolean plain() {
    return plain;
  }

  /** The choice that somebody means: by its name, by a name that it had before, or by its id; letter case is ignored. */
  public Optional<Choice> find(String text) {
    String wanted = folded(text);
    Choice named = byName.get(wanted);
    if (named == null && wanted.matches("[0-9]{1,18}")) {
      named = byId.get(Long.parseLong(wanted));
    }
    return Optional.ofNullable(named);
  }

  /** The choice with this id. */
  public Optional<Choice> choice(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The present name of what a record keeps. */
  public String shown(String form) {
    Choice choice = plain ? null : byForm.get(form);
    return choice == null ? gone.getOrDefault(form, form) : choice.label();
  }

  /** What a record keeps for a name; a name that nobody knows stands for itself. */
  public String stored(String name) {
    Choice choice = plain ? null : byName.get(folded(name));
    return choice == null ? name : choice.stored();
  }

  /** All that records may keep for this choice. */
  public List<String> forms(Choice choice) {
    return List.copyOf(forms.getOrDefault(choice.id(), List.of(choice.stored())));
  }

  /**
   * A test of the field: one of the forms that records keep of the choices that are meant, so that it means the same
   * after a rename.
   *
   * @param texts the operands, folded
   * @param unknown the refusal of an operand that names no choice
   */
  Comparison comparison(
      Operator operator,
      List<String> texts,
      boolean negated,
      Function<String, RefusedException> unknown) {
    Set<Object> meant = new LinkedHashSet<>();
    boolean part = true;
    switch (operator) {
      case CONTAINS, NOT_CONTAINS -> meant(label -> label.contains(texts.get(0)), meant);
      case STARTS_WITH -> meant(label -> label.startsWith(texts.get(0)), meant);
      case ENDS_WITH -> meant(label -> label.endsWith(texts.get(0)), meant);
      default -> part = false;
    }
    if (!part) {
      for (String text : texts) {
        Choice choice = find(text).orElseThrow(() -> unknown.apply(text));
        forms(choice).forEach(form -> meant.add(folded(form)));
      }
    }
    // No record keeps an empty text: a test that no choice meets.
    return new Comparison.OneOf(meant.isEmpty() ? List.of("") : List.copyOf(meant), negated);
  }

  private void meant(Predicate<String> label, Set<Object> meant) {
    for (Choice choice : choices) {
      if (label.test(folded(choice.label()))) {
        forms(choice).forEach(form -> meant.add(folded(form)));
      }
    }
  }

  /** The names nearest to a misspelt one, best first, at most three; empty when none is near. */
  public List<String> nearest(String text) {
    String wanted = folded(text);
    Map<String, Integer> distances = new HashMap<>();
    for (Choice choice : choices) {
      int distance = Spelling.distance(folded(choice.label()), wanted);
      if (distance < NEAR || !wanted.isEmpty() && folded(choice.label()).contains(wanted)) {
        distances.put(choice.label(), distance);
      }
    }
    return distances.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .limit(3)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What a value of the field has to be, for somebody who gave another one. */
  public String expectation(@Nullable String given) {
    List<String> near = given == null ? List.of() : nearest(given);
    List<String> labels = choices.stream().map(Choice::label).toList();
    String shown = String.join(", ", labels.subList(0, Math.min(20, labels.size())));
    return (near.isEmpty() ? "" : "perhaps " + String.join(" or ", near) + "; ")
        + "one of: "
        + shown
        + (labels.size() > 20 ? ", … (" + labels.size() + " in all)" : "")
        + ", or its id";
  }
}
