package io.leadloom.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.decision.Conditions.Compilation;
import io.leadloom.decision.Conditions.Named;
import io.leadloom.decision.Conditions.Scope;
import io.leadloom.platform.filter.Operator;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Cost of conditions: wide bounds that hold on a busy machine; the figures themselves go to the log. */
class ConditionFiguresTest {

  private static final System.Logger LOG = System.getLogger(ConditionFiguresTest.class.getName());
  private static final Scope PLAIN = new Scope(false, null, false, false);
  private static final Instant NOW = Instant.parse("2026-03-10T20:00:00Z");

  private final Conditions conditions =
      new DroolsConditions(new RuleCatalogue(), SampleSchema.schemas());

  @Test
  void twentyConditionsCompileQuicklyOnceWarm() {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      long start = System.nanoTime();
      compile(20, i).close();
      best = Math.min(best, System.nanoTime() - start);
    }
    LOG.log(System.Logger.Level.INFO, "20 conditions compile in {0} ms", best / 1_000_000);
    assertThat(best / 1_000_000).isLessThan(1_500);
  }

  @Test
  void fiveConditionsOfFiveHundredLeadsCostMicroseconds() {
    List<Facts> leads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      leads.add(
          SampleFacts.lead(
              "city", "C" + i % 7, "source", "S" + i % 3, "score", (long) i % 100, "state", "KA"));
    }
    try (CompiledConditions compiled = compile(5, 0)) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 400; i++) {
        long start = System.nanoTime();
        compiled.evaluate(leads, NOW, ZoneOffset.UTC);
        best = Math.min(best, System.nanoTime() - start);
      }
      LOG.log(
          System.Logger.Level.INFO,
          "5 conditions x 500 leads: {0} us per lead",
          best / 500 / 1_000.0);
      assertThat(best / 500).isLessThan(100_000);
    }
  }

  @Test
  void closedConditionsLeaveNothingBehind() {
    long before = 0;
    int classesBefore = 0;
    for (int cycle = 0; cycle < 120; cycle++) {
      try (CompiledConditions compiled = compile(5, cycle)) {
        compiled.evaluate(List.of(SampleFacts.lead("city", "Pune")), NOW, ZoneOffset.UTC);
      }
      if (cycle == 40) {
        before = usedHeap();
        classesBefore = loadedClasses();
      }
    }
    long grown = (usedHeap() - before) / 1_024;
    int classes = loadedClasses() - classesBefore;
    LOG.log(
        System.Logger.Level.INFO, "80 publish cycles: heap {0} KiB, classes {1}", grown, classes);
    // A version that stays costs more than 100 KiB; the rest of the test JVM moves by 2 MiB on its
    // own.
    assertThat(grown).isLessThan(5_000);
    assertThat(classes).isLessThan(400);
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static int loadedClasses() {
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }

  private CompiledConditions compile(int count, int version) {
    List<Named> named = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Condition condition =
          switch (i % 5) {
            case 0 -> Condition.all(Criterion.lead("city", Operator.EQUALS, "C" + i));
            case 1 -> Condition.all(Criterion.lead("source", Operator.EQUALS, "S" + i % 3));
            case 2 -> Condition.all(Criterion.lead("score", Operator.GREATER, "9" + i % 10));
            case 3 ->
                Condition.all(
                    Criterion.lead("city", Operator.EQUALS, "C3"),
                    Criterion.lead("score", Operator.LESS, "50"));
            default ->
                new Condition(
                    List.of(
                        Criterion.lead("source", Operator.IN, "S1", "S2"),
                        Criterion.lead("state", Operator.EQUALS, "KA"),
                        Criterion.lead("score", Operator.BETWEEN, "10", "60")),
                    "1 AND (2 OR 3)",
                    null,
                    null);
          };
      named.add(new Named("f" + i, "Condition " + i, condition, Set.of(), Set.of()));
    }
    Compilation compilation =
        conditions.compile("automation/" + version, named, PLAIN, new SampleSchema());
    return ((Compilation.Compiled) compilation).conditions();
  }
}
