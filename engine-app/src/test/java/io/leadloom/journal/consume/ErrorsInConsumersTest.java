package io.leadloom.journal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.platform.RecordRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A consumer throws errors, not exceptions: the thread lives on, and so does everything but the event. */
@Tag("database")
class ErrorsInConsumersTest {

  private static final int EVENTS = 120;

  private JournalWorkshop workshop;

  @BeforeEach
  void open() {
    workshop = new JournalWorkshop();
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  enum Misfortune {
    RECURSION("StackOverflowError") {
      @Override
      void strike() {
        deeper(Integer.MAX_VALUE);
      }

      private int deeper(int levels) {
        return levels == 0 ? 0 : deeper(levels - 1) + 1;
      }
    },
    MISSING_CLASS("NoClassDefFoundError") {
      @Override
      void strike() {
        throw new NoClassDefFoundError("io/leadloom/Missing");
      }
    },
    BROKEN_ASSERTION("AssertionError") {
      @Override
      void strike() {
        throw new AssertionError("cannot be");
      }
    },
    BROKEN_LIBRARY("ServiceConfigurationError") {
      @Override
      void strike() {
        throw new ServiceConfigurationError("no provider");
      }
    },
    UNDECLARED("InterruptedException") {
      @Override
      void strike() {
        Misfortune.<RuntimeException>sneak(new InterruptedException("undeclared"));
      }
    };

    final String named;

    Misfortune(String named) {
      this.named = named;
    }

    abstract void strike();

    @SuppressWarnings("unchecked") // throws what is not declared, as some libraries do
    private static <T extends Exception> void sneak(Exception thrown) throws T {
      throw (T) thrown;
    }
  }

  @ParameterizedTest
  @EnumSource(Misfortune.class)
  void anErrorParksItsEventAloneAndTheThreadGoesOn(Misfortune misfortune) {
    RecordRef sick = RecordRef.lead(13);
    AtomicBoolean ill = new AtomicBoolean(true);
    JournalConsumer consumer =
        workshop.consumer(
            "errors",
            events -> {
              if (ill.get() && events.stream().anyMatch(event -> root(event).equals(sick))) {
                misfortune.strike();
              }
            });
    workshop.clock.setTo(Instant.parse("2026-03-01T10:00:00Z"));
    JdbcJournalConsumers administration = workshop.administration(workshop.node(consumer));
    append(EVENTS);
    await().until(() -> status(administration).lag() == 0);
    assertThat(workshop.effects("errors")).isEqualTo(EVENTS - 1);
    assertThat(status(administration).parked()).isOne();
    assertThat(workshop.jdbc.queryForObject("select error from journal_parked", String.class))
        .contains(misfortune.named);

    // Both threads of the node still work, also on the record that was ill.
    append(EVENTS);
    await().until(() -> workshop.effects("errors") == 2 * (EVENTS - 1));
    ill.set(false);
    workshop.clock.advance(Duration.ofSeconds(2));
    await().until(() -> workshop.effects("errors") == 2 * EVENTS);
    assertThat(status(administration).parked()).isZero();
  }

  private void append(int events) {
    JournalEntry[] entries = new JournalEntry[events];
    for (int i = 0; i < events; i++) {
      entries[i] = workshop.entry(i);
    }
    workshop.append(entries);
  }

  private static RecordRef root(JournalEvent event) {
    return event.entry().root();
  }

  private static JournalConsumers.Status status(JdbcJournalConsumers administration) {
    return administration.all().get(0);
  }

  @Test
  void aBatchThatFoundNoMemoryIsTriedAgainAndNoEventIsBlamed() {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger fewest = new AtomicInteger(Integer.MAX_VALUE);
    JournalConsumer consumer =
        workshop.consumer(
            "memory",
            events -> {
              if (calls.incrementAndGet() <= 6) {
                fewest.accumulateAndGet(events.size(), Math::min);
                OutOfMemoryError error = new OutOfMemoryError("Java heap space");
                if (calls.get() % 2 == 0) {
                  throw new IllegalStateException("wrapped by a library", error);
                }
                throw error;
              }
            });
    JdbcJournalConsumers administration = workshop.administration(workshop.node(consumer));
    append(EVENTS);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              workshop.clock.advance(Duration.ofSeconds(1));
              return workshop.effects("memory") == EVENTS;
            });
    assertThat(fewest).as("a batch is not split for want of memory").hasValueGreaterThan(1);
    assertThat(status(administration))
        .matches(status -> status.parked() == 0 && status.dead() == 0);
  }

  @Test
  void anErrorInItsHousekeepingDoesNotSilenceANode() {
    AtomicBoolean broken = new AtomicBoolean();
    AtomicInteger errors = new AtomicInteger();
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            if (broken.get() && Thread.currentThread().getName().equals("journal-node")) {
              errors.incrementAndGet();
              throw new NoClassDefFoundError("java/time/Moon");
            }
            return workshop.clock.instant();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    workshop.node(clock, workshop.consumer("housekeeping", events -> {}));
    broken.set(true);
    await().until(() -> errors.get() >= 2);
    broken.set(false);
    long before = beats();
    await()
        .until(
            () -> {
              workshop.clock.advance(Duration.ofSeconds(3));
              return beats() > before;
            });
  }

  private long beats() {
    Long beats = workshop.jdbc.queryForObject("select max(beat) from node", Long.class);
    return beats == null ? 0 : beats;
  }
}
