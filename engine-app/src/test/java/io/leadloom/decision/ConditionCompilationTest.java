package io.leadloom.decision;

import static io.leadloom.decision.Criterion.lead;
import static io.leadloom.platform.filter.Operator.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.decision.Conditions.Named;
import io.leadloom.decision.Criterion.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionCompilationTest extends ConditionCase {

  @Test
  void noTextOfADesignerBecomesCode() {
    for (String text :
        List.of(
            "a\"b",
            "a\\",
            "\") then System.exit(1); end //",
            "a\nb",
            "${x}",
            "\\u0022",
            "日本 ß \u2028",
            "'x'",
            "\u0001.")) {
      assertThat(holds(lead("city", EQUALS, text), SampleFacts.lead("city", text)))
          .as(text)
          .isTrue();
      assertThat(holds(lead("city", CONTAINS, text), SampleFacts.lead("city", "x" + text + "x")))
          .as(text)
          .isTrue();
      assertThat(holds(lead("city", EQUALS, text), SampleFacts.lead("city", "other")))
          .as(text)
          .isFalse();
    }
  }

  @Test
  void whatDoesNotFitTheSchemaIsNamed() {
    assertProblem(
        lead("cty", EQUALS, "x"), PLAIN, "criteria[0].field", "the key of a field of the lead");
    assertProblem(lead("score", EQUALS, "many"), PLAIN, "criteria[0].values", "a whole number");
    assertProblem(
        lead("score", CONTAINS, "1"), PLAIN, "criteria[0].operator", "an operator that fits");
    assertProblem(lead("stage", EQUALS, "Gone"), PLAIN, "criteria[0].values", "one of the options");
    assertProblem(lead("createdAt", WITHIN_LAST), PLAIN, "criteria[0].within", "a period");
    assertProblem(lead(null, HAS_TAG), PLAIN, "criteria[0].values", "at least one");
    assertProblem(lead(null, IN_LIST, "vips"), PLAIN, "criteria[0].values[0]", "the id of a list");
    assertProblem(
        hasActivity(HAS_ACTIVITY, "dance", null),
        PLAIN,
        "criteria[0].activityType",
        "activity type");
    assertThat(
            problems(new Condition(List.of(lead("city", EMPTY)), "(1 AND 2)", null, null), PLAIN)
                .get(0))
        .satisfies(problem -> assertThat(problem.field()).isEqualTo("pattern"));
    assertThat(problems(Condition.all(), PLAIN).get(0).expectation())
        .startsWith("1 to 50 criteria");
  }

  @Test
  void AUT_X17_to_AUT_X20_AUT_043_everyConditionIsAnsweredOnItsOwn() {
    List<Named> ladder =
        List.of(
            named("1", lead("score", GREATER, "10")),
            named("2", lead("score", GREATER, "5")),
            named("3", lead("score", GREATER, "0")));
    try (CompiledConditions compiled = compiled(ladder, PLAIN)) {
      List<Facts> leads =
          List.of(
              SampleFacts.lead("score", 20L),
              SampleFacts.lead("score", 7L),
              SampleFacts.lead("score", 0L));
      assertThat(
              compiled.evaluate(leads, NOW, KOLKATA).stream()
                  .map(v -> v.holds("1") + " " + v.holds("2") + " " + v.holds("3")))
          .containsExactly("true true true", "false true true", "false false false");
    }
  }

  @Test
  void AUT_D13_verdictsSayWhichRuleFiredAndWhatItSaw() {
    Named named =
        new Named(
            "f2",
            "From \"Bangalore\"?",
            Condition.all(
                lead("city", EQUALS, "bangalore"),
                lead("score", GREATER, "5"),
                lead(null, HAS_TAG, "vip")),
            Set.of(),
            Set.of());
    try (CompiledConditions compiled = compiled(List.of(named), PLAIN)) {
      CompiledConditions.Verdicts verdicts =
          compiled
              .evaluate(
                  List.of(
                      SampleFacts.lead("city", "Bangalore", "score", 9L, "state", "KA")
                          .tagged("vip")),
                  NOW,
                  KOLKATA)
              .get(0);
      assertThat(verdicts.firedRule("f2")).isEqualTo("From  Bangalore ?");
      assertThat(verdicts.seen("f2"))
          .containsOnlyKeys("lead.city", "lead.score", "lead.tags")
          .containsEntry("lead.city", "Bangalore")
          .containsEntry("lead.score", 9L);
      assertThat(compiled.reads("f2")).containsExactlyInAnyOrder("city", "score", "#tags");
      assertThat(compiled.needs().fields()).containsEntry(Source.LEAD, Set.of("city", "score"));
      assertThat(compiled.needs().tags()).isTrue();
      assertThat(compiled.needs().lists()).isFalse();
      assertThat(compiled.drl())
          .contains("rule \"From  Bangalore ?\"")
          .contains("cityFolded == \"bangalore\"");
    }
  }

  @Test
  void needsNameTheActivitiesAndHowFarBackTheyReach() {
    try (CompiledConditions week =
        compiled(List.of(named("c", hasActivity(HAS_ACTIVITY, "call", days(7)))), PLAIN)) {
      assertThat(week.needs().activityTypes()).containsExactly("call");
      assertThat(week.needs().activityDays()).isBetween(7, 8);
      assertThat(week.reads("c")).containsExactly("#activities");
    }
    try (CompiledConditions ever =
        compiled(List.of(named("c", hasActivity(HAS_ACTIVITY, "call", null))), PLAIN)) {
      assertThat(ever.needs().activityDays()).isEqualTo(-1);
    }
  }

  @Test
  void fieldsWithAwkwardKeysWork() {
    SampleFacts facts =
        SampleFacts.lead(
            "group", "a", "class", "b", "end", "c", "eMail2", "d", "run", "e", "then", 5L);
    assertThat(
            holds(
                Condition.all(
                    lead("group", EQUALS, "A"),
                    lead("class", EQUALS, "b"),
                    lead("end", EQUALS, "c"),
                    lead("eMail2", EQUALS, "d"),
                    lead("run", EQUALS, "e"),
                    lead("then", EQUALS, "5")),
                PLAIN,
                facts))
        .isTrue();
  }

  @Test
  void answersStayTheSameWhenTheRulesRunHot() {
    List<Named> all = new ArrayList<>();
    for (Criterion criterion :
        List.of(
            lead("city", CONTAINS, "un"),
            lead("city", NOT_CONTAINS, "un"),
            lead("city", STARTS_WITH, "p"),
            lead("city", NOT_IN, "pune", "x"),
            lead("score", LESS, "10"),
            lead("ratio", BETWEEN, "1", "2"),
            lead("createdAt", LESS, "now"),
            lead("createdAt", NOT_EQUALS, "today"),
            lead(null, HAS_TAG, "vip", "x"),
            lead(null, HAS_NO_TAG, "vip"),
            lead("interests", NOT_IN, "Loan"),
            lead("birthday", BEFORE, "today"),
            of(Source.CONTACT, "score", GREATER, "5"),
            hasActivity(HAS_ACTIVITY, "call", days(3)))) {
      all.add(named("c" + all.size(), criterion));
    }
    all.add(
        new Named(
            "mixed",
            "Mixed",
            new Condition(
                List.of(
                    of(Source.CONTACT, "city", CONTAINS, "un"),
                    lead("score", GREATER, "5"),
                    hasActivity(HAS_NO_ACTIVITY, "call", days(3))),
                "1 OR (2 AND 3)",
                null,
                null),
            Set.of(),
            Set.of()));
    List<Facts> leads = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      leads.add(
          i % 4 == 3
              ? SampleFacts.lead()
              : SampleFacts.lead(
                      "city",
                      i % 2 == 0 ? "Pune" : "Delhi",
                      "score",
                      (long) i,
                      "ratio",
                      new BigDecimal(i).movePointLeft(1),
                      "createdAt",
                      NOW.minusSeconds(i * 86_400L),
                      "interests",
                      List.of("Loan"),
                      "birthday",
                      LocalDate.parse("2026-03-11").minusDays(i % 2))
                  .tagged(i % 3 == 0 ? "vip" : "y")
                  .with(
                      Source.CONTACT, null, "score", 4L + i, "city", i % 2 == 0 ? "Mumbai" : "Pune")
                  .activity("call", i % 2 == 0 ? "2026-03-10T00:00:00Z" : "2026-01-01T00:00:00Z"));
    }
    try (CompiledConditions compiled = compiled(all, PLAIN)) {
      String first = null;
      for (int round = 0; round < 300; round++) {
        StringBuilder bits = new StringBuilder();
        for (CompiledConditions.Verdicts verdicts : compiled.evaluate(leads, NOW, KOLKATA)) {
          all.forEach(named -> bits.append(verdicts.holds(named.id()) ? '1' : '0'));
        }
        first = first == null ? bits.toString() : first;
        assertThat(bits.toString()).as("round " + round).isEqualTo(first);
      }
      assertThat(first).contains("1").contains("0");
    }
  }
}
