package io.leadloom.automation.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 11, 12, 13, 59, 60, 100, 1_000, 99_999, 100_000})
  void noMinuteHasMoreStartsThanWanted(int perMinute) {
    Duration pause = HeldStarts.pause(perMinute);
    Duration minute = Duration.ofMinutes(1);
    long portions = 1 + minute.minusNanos(1).dividedBy(pause);
    assertThat(portions * HeldStarts.portion(perMinute)).isBetween(1L, (long) perMinute);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 60, 600, 1_000})
  void aMinuteHasNearlyAsManyAsWanted(int perMinute) {
    long portions = 1 + Duration.ofMinutes(1).dividedBy(HeldStarts.pause(perMinute));
    assertThat(portions * HeldStarts.portion(perMinute))
        .isGreaterThanOrEqualTo(perMinute * 9L / 10);
  }
}
