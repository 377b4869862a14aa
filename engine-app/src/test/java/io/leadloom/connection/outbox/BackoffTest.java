package io.leadloom.connection.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff middle =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15), () -> 0.5);

  @Test
  void grows_fourfold_up_to_the_longest_wait() {
    assertThat(middle.after(1, null)).isEqualTo(Duration.ofSeconds(5));
    assertThat(middle.after(2, null)).isEqualTo(Duration.ofSeconds(20));
    assertThat(middle.after(3, null)).isEqualTo(Duration.ofSeconds(80));
    assertThat(middle.after(20, null)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void jitters_by_a_quarter() {
    assertThat(new Backoff(Duration.ofSeconds(4), Duration.ofMinutes(1), () -> 0).after(1, null))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(new Backoff(Duration.ofSeconds(4), Duration.ofMinutes(1), () -> 1).after(1, null))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void never_comes_before_the_receivers_wish() {
    assertThat(middle.after(1, Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    assertThat(middle.after(3, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(80));
  }
}
