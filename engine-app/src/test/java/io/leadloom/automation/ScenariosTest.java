package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.testing.LeadloomTest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;

/**
 * Runs the scenario files of the ready-made automations through the real engine, with a clock that can be set. They show
 * AUT-018, AUT-X03, AUT-X04, AUT-X05, AUT-X08, AUT-X09, AUT-X10, AUT-X11, AUT-X12, AUT-X13, AUT-X14 and AUT-X25.
 */
@LeadloomTest
@Import(Workshop.class)
class ScenariosTest {

  @Autowired Workshop workshop;
  @Autowired Publishing publishing;

  static Stream<Arguments> scenarios() throws IOException {
    Stream.Builder<Arguments> all = Stream.builder();
    for (Resource file :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:processes/*/*.scenarios.yaml")) {
      String goal = String.valueOf(file.getFilename()).replace(".scenarios.yaml", "");
      try (InputStream in = file.getInputStream()) {
        List<Map<String, Object>> scenarios = new Yaml().load(in);
        for (Map<String, Object> scenario : scenarios) {
          all.add(Arguments.of(goal, scenario.get("id"), scenario.get("title"), scenario));
        }
      }
    }
    return all.build();
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @MethodSource("scenarios")
  void scenario(String goal, String id, String title, Map<String, Object> scenario) {
    Scenario script = new Scenario(workshop, scenario);
    script.prepare();
    Automation automation = publishing.create(goal, null, null);
    publishing.publish(automation.id());
    try {
      script.play();
    } finally {
      publishing.unpublish(automation.id());
      workshop.settle();
    }
    assertThat(automation.key()).startsWith(goal);
  }
}
