package io.leadloom.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.decision.Conditions.Compilation;
import io.leadloom.decision.Conditions.Named;
import io.leadloom.decision.Conditions.Scope;
import io.leadloom.decision.Criterion.Source;
import io.leadloom.platform.filter.Operator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalystConditionTest {

  private static final Instant NOW = Instant.parse("2026-03-10T20:00:00Z");
  private static final Scope ADMINISTRATOR = new Scope(true, null, false, true);

  private final Conditions conditions =
      new DroolsConditions(new RuleCatalogue(), SampleSchema.schemas());

  @Test
  void patternsSeeOnlyTheFactsOfTheirOwnRun() {
    try (CompiledConditions compiled =
        compiled("Lead( city == \"Pune\", $score : score )\nContact( score > $score )")) {
      Facts both =
          SampleFacts.lead("city", "Pune", "score", 5L).with(Source.CONTACT, null, "score", 6L);
      Facts lower =
          SampleFacts.lead("city", "Pune", "score", 5L).with(Source.CONTACT, null, "score", 4L);
      Facts elsewhere =
          SampleFacts.lead("city", "PUNE", "score", 5L).with(Source.CONTACT, null, "score", 9L);
      assertThat(holds(compiled, both, lower, elsewhere)).containsExactly(true, false, false);
      assertThat(compiled.reads("c")).contains("city", "score", "contact.score");
      assertThat(compiled.evaluate(List.of(both), NOW, ZoneOffset.UTC).get(0).seen("c"))
          .containsEntry("lead.city", "Pune")
          .containsEntry("contact.score", 6L);
    }
  }

  @Test
  void everythingThatOnlyAsksCanBeWritten() {
    try (CompiledConditions compiled =
        compiled(
            """
            // a lead that clicked twice lately, or an important one
            Times( $now : now )
            $lead : Lead( cityFolded in ("pune", "delhi"), tags contains "vip" || starred == true )
            accumulate( $a : Activity( type == "call", at < $now ); $calls : count( $a ) )
            Lead( $calls >= 2 || score > 50, stage matches "(?i)cust.*" )
            not Contact( city == "Mumbai" )
            """)) {
      Facts yes =
          SampleFacts.lead("city", "Pune", "stage", "Customer")
              .tagged("vip")
              .activity("call", "2026-01-01T00:00:00Z")
              .activity("call", "2026-01-02T00:00:00Z");
      Facts no =
          SampleFacts.lead("city", "Pune", "stage", "Customer")
              .tagged("vip")
              .activity("call", "2026-01-01T00:00:00Z");
      Facts mumbai =
          SampleFacts.lead("city", "Delhi", "stage", "Customer", "score", 60L, "starred", true)
              .with(Source.CONTACT, null, "city", "Mumbai");
      assertThat(holds(compiled, yes, no, mumbai, new SampleFacts()))
          .containsExactly(true, false, false, false);
    }
  }

  @Test
  void errorsNameTheAnalystsOwnLine() {
    Conditions.Problem unknown = problem("Lead( city == \"Pune\",\n  cty == \"x\" )");
    assertThat(unknown.line()).isEqualTo(2);
    assertThat(unknown.value()).isEqualTo("cty");
    Conditions.Problem syntax = problem("Lead( city == \"Pune\" )\nContact( score ==\n 5 6 )");
    assertThat(syntax.line()).isEqualTo(3);
    assertThat(syntax.field()).isEqualTo("drl");
    Conditions.Problem type = problem("\nLead( createdAt > 5 )");
    assertThat(type.expectation()).contains("Comparison operation requires compatible types");
    assertThat(type.id()).isEqualTo("c");
  }

  @Test
  void onlyAdministratorsWriteDrl() {
    Compilation compilation =
        compile("Lead( city == \"Pune\" )", new Scope(false, null, false, false));
    assertThat(((Compilation.Failed) compilation).problems().get(0).expectation())
        .contains("administrators");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval( true )",
        "Lead( eval( System.exit(1) == null ) )",
        "Lead( System.exit(1) == null )",
        "Lead( city == System.getProperty(\"user.home\") )",
        "Lead( city == java.lang.System.getenv(\"PATH\") )",
        "Lead( this.class.name == \"x\" )",
        "Lead( this.getClass() != null )",
        "Lead( class.classLoader != null )",
        "Lead( city.getClass().forName(\"java.lang.Runtime\") != null )",
        "Lead( city.toString() == \"x\" )",
        "Lead( new java.io.File(\"/etc/passwd\").exists() )",
        "Lead( new Thread() != null )",
        "Lead() then System.exit(0); end rule \"x\" when Lead()",
        "Lead() then\nverdicts.holds(0, 0);\nend",
        "Lead( city == \"x\" ) end query q Lead()",
        "import java.io.File; Lead()",
        "function void f() { } Lead()",
        "Lead() from new java.util.ArrayList()",
        "Lead() from entry-point \"x\"",
        "Lead() from $lead.tags",
        "$l : Lead() List() from $l.tags",
        "accumulate( Lead( $s : score ), init( int t = 0; ) action( System.exit(1); ) result( t ) )",
        "Number() from accumulate( Lead( $s : score ), init( System.exit(1); ), action( ; ), result( 1 ) )",
        "Lead( city == \"x\"; )",
        "Lead( city = \"x\" )",
        "Lead( score++ > 1 )",
        "Lead( city == `id` )",
        "Lead( city == 'x' )",
        "Lead( score + 1 > 2 )",
        "Lead( score / then_ > 2 )",
        "Lead( score -1 > 2 )",
        "Lead( tags[0] == \"x\" )",
        "Lead( city str[startsWith] \"x\" )",
        "Lead( city matches \"(a+)+b\" )",
        "Lead( city matches \".*.*.*.*.*.*x\" )",
        "Lead( city matches $x )",
        "Lead( notes#length > 3 )",
        "Lead( verdicts.holds(0, 0) )",
        "Lead( $run : score )",
        "Lead( run != 0 )",
        "@Watch(*) Lead()",
        "Lead( city == \"\\u0022 || System.exit(1) == \\u0022\" )",
        "Lead( \\u0065val(true) )",
        "/* x */ Lead()",
        "# x\nLead()",
        "?q( ; )",
        "do[x] Lead()",
        "Object()",
        "String( this == \"x\" )",
        "java.lang.Object()",
        "VerdictSheet()",
        "Lead( city soundslike \"x\" )",
        "TriggeredTask( status == \"pending\" )",
        "CreatedTask( status == \"pending\" )",
        "WebhookResponse( x == \"1\" )",
        "Lead( (Object) city != null )",
        "Lead( city instanceof String )",
        "Lead( -> )",
        "forall( )",
        "not",
        "Lead(",
        ")",
        "",
        " ",
        "\"",
        "Lead( city == \"Pune\" ) over window:time( 1h )",
        "Lead( score > 99999999999999999999999 )",
      })
  void hostileAndBrokenTextIsRefused(String drl) {
    assertThat(compile(drl, ADMINISTRATOR)).isInstanceOf(Compilation.Failed.class);
  }

  @Test
  void oversizedTextIsRefused() {
    assertThat(problem("Lead( city == \"x\" ) ".repeat(1_000)).expectation())
        .contains("at most 4000 characters");
  }

  @Test
  void aRuleOfTheRulesModuleIsACondition() {
    Condition hot =
        new Condition(List.of(), null, null, "A decision maker with a good score is a hot lead");
    Named named = new Named("c", "Hot?", hot, Set.of(), Set.of());
    Named other =
        new Named(
            "d",
            "Pune?",
            Condition.all(Criterion.lead("city", Operator.EQUALS, "Pune")),
            Set.of(),
            Set.of());
    Compilation compilation =
        conditions.compile("v", List.of(named, other), ADMINISTRATOR, new SampleSchema());
    try (CompiledConditions compiled = ((Compilation.Compiled) compilation).conditions()) {
      Facts director = SampleFacts.lead("jobTitle", "Sales Director", "score", 60L, "city", "Pune");
      Facts clerk = SampleFacts.lead("jobTitle", "Clerk", "score", 60L, "city", "Pune");
      assertThat(holds(compiled, director, clerk)).containsExactly(true, false);
      CompiledConditions.Verdicts verdicts =
          compiled.evaluate(List.of(director), NOW, ZoneOffset.UTC).get(0);
      assertThat(verdicts.holds("d")).isTrue();
      assertThat(verdicts.firedRule("c"))
          .isEqualTo("A decision maker with a good score is a hot lead");
      assertThat(verdicts.seen("c")).containsEntry("lead.jobTitle", "Sales Director");
      assertThat(compiled.needs().fields().get(Source.LEAD)).contains("jobTitle", "score", "city");
    }
  }

  @Test
  void anUnknownRuleOrTwoFormsAtOnceAreRefused() {
    Condition unknown = new Condition(List.of(), null, null, "No such rule");
    assertThat(problem(unknown).field()).isEqualTo("rule");
    assertThat(problem(new Condition(List.of(), null, "Lead()", "x")).expectation())
        .startsWith("only one of");
  }

  private static List<Boolean> holds(CompiledConditions compiled, Facts... facts) {
    return compiled.evaluate(List.of(facts), NOW, ZoneOffset.UTC).stream()
        .map(v -> v.holds("c"))
        .toList();
  }

  private Compilation compile(String drl, Scope scope) {
    return compile(new Condition(List.of(), null, drl, null), scope);
  }

  private Compilation compile(Condition condition, Scope scope) {
    return conditions.compile(
        "v",
        List.of(new Named("c", "Written", condition, Set.of(), Set.of())),
        scope,
        new SampleSchema());
  }

  private CompiledConditions compiled(String drl) {
    Compilation compilation = compile(drl, ADMINISTRATOR);
    assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
    return ((Compilation.Compiled) compilation).conditions();
  }

  private Conditions.Problem problem(String drl) {
    return problem(new Condition(List.of(), null, drl, null));
  }

  private Conditions.Problem problem(Condition condition) {
    return ((Compilation.Failed) compile(condition, ADMINISTRATOR)).problems().get(0);
  }
}
