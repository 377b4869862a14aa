package io.leadloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/requirements.md} true: what it calls shown is named by a test that exists. */
class RequirementsTest {

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (AUT-[DX]?\\d+) \\|[^|]*\\| *([^|]*?) *\\| *([^|]*?) *\\|$", Pattern.MULTILINE);
  private static final Pattern NAMED = Pattern.compile("AUT[-_]([DX]?\\d+)");

  private final Path clone = Path.of("").toAbsolutePath().getParent();

  private record Row(String state, List<String> tests) {}

  @Test
  void everyRequirementCalledShownIsNamedByItsTests() {
    Map<String, Set<String>> idsOfTests = idsOfTests();
    List<String> wrong = new ArrayList<>();
    table()
        .forEach(
            (id, row) -> {
              if (row.state().equals("shown") == row.tests().isEmpty()) {
                wrong.add(id + ": " + row.state() + ", but the tests are " + row.tests());
              }
              for (String test : row.tests()) {
                if (!idsOfTests.getOrDefault(test, Set.of()).contains(id)) {
                  wrong.add(id + ": " + test + " does not name it");
                }
              }
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyRequirementNamedByATestStandsInTheTable() {
    Map<String, Row> table = table();
    Set<String> missing = new TreeSet<>();
    idsOfTests()
        .values()
        .forEach(ids -> ids.stream().filter(id -> !table.containsKey(id)).forEach(missing::add));
    assertThat(missing).isEmpty();
  }

  private Map<String, Row> table() {
    Map<String, Row> rows = new LinkedHashMap<>();
    String text = read(Path.of("docs", "requirements.md"));
    ROW.matcher(text)
        .results()
        .forEach(
            row ->
                rows.put(
                    row.group(1),
                    new Row(
                        row.group(2),
                        Stream.of(row.group(3).split(","))
                            .map(String::strip)
                            .filter(t -> !t.isEmpty())
                            .toList())));
    assertThat(rows).hasSizeGreaterThan(100);
    return rows;
  }

  /** The ids that each test class names, by the class's simple name. */
  private Map<String, Set<String>> idsOfTests() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (String module :
        List.of("rules", "processes", "connectors", "connectors/simulators", "engine-app")) {
      Path tests = clone.resolve(module).resolve(Path.of("src", "test", "java"));
      if (Files.isDirectory(tests)) {
        try (Stream<Path> files = Files.walk(tests)) {
          files
              .filter(
                  file ->
                      file.toString().endsWith(".java") && !file.endsWith("RequirementsTest.java"))
              .forEach(
                  file -> found.put(file.getFileName().toString().replace(".java", ""), ids(file)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return found;
  }

  private static Set<String> ids(Path test) {
    return NAMED
        .matcher(read(test))
        .results()
        .map(RequirementsTest::id)
        .collect(Collectors.toSet());
  }

  private static String id(MatchResult named) {
    return "AUT-" + named.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
