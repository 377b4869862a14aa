package io.leadloom.decision;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.CriteriaPattern;
import io.leadloom.platform.filter.PatternGrammar;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Conditions as Drools rules, compiled classically (no code generation, no compiler of the JDK). */
@Component
class DroolsConditions implements Conditions {

  static final int MAX_CRITERIA = 50;
  private static final int MAX_WHERE = 20;

  @Override
  public Compilation compile(String name, List<Named> conditions, Scope scope, Schema schema) {
    List<Problem> problems = new ArrayList<>();
    FactModel model = new FactModel();
    Map<String, Uses> uses = new LinkedHashMap<>();
    RuleText rules = new RuleText("conditions." + packageName(name));
    for (Named named : conditions) {
      Uses own = new Uses();
      uses.put(named.id(), own);
      structured(named, scope, schema, model, own, rules, problems);
    }
    if (!problems.isEmpty()) {
      return new Compilation.Failed(List.copyOf(problems));
    }
    String drl = rules.print(model);
    RuleBase.Result result = RuleBase.compile(List.of(drl));
    if (!result.errors().isEmpty()) {
      return new Compilation.Failed(rules.problems(result.errors()));
    }
    return new Compilation.Compiled(
        new RuleConditions(result.base(), rules.packageName(), drl, rules.names(), model, uses));
  }

  private static void structured(
      Named named,
      Scope scope,
      Schema schema,
      FactModel model,
      Uses uses,
      RuleText rules,
      List<Problem> problems) {
    Condition condition = named.condition();
    int count = condition.criteria().size();
    if (count == 0 || count > MAX_CRITERIA) {
      String found = count == 0 ? null : Integer.toString(count);
      problems.add(
          new Problem(named.id(), "criteria", found, "1 to " + MAX_CRITERIA + " criteria", 0));
      return;
    }
    CriterionCheck check = new CriterionCheck(named, scope, schema, problems);
    List<CheckedCriterion> checked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Criterion criterion = condition.criteria().get(i);
      if (criterion.where().size() > MAX_WHERE) {
        problems.add(
            new Problem(
                named.id(),
                "criteria[" + i + "].where",
                null,
                "at most " + MAX_WHERE + " conditions",
                0));
        continue;
      }
      CheckedCriterion one = check.check(criterion, i);
      if (one != null) {
        checked.add(one);
      }
    }
    CriteriaPattern pattern = pattern(named, count, problems);
    if (pattern == null || checked.size() < count) {
      return;
    }
    CriterionWriter writer = new CriterionWriter(model, uses);
    rules.add(named, new ConditionWriter(writer, checked).write(pattern));
  }

  private static @org.jspecify.annotations.Nullable CriteriaPattern pattern(
      Named named, int count, List<Problem> problems) {
    String text = named.condition().pattern();
    if (text == null || text.isBlank()) {
      List<CriteriaPattern> all =
          IntStream.rangeClosed(1, count)
              .<CriteriaPattern>mapToObj(CriteriaPattern.Criterion::new)
              .toList();
      return count == 1 ? all.get(0) : new CriteriaPattern.And(all);
    }
    try {
      return PatternGrammar.parse(text, count);
    } catch (RefusedException refusal) {
      refusal
          .violations()
          .forEach(
              v -> problems.add(new Problem(named.id(), "pattern", v.value(), v.expectation(), 0)));
      return null;
    }
  }

  private static String packageName(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9]+", "_");
    return "_" + (clean.length() > 80 ? clean.substring(0, 80) : clean);
  }
}
