package io.leadloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Habits that show in the source text itself, checked over all modules. */
class SourceHabitsTest {

  private static final int LONGEST_FILE = 400;
  private static final int LARGEST_PACKAGE = 25;
  private static final Pattern SLEEP =
      Pattern.compile("\\bThread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(");
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME)\\b");

  private final Path clone = Path.of("").toAbsolutePath().getParent();

  @Test
  void filesAreShortEnoughToRead() {
    assertThat(javaFiles("src").filter(file -> lines(file).size() > LONGEST_FILE))
        .as("files of more than %d lines", LONGEST_FILE)
        .isEmpty();
  }

  @Test
  void packagesAreSmallEnoughToKnow() {
    Map<Path, Long> sizes =
        javaFiles("src/main")
            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    assertThat(sizes.entrySet().stream().filter(entry -> entry.getValue() > LARGEST_PACKAGE))
        .as("packages of more than %d files", LARGEST_PACKAGE)
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItHoldsAndWhetherItKnowsNull() {
    List<Path> silent =
        javaFiles("src/main")
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !text(folder.resolve("package-info.java")).contains("@NullMarked"))
            .toList();
    assertThat(silent).as("packages without package-info.java that says @NullMarked").isEmpty();
  }

  @Test
  void testsWaitForConditionsAndNeverSleep() {
    assertThat(filesWith("src/test", SLEEP)).as("tests that sleep").isEmpty();
  }

  @Test
  void nothingUnfinishedIsLeftInTheSource() {
    assertThat(filesWith("src/main", UNFINISHED)).isEmpty();
  }

  private List<Path> filesWith(String part, Pattern line) {
    Predicate<String> wanted = line.asPredicate();
    return javaFiles(part).filter(file -> lines(file).stream().anyMatch(wanted)).toList();
  }

  private Stream<Path> javaFiles(String part) {
    List<Path> found = new ArrayList<>();
    for (String module :
        List.of("rules", "processes", "connectors", "connectors/simulators", "engine-app")) {
      Path folder = clone.resolve(module).resolve(part);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return found.stream();
  }

  private static List<String> lines(Path file) {
    return text(file).lines().toList();
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
