package io.leadloom.decision;

import io.leadloom.decision.rulebase.LeadFacts;
import io.leadloom.decision.rulebase.RuleBase;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.CriteriaPattern;
import io.leadloom.platform.filter.PatternGrammar;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.springframework.stereotype.Component;

/** Conditions as Drools rules, compiled classically (no code generation, no compiler of the JDK). */
@Component
class DroolsConditions implements Conditions {

  static final int MAX_CRITERIA = 50;
  private static final int MAX_WHERE = 20;

  // The same for all versions, which have class loaders of their own: the JVM's loader keeps every
  // class name it is ever
  // asked for, so a name per version would be memory per version.
  private static final String PACKAGE = "leadloom.conditions";

  private final RuleCatalogue catalogue;
  private final Schemas schemas;

  DroolsConditions(RuleCatalogue catalogue, Schemas schemas) {
    this.schemas = schemas;
    this.catalogue = catalogue;
  }

  @Override
  public Compilation compile(String name, List<Named> conditions, Scope scope, Schema schema) {
    List<Problem> problems = new ArrayList<>();
    FactModel model = new FactModel();
    Map<String, Uses> uses = new LinkedHashMap<>();
    RuleText rules = new RuleText(PACKAGE);
    List<String> names = new ArrayList<>();
    List<RuleConditions.OfModule> ofModule = new ArrayList<>();
    for (Named named : conditions) {
      Uses own = new Uses();
      uses.put(named.id(), own);
      int number = names.size();
      int before = problems.size();
      String ruleName =
          switch (form(named, problems)) {
            case STRUCTURED ->
                structured(number, named, named.scope(scope), schema, model, own, rules, problems);
            case DRL ->
                analyst(number, named, named.scope(scope), schema, model, own, rules, problems);
            case RULE -> ofModule(number, named, schema, model, own, ofModule, problems);
            case NONE -> null;
          };
      names.add(ruleName == null ? "" : ruleName);
      if (ruleName == null && problems.size() == before) {
        throw new IllegalStateException("A condition without a rule needs a problem");
      }
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
        new RuleConditions(
            schemas, result.base(), rules.packageName(), drl, names, model, uses, ofModule));
  }

  private enum Form {
    STRUCTURED,
    DRL,
    RULE,
    NONE
  }

  private static Form form(Named named, List<Problem> problems) {
    Condition condition = named.condition();
    boolean drl = condition.drl() != null && !condition.drl().isBlank();
    boolean rule = condition.rule() != null && !condition.rule().isBlank();
    boolean criteria = !condition.criteria().isEmpty();
    if ((drl ? 1 : 0) + (rule ? 1 : 0) + (criteria ? 1 : 0) > 1) {
      problems.add(
          new Problem(
              named.id(), "criteria", null, "only one of criteria, DRL and the name of a rule", 0));
      return Form.NONE;
    }
    return drl ? Form.DRL : rule ? Form.RULE : Form.STRUCTURED;
  }

  private static @Nullable String analyst(
      int number,
      Named named,
      Scope scope,
      Schema schema,
      FactModel model,
      Uses uses,
      RuleText rules,
      List<Problem> problems) {
    if (!scope.rawDrl()) {
      problems.add(
          new Problem(
              named.id(),
              "drl",
              null,
              "criteria: only administrators may write conditions as DRL",
              0));
      return null;
    }
    try {
      String text = String.valueOf(named.condition().drl());
      List<String> lines = new AnalystCondition(named, scope, schema, model, uses).write(text);
      return rules.add(number, named, lines, true);
    } catch (AnalystText.Unacceptable refusal) {
      problems.add(
          new Problem(
              named.id(),
              "drl",
              refusal.value(),
              String.valueOf(refusal.getMessage()),
              refusal.line()));
      return null;
    }
  }

  private @Nullable String ofModule(
      int number,
      Named named,
      Schema schema,
      FactModel model,
      Uses uses,
      List<RuleConditions.OfModule> found,
      List<Problem> problems) {
    String name = String.valueOf(named.condition().rule()).strip();
    KieBase base = catalogue.withRule(name);
    if (base == null) {
      problems.add(
          new Problem(named.id(), "rule", name, "the name of a rule of the rules module", 0));
      return null;
    }
    for (Field field : schema.fields(EntityType.LEAD)) {
      if (LeadFacts.FIELDS.contains(field.key())) {
        uses.field(
            FactKind.LEAD,
            null,
            model.property(FactKind.LEAD, field.key(), Property.Aspect.VALUE, field.type()));
      }
    }
    found.add(new RuleConditions.OfModule(number, name, base));
    return name;
  }

  private static @Nullable String structured(
      int number,
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
      return null;
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
      return null;
    }
    CriterionWriter writer = new CriterionWriter(model, uses);
    return rules.add(number, named, new ConditionWriter(writer, checked).write(pattern), false);
  }

  private static @Nullable CriteriaPattern pattern(Named named, int count, List<Problem> problems) {
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
}
