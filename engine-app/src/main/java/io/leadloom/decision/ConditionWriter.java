package io.leadloom.decision;

import io.leadloom.decision.CriterionWriter.Written;
import io.leadloom.decision.rulebase.DrlText;
import io.leadloom.platform.filter.CriteriaPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a condition of checked criteria as the left-hand side of one rule. Parts that look at one fact stand in that
 * fact's pattern, where Drools indexes and shares them; parts that mix facts stand in a last pattern of the lead that
 * refers to the others, so that an OR never multiplies the rule.
 */
final class ConditionWriter {

  /** The pattern of one fact. */
  private record Slot(FactKind kind, String card) {

    String variable() {
      return kind.variable() + (card.isEmpty() ? "" : "_" + FactModel.nameOf(card));
    }
  }

  private final CriterionWriter writer;
  private final List<CheckedCriterion> criteria;
  private final Map<Slot, List<String>> patterns = new LinkedHashMap<>();
  private final Set<Slot> bound = new LinkedHashSet<>();
  private final List<String> existences = new ArrayList<>();
  private final List<String> counts = new ArrayList<>();
  private final List<String> mixed = new ArrayList<>();

  ConditionWriter(CriterionWriter writer, List<CheckedCriterion> criteria) {
    this.writer = writer;
    this.criteria = criteria;
  }

  /** The lines of the left-hand side. */
  List<String> write(CriteriaPattern pattern) {
    List<CriteriaPattern> parts =
        pattern instanceof CriteriaPattern.And and ? and.parts() : List.of(pattern);
    parts.forEach(this::part);

    List<String> lines = new ArrayList<>();
    if (patterns.isEmpty()) {
      patterns.put(new Slot(FactKind.LEAD, ""), new ArrayList<>());
    }
    boolean first = true;
    for (Map.Entry<Slot, List<String>> entry : patterns.entrySet()) {
      Slot slot = entry.getKey();
      List<String> constraints = new ArrayList<>();
      constraints.add(first ? "$run : run" : "run == $run");
      first = false;
      if (!slot.card().isEmpty()) {
        constraints.add("card == " + DrlText.quoted(slot.card()));
      }
      constraints.addAll(entry.getValue());
      String binding = bound.contains(slot) ? slot.variable() + " : " : "";
      lines.add(binding + slot.kind().typeName() + "( " + String.join(", ", constraints) + " )");
    }
    lines.addAll(existences);
    lines.addAll(counts);
    if (!mixed.isEmpty()) {
      lines.add("Lead( run == $run, " + String.join(", ", mixed) + " )");
    }
    if (!writer.times().isEmpty()) {
      lines.add(
          0,
          writer.times().stream()
              .map(time -> "$" + time.name() + " : " + time.name())
              .collect(Collectors.joining(", ", "Times( ", " )")));
    }
    return lines;
  }

  private void part(CriteriaPattern part) {
    List<Integer> numbers = new ArrayList<>();
    collect(part, numbers);
    Map<Integer, Written> written = new LinkedHashMap<>();
    Set<Slot> slots = new LinkedHashSet<>();
    boolean activities = false;
    for (int number : numbers) {
      Written one = written.computeIfAbsent(number, n -> writer.write(criteria.get(n - 1)));
      activities |= one.ofActivities();
      if (!one.ofActivities()) {
        slots.add(slot(one));
      }
    }
    if (activities && numbers.size() == 1) {
      Written one = written.values().iterator().next();
      existences.add(
          (one.exists() ? "exists" : "not")
              + " Activity( "
              + one.text().replace("\u0001", "")
              + " )");
      return;
    }
    if (!activities && slots.size() == 1) {
      Slot slot = slots.iterator().next();
      patterns
          .computeIfAbsent(slot, s -> new ArrayList<>())
          .add(text(part, number -> written(written, number).inside()));
      return;
    }
    Map<Integer, String> texts = new LinkedHashMap<>();
    written.forEach((number, one) -> texts.put(number, mixedText(one)));
    mixed.add(text(part, number -> texts.getOrDefault(number, "false")));
  }

  private static Written written(Map<Integer, Written> written, int number) {
    Written one = written.get(number);
    if (one == null) {
      throw new IllegalStateException("Criterion " + number + " has not been written");
    }
    return one;
  }

  private String mixedText(Written one) {
    if (one.ofActivities()) {
      String count = "$activities" + (counts.size() + 1);
      counts.add(
          "accumulate( $counted : Activity( "
              + one.inside()
              + " ); "
              + count
              + " : count( $counted ) )");
      return count + (one.exists() ? " > 0" : " == 0");
    }
    Slot slot = slot(one);
    if (slot.kind() == FactKind.LEAD) {
      patterns.computeIfAbsent(slot, s -> new ArrayList<>());
      return one.inside();
    }
    patterns.computeIfAbsent(slot, s -> new ArrayList<>());
    bound.add(slot);
    return one.of(slot.variable());
  }

  private static Slot slot(Written one) {
    return new Slot(one.kind(), one.card() == null ? "" : one.card());
  }

  private static void collect(CriteriaPattern pattern, List<Integer> numbers) {
    if (pattern instanceof CriteriaPattern.Criterion criterion) {
      numbers.add(criterion.number());
    } else if (pattern instanceof CriteriaPattern.And and) {
      and.parts().forEach(part -> collect(part, numbers));
    } else if (pattern instanceof CriteriaPattern.Or or) {
      or.parts().forEach(part -> collect(part, numbers));
    }
  }

  private static String text(CriteriaPattern pattern, Function<Integer, String> criterion) {
    if (pattern instanceof CriteriaPattern.Criterion one) {
      return criterion.apply(one.number());
    }
    boolean and = pattern instanceof CriteriaPattern.And;
    List<CriteriaPattern> parts =
        pattern instanceof CriteriaPattern.And all
            ? all.parts()
            : ((CriteriaPattern.Or) pattern).parts();
    return parts.stream()
        .map(part -> text(part, criterion))
        .collect(Collectors.joining(and ? " && " : " || ", "(", ")"));
  }
}
