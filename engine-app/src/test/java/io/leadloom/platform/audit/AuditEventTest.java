package io.leadloom.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuditEventTest {

  private static final AuditEvent EVENT = AuditEvent.of("user.changed", "user", 7, "ann");

  @Test
  void onlyWhatChangedIsKept() {
    AuditEvent event =
        EVENT.change("name", "Ann", "Ann").change("roles", List.of("a"), List.of("a", "b"));
    assertThat(event.changes()).containsExactly(new AuditEvent.Change("roles", "a", "a, b"));
    assertThat(EVENT.change("email", null, "").unchanged()).isTrue();
  }

  @Test
  void secretsAreMaskedAlsoWhenTheyArePassedAsPlainValues() {
    AuditEvent event =
        EVENT
            .secret("value", false, true)
            .change("password", "old one", "new one")
            .change("accessToken", null, "abc");
    assertThat(event.changes())
        .containsExactly(
            new AuditEvent.Change("value", null, AuditEvent.MASK),
            new AuditEvent.Change("password", AuditEvent.MASK, AuditEvent.MASK),
            new AuditEvent.Change("accessToken", null, AuditEvent.MASK));
  }

  @Test
  void textsAreCutBetweenCharactersAndHalfCharactersReplaced() {
    String faces = "😀".repeat(200);
    AuditEvent event = AuditEvent.of("user.changed", "user", 7, faces);
    assertThat(event.subjectName()).hasSizeLessThanOrEqualTo(300).endsWith("😀…");
    assertThat(AuditEvent.of("a.b", "user", 7, "x\uD83D").subjectName()).isEqualTo("x\uFFFD");
    assertThat(AuditEvent.of("a.b", "user", 7, "x".repeat(300)).subjectName()).hasSize(300);
  }
}
