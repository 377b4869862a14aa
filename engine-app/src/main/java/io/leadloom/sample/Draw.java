package io.leadloom.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/** Draws that come out the same at every first start. */
final class Draw {

  private final Random random;

  Draw(Random random) {
    this.random = random;
  }

  <T> T one(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** The index of the weight that was hit. */
  int weighted(int... weights) {
    int total = 0;
    for (int weight : weights) {
      total += weight;
    }
    int hit = random.nextInt(total);
    int index = 0;
    while (hit >= weights[index]) {
      hit -= weights[index++];
    }
    return index;
  }

  /** A moment within working hours (UTC) of the days before, more often a recent one. */
  Instant past(Instant now, int days) {
    double share = random.nextDouble();
    long minutes = (long) (share * share * days * 24 * 60);
    return now.minus(Duration.ofMinutes(minutes + 5)).truncatedTo(ChronoUnit.MINUTES);
  }

  /** A moment between two others. */
  Instant between(Instant from, Instant to) {
    long seconds = Math.max(1, Duration.between(from, to).toSeconds());
    return from.plusSeconds((long) (random.nextDouble() * seconds)).truncatedTo(ChronoUnit.SECONDS);
  }
}
