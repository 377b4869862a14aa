package io.leadloom.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.filter.Operator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Installations run on a Java that has no compiler: Drools must not want one. */
class WithoutCompilerTest extends ConditionCase {

  @Test
  void conditionsCompileAndHoldOnAJavaWithoutACompiler() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--limit-modules",
                "java.se,jdk.unsupported,jdk.zipfs",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                WithoutCompilerTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).endsWith("compiler: null, holds: true, false" + System.lineSeparator());
  }

  public static void main(String[] nothing) {
    WithoutCompilerTest test = new WithoutCompilerTest();
    Condition pune = Condition.all(Criterion.lead("city", Operator.EQUALS, "Pune"));
    List<Boolean> verdicts =
        List.of(
            test.holds(pune, PLAIN, SampleFacts.lead("city", "PUNE")),
            test.holds(pune, PLAIN, SampleFacts.lead("city", "Goa")));
    System.out.println(
        "compiler: "
            + ToolProvider.getSystemJavaCompiler()
            + ", holds: "
            + verdicts.get(0)
            + ", "
            + verdicts.get(1));
  }
}
