package io.leadloom.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key must be made for, compared with who gets past the door of each endpoint. */
class ScopeTest {

  private record Row(String method, String path, String doors) {

    Scope needed() {
      return Scope.needed(
          method, path.replace("{name}", "some-name").replaceAll("\\{[^}]*\\}", "999"));
    }
  }

  private static List<Row> matrix() {
    try (var in =
        Objects.requireNonNull(ScopeTest.class.getResourceAsStream("/permission-matrix.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.strip().split("\\s+"))
          .map(words -> new Row(words[0], words[1], words.length > 2 ? words[2] : ""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatOnlyAdministratorsMayNeedsAKeyMadeForAdministration() {
    List<Row> administered = matrix().stream().filter(row -> row.doors().equals("a")).toList();
    assertThat(administered).hasSizeGreaterThan(80);
    assertThat(administered).filteredOn(row -> row.needed() != Scope.ADMINISTRATION).isEmpty();
  }

  @Test
  void whatOthersMayTooNeedsNone() {
    assertThat(matrix())
        .filteredOn(row -> row.path().startsWith("/api/v1/") && !row.doors().equals("a"))
        .filteredOn(row -> row.needed() == Scope.ADMINISTRATION)
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/profile, READ",
    "PUT, /api/v1/profile, WRITE",
    "GET, /api/v1/sales-groups/1, READ",
    "POST, /api/v1/sales-groups, ADMINISTRATION",
    "DELETE, /api/v1/sales-groups/1, ADMINISTRATION",
    "POST, /api/v1/automations/1/start, WRITE",
    "POST, /api/v1/leads/bulk, BULK",
    "GET, /api/v1/imports, BULK"
  })
  void theRestIsReadingWritingOrInBulk(String method, String path, Scope needed) {
    assertThat(Scope.needed(method, path)).isEqualTo(needed);
  }
}
