package io.leadloom.journal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.journal.Wanted;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
class WantedEventsTest {

  private JournalWorkshop workshop;

  @BeforeEach
  void open() {
    workshop = new JournalWorkshop();
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  @Test
  void aConsumerGetsOnlyWhatItWantsAndItsCursorPassesTheRestAlsoAroundPoison() {
    JournalConsumer consumer =
        new JournalConsumer() {
          @Override
          public String name() {
            return "choosy";
          }

          @Override
          public Wanted wanted() {
            return Wanted.of(
                (kind, subject) -> kind == JournalKind.CREATED && subject == EntityType.LEAD);
          }

          @Override
          public void handle(List<JournalEvent> events) {
            assertThat(events).allMatch(event -> event.entry().kind() == JournalKind.CREATED);
            if (events.stream().anyMatch(event -> event.entry().root().id() == 100)) {
              throw new IllegalStateException("poison");
            }
            events.forEach(event -> workshop.effect("choosy", event));
          }

          @Override
          public int batchSize() {
            return 40;
          }
        };
    JournalNode node = workshop.node(consumer);
    for (int lead = 1; lead <= 200; lead++) {
      RecordRef ref = RecordRef.lead(lead);
      workshop.append(
          workshop.entry(ref, "before"), workshop.created(ref), workshop.entry(ref, "after"));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                workshop.effects("choosy") == 199
                    && workshop.administration(node).find("choosy").orElseThrow().lag() == 0);
    assertThat(workshop.administration(node).find("choosy").orElseThrow().parked()).isPositive();
  }
}
