package io.leadloom.record.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Addresses of custom tabs with the values of a lead in them (PLT-D09). */
class TabAddressTest {

  private static String filled(String address, Map<String, String> values) {
    return TabAddress.filled(address, key -> values.getOrDefault(key, ""));
  }

  @Test
  void PLT_D09_noValueMakesThePathClimb() {
    Map<String, String> dots = Map.of("a", ".", "b", ".", "c", "..", "d", "%2e");
    assertThat(filled("https://x.test/t/{{lead.a}}{{lead.b}}/delete", dots))
        .isEqualTo("https://x.test/t//delete");
    assertThat(filled("https://x.test/t/.{{lead.a}}/x", dots)).isEqualTo("https://x.test/t//x");
    assertThat(filled("https://x.test/t/.{{lead.none}}/x", dots)).isEqualTo("https://x.test/t//x");
    assertThat(filled("https://x.test/t/%2E%2e{{lead.none}}/x", dots))
        .isEqualTo("https://x.test/t//x");
    assertThat(filled("https://x.test/t/{{lead.c}}?q={{lead.c}}", dots))
        .isEqualTo("https://x.test/t/?q=");
    assertThat(filled("https://x.test/t/{{lead.d}}{{lead.d}}/x", dots))
        .isEqualTo("https://x.test/t/%252e%252e/x");
  }

  @Test
  void valuesStandEncodedInPathQueryAndFragmentAndTheRestStays() {
    Map<String, String> values = Map.of("city", "a b/?#&", "n", "v1.2");
    assertThat(filled("https://X.test:8443/./{{lead.city}}/{{ lead.n }}.html", values))
        .isEqualTo("https://X.test:8443/./a%20b%2F%3F%23%26/v1.2.html");
    assertThat(filled("https://x.test?q={{lead.city}}/{{lead.n}}#/{{lead.n}}", values))
        .isEqualTo("https://x.test?q=a%20b%2F%3F%23%26/v1.2#/v1.2");
    assertThat(filled("https://x.test", values)).isEqualTo("https://x.test");
  }

  @Test
  void aFieldLeavesAnAddressInAnyLetterCase() {
    String address = "https://x.test/{{lead.code}}?c={{ lead.CODE }}&d={{lead.codex}}";
    assertThat(TabAddress.merges(address, "code")).isTrue();
    assertThat(TabAddress.merges(address, "cod")).isFalse();
    assertThat(TabAddress.without(address, "code"))
        .isEqualTo("https://x.test/?c=&d={{lead.codex}}");
  }
}
