package io.leadloom.journal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.journal.LateChanges;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadCodecTest {

  private static final RecordRef LEAD = RecordRef.lead(7);

  private static JournalEntry entry(Map<String, FieldChange> changes, Map<String, String> detail) {
    Cause cause = new Cause(Cause.Kind.AUTOMATION, 3L, "a \"reference\"", List.of(), null);
    return new JournalEntry(Instant.EPOCH, JournalKind.UPDATED, LEAD, LEAD, changes, detail, cause);
  }

  private static JournalEntry again(JournalEntry entry) {
    PayloadCodec.Payload read = PayloadCodec.read(PayloadCodec.write(entry));
    return new JournalEntry(
        entry.at(),
        entry.kind(),
        entry.subject(),
        entry.root(),
        read.changes(),
        read.detail(),
        read.cause());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        "}",
        "{[",
        "\"},\"k\":1",
        "back\\slash\\",
        "\\\"",
        "line\nend",
        "Zoë \uD83D\uDE00"
      })
  void whatIsReadLaterIsWhatWasWritten(String text) {
    JournalEntry entry =
        entry(
            Map.of(
                "company",
                new FieldChange(text, null),
                text + "key",
                new FieldChange(List.of(text, "b"), Map.of("amount", new BigDecimal("1.50")))),
            Map.of("type", text));
    JournalEntry read = again(entry);
    assertThat(read).isEqualTo(entry);
    assertThat(read.changes()).hasSize(2).containsKey("company").isNotEmpty();
    assertThat(read.changes().get("company")).isEqualTo(new FieldChange(text, null));
  }

  @Test
  void changesThatNobodyLooksAtAreNotRead() {
    PayloadCodec.Payload read =
        PayloadCodec.read("{\"c\":{\"city\":nonsense},\"d\":{\"type\":\"call\"},\"k\":1}");
    assertThat(read.detail()).containsEntry("type", "call");
    assertThat(read.cause().kind()).isEqualTo(Cause.Kind.USER);
    assertThat(read.changes()).isInstanceOf(LateChanges.class);
  }

  @Test
  void anEntryWithoutChangesHasNone() {
    JournalEntry entry = entry(Map.of(), Map.of());
    assertThat(again(entry)).isEqualTo(entry);
    assertThat(again(entry).changes()).isEmpty();
  }
}
