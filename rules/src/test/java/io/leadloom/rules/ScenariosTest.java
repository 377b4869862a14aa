package io.leadloom.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.leadloom.rules.fact.Lead;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.StatelessKieSession;
import org.kie.internal.utils.KieHelper;
import org.yaml.snakeyaml.Yaml;

/**
 * Runs every scenario under {@code scenarios/<topic>}: given a lead, the first verdict must be the expected
 * one; given {@code facts} of several kinds, all verdicts must be those expected, in any order.
 */
class ScenariosTest {

  private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
  private static final Path RULES = Path.of("src/main/resources/rules");

  @TestFactory
  Stream<DynamicTest> scenarios() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SCENARIOS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        Map<String, Object> content = new Yaml().load(Files.readString(file));
        KieBase base = compile(RULES.resolve((String) content.get("rules")));
        for (Object entry : (List<?>) content.get("scenarios")) {
          Map<?, ?> scenario = (Map<?, ?>) entry;
          tests.add(
              dynamicTest(
                  file.getFileName() + ": " + scenario.get("name"), () -> check(base, scenario)));
        }
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyRuleFileHasScenarios() throws Exception {
    try (Stream<Path> files = Files.walk(RULES)) {
      return files.filter(Files::isRegularFile).toList().stream()
          .map(
              file ->
                  dynamicTest(
                      RULES.relativize(file).toString(),
                      () -> {
                        String name =
                            file.getFileName().toString().replaceAll("\\..*", "") + ".yaml";
                        assertThat(
                                SCENARIOS.resolve(RULES.relativize(file.getParent())).resolve(name))
                            .exists();
                      }));
    }
  }

  private static void check(KieBase base, Map<?, ?> scenario) throws Exception {
    List<Object> verdicts = new ArrayList<>();
    StatelessKieSession session = base.newStatelessKieSession();
    session.setGlobal("verdicts", verdicts);
    if (scenario.get("facts") instanceof List<?> facts) {
      session.execute(all(facts));
      assertThat(verdicts.stream().map(Object::toString).toList())
          .containsExactlyInAnyOrderElementsOf(
              ((List<?>) scenario.get("expect")).stream().map(String::valueOf).toList());
      return;
    }
    session.execute(lead((Map<?, ?>) scenario.get("given")));
    Object expected = scenario.get("expect");
    if (expected == null) {
      assertThat(verdicts).isEmpty();
    } else {
      assertThat(verdicts).isNotEmpty();
      assertThat(verdicts.get(0)).hasToString((String) expected);
    }
  }

  /** Facts of several kinds: each entry names the kind and gives its components. */
  private static List<Object> all(List<?> facts) throws Exception {
    List<Object> all = new ArrayList<>();
    for (Object entry : facts) {
      for (Map.Entry<?, ?> fact : ((Map<?, ?>) entry).entrySet()) {
        Class<?> kind = Class.forName(Lead.class.getPackageName() + "." + fact.getKey());
        all.add(fact(kind, (Map<?, ?>) fact.getValue()));
      }
    }
    return all;
  }

  private static Lead lead(Map<?, ?> given) throws Exception {
    return (Lead) fact(Lead.class, given);
  }

  private static Object fact(Class<?> kind, Map<?, ?> given) throws Exception {
    RecordComponent[] components = kind.getRecordComponents();
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    assertThat(given.keySet())
        .as("components of " + kind.getSimpleName())
        .allMatch(names::contains);
    Object[] values =
        Arrays.stream(components)
            .map(
                component -> {
                  Object value = given.get(component.getName());
                  return value instanceof Integer number ? (Object) number.longValue() : value;
                })
            .toArray();
    return kind.getDeclaredConstructors()[0].newInstance(values);
  }

  private static KieBase compile(Path file) throws Exception {
    String drl = Files.readString(file);
    if (file.toString().endsWith(".csv")) {
      try (InputStream in = Files.newInputStream(file)) {
        drl = new SpreadsheetCompiler().compile(in, InputType.CSV);
      }
    }
    return new KieHelper().addContent(drl, ResourceType.DRL).build();
  }
}
