package io.leadloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/engine-traps.md} true: each trap has a test, and the test exists. */
class TrapsTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void everyTrapHasATestThatExists() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    List<MatchResult> rows =
        ROW.matcher(Files.readString(Path.of("docs", "engine-traps.md")))
            .results()
            .filter(row -> !row.group(1).equals("trap"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(30);
    for (MatchResult row : rows) {
      List<MatchResult> named = TEST.matcher(row.group(2)).results().toList();
      if (named.isEmpty() && !row.group(2).startsWith("does not")) {
        missing.add("no test: " + row.group(1));
      }
      for (MatchResult test : named) {
        if (!tests.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "(")) {
          missing.add(test.group(1) + "." + test.group(2));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return tests;
  }
}
