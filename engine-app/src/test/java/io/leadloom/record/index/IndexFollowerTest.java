package io.leadloom.record.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.platform.EntityType;
import io.leadloom.record.index.IndexFollower.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When a node's index answers, and what becomes of it when it or the database fails. */
class IndexFollowerTest extends IndexTest {

  @Test
  void searchesAskTheDatabaseWhileTheIndexFailsAndItAgainAfterwards() {
    MovedTail broken = new MovedTail(tail);
    IndexFollower follower =
        new IndexFollower(
            broken,
            documents(),
            () -> {},
            new IndexSettings(directory.toString(), Duration.ofMillis(200), Duration.ofDays(1)));
    follower.start();
    try {
      await().atMost(PATIENCE).until(() -> follower.index(EntityType.LEAD, Wanted.EXACT) != null);
      RecordIndex before = follower.index(EntityType.LEAD, Wanted.PRESENT);
      broken.failing = true;
      lead();
      await().atMost(PATIENCE).until(() -> follower.index(EntityType.LEAD, Wanted.LATEST) == null);
      broken.failing = false;
      await().atMost(PATIENCE).until(() -> follower.index(EntityType.LEAD, Wanted.EXACT) != null);
      // What has been filled does not have to be opened again.
      assertThat(follower.index(EntityType.LEAD, Wanted.PRESENT)).isSameAs(before);

      // More events than there will be: the index is behind for good.
      broken.by = 5;
      assertThat(follower.index(EntityType.LEAD, Wanted.EXACT)).isNull();
      assertThat(follower.index(EntityType.LEAD, Wanted.LATEST)).isNotNull();
    } finally {
      follower.stop();
    }
  }

  @Test
  void anIndexInWhichASearchFailedIsMadeAgainWhenItIsDamagedOnly() throws IOException {
    long lead = lead();
    IndexFollower follower =
        new IndexFollower(
            tail,
            documents(),
            () -> {},
            new IndexSettings(directory.toString(), Duration.ofSeconds(10), Duration.ofDays(1)));
    follower.start();
    try {
      await().atMost(PATIENCE).until(() -> follower.index(EntityType.LEAD, Wanted.EXACT) != null);
      RecordIndex whole = Objects.requireNonNull(follower.index(EntityType.LEAD, Wanted.PRESENT));
      assertThat(leads(whole)).contains(lead);
      follower.doubt(EntityType.LEAD, whole, new IllegalStateException("for the test"));
      lead();
      await().atMost(PATIENCE).until(() -> follower.index(EntityType.LEAD, Wanted.EXACT) != null);
      assertThat(follower.index(EntityType.LEAD, Wanted.PRESENT)).isSameAs(whole);

      damageAll();
      follower.doubt(EntityType.LEAD, whole, new IllegalStateException("for the test"));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                RecordIndex now = follower.index(EntityType.LEAD, Wanted.EXACT);
                return now != null && now != whole;
              });
      RecordIndex healed = Objects.requireNonNull(follower.index(EntityType.LEAD, Wanted.PRESENT));
      assertThat(leads(healed)).contains(lead);

      // Somebody was slow to fail in the index that has gone.
      damageAll();
      follower.doubt(EntityType.LEAD, whole, new IllegalStateException("for the test"));
      lead();
      await().atMost(PATIENCE).until(() -> follower.index(EntityType.LEAD, Wanted.EXACT) != null);
      assertThat(follower.index(EntityType.LEAD, Wanted.PRESENT)).isSameAs(healed);
    } finally {
      follower.stop();
    }
  }
}
