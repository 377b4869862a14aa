package io.leadloom.decision;

import static io.leadloom.platform.filter.Operator.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.decision.Conditions.Compilation;
import io.leadloom.decision.Conditions.Named;
import io.leadloom.decision.Conditions.Scope;
import io.leadloom.decision.Criterion.Source;
import io.leadloom.decision.Criterion.Within;
import io.leadloom.platform.filter.Operand.Unit;
import io.leadloom.platform.filter.Operator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles and evaluates conditions over the sample schema. */
abstract class ConditionCase {

  static final Instant NOW = Instant.parse("2026-03-10T20:00:00Z");
  static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
  static final Scope PLAIN = new Scope(false, null, false, false);
  static final Scope ACTIVITY = new Scope(true, "payment", false, false);
  static final Scope TASK = new Scope(false, null, true, false);
  static final SampleFacts NOBODY = new SampleFacts();

  final Conditions conditions = new DroolsConditions(new RuleCatalogue(), SampleSchema.schemas());

  static Criterion of(Source source, String field, Operator operator, String... values) {
    return new Criterion(source, null, null, field, operator, List.of(values), null, List.of());
  }

  static Criterion ofCard(
      Source source, String card, String field, Operator operator, String... values) {
    return new Criterion(source, card, null, field, operator, List.of(values), null, List.of());
  }

  static Criterion period(String field, Operator operator, long amount, Unit unit) {
    return new Criterion(
        Source.LEAD, null, null, field, operator, List.of(), new Within(amount, unit), List.of());
  }

  static Criterion hasActivity(Operator operator, String type, @Nullable Within within) {
    return new Criterion(
        Source.LEAD_ACTIVITY, null, type, null, operator, List.of(), within, List.of());
  }

  static Within days(long days) {
    return new Within(days, Unit.DAYS);
  }

  static Named named(String id, Criterion criterion) {
    return new Named(id, "Condition " + id, Condition.all(criterion), Set.of(), Set.of());
  }

  boolean holds(Criterion criterion, SampleFacts facts) {
    return holds(Condition.all(criterion), PLAIN, facts);
  }

  boolean holds(Condition condition, Scope scope, SampleFacts facts) {
    return evaluate(condition, scope, facts).get(0).holds("c");
  }

  List<CompiledConditions.Verdicts> evaluate(
      Condition condition, Scope scope, SampleFacts... facts) {
    Named named = new Named("c", "It holds", condition, Set.of(), Set.of());
    try (CompiledConditions compiled = compiled(List.of(named), scope)) {
      return compiled.evaluate(List.of(facts), NOW, KOLKATA);
    }
  }

  List<Boolean> allHold(List<Criterion> criteria, SampleFacts facts) {
    List<Named> all = new ArrayList<>();
    criteria.forEach(criterion -> all.add(named("c" + all.size(), criterion)));
    try (CompiledConditions compiled = compiled(all, PLAIN)) {
      CompiledConditions.Verdicts verdicts = compiled.evaluate(List.of(facts), NOW, KOLKATA).get(0);
      return all.stream().map(named -> verdicts.holds(named.id())).toList();
    }
  }

  CompiledConditions compiled(List<Named> named, Scope scope) {
    Compilation compilation = conditions.compile("test/1", named, scope, new SampleSchema());
    assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
    return ((Compilation.Compiled) compilation).conditions();
  }

  List<Conditions.Problem> problems(Condition condition, Scope scope) {
    Named named = new Named("flow", "A condition", condition, Set.of(), Set.of());
    Compilation compilation =
        conditions.compile("test/1", List.of(named), scope, new SampleSchema());
    assertThat(compilation).isInstanceOf(Compilation.Failed.class);
    return ((Compilation.Failed) compilation).problems();
  }

  void assertProblem(Criterion criterion, Scope scope, String field, String expectation) {
    Conditions.Problem problem = problems(Condition.all(criterion), scope).get(0);
    assertThat(problem.id()).isEqualTo("flow");
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.expectation()).contains(expectation);
  }
}
