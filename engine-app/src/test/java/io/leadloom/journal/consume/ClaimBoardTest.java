package io.leadloom.journal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets which partitions when, and how long workers rest (decision 20). */
class ClaimBoardTest {

  private static final Duration REST = Duration.ofMillis(20);

  private final MutableClock clock = new MutableClock();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final PartitionEnds ends = new PartitionEnds();
  private final ClaimBoard board = new ClaimBoard(clock, 2, ends, REST, nanos::get);
  private final AtomicReference<Thread> worker = new AtomicReference<>();

  @AfterEach
  void close() {
    board.close();
  }

  private void claims(int... partitions) {
    for (int partition : partitions) {
      board.add(new Claim(partition, 1, 0));
    }
  }

  private static List<Integer> partitions(List<Claim> taken) {
    return taken.stream().map(claim -> claim.partition).toList();
  }

  /** A worker that takes, as soon as there is something. */
  private CompletableFuture<List<Claim>> taking() {
    return CompletableFuture.supplyAsync(
        () -> {
          worker.set(Thread.currentThread());
          try {
            return board.take();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "taking");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private void awaitWaiting(CompletableFuture<List<Claim>> taken) {
    await()
        .until(
            () -> {
              Thread thread = worker.get();
              return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
            });
    assertThat(taken).isNotDone();
  }

  private List<Claim> within(CompletableFuture<List<Claim>> taken) throws Exception {
    return taken.get(15, TimeUnit.SECONDS);
  }

  @Test
  void theFirstEventAfterAQuietTimeWaitsForNothing() throws Exception {
    claims(3);
    ends.raise(3, 1);
    assertThat(partitions(board.take())).containsExactly(3);
  }

  @Test
  void afterABatchWorkersRestUnlessMuchWaits() throws Exception {
    claims(3);
    ends.raise(3, 1);
    List<Claim> first = board.take();
    first.get(0).position = 1;
    board.give(first);
    ends.raise(3, 200);
    CompletableFuture<List<Claim>> next = taking();
    awaitWaiting(next);
    // A wake-up for each commit changes nothing while they rest.
    board.wake();
    awaitWaiting(next);
    nanos.addAndGet(REST.toNanos());
    board.wake();
    assertThat(partitions(within(next))).containsExactly(3);

    List<Claim> second = next.get();
    second.get(0).position = 200;
    board.give(second);
    ends.raise(3, 400);
    assertThat(partitions(board.take())).containsExactly(3);
  }

  @Test
  void aLongRestEndsWhenMuchHasComeMeanwhileThoughNobodyWakesTheWorker() throws Exception {
    ClaimBoard patient = new ClaimBoard(clock, 1, ends, Duration.ofHours(1), nanos::get);
    patient.add(new Claim(3, 1, 0));
    ends.raise(3, 1);
    List<Claim> first = patient.take();
    first.get(0).position = 1;
    patient.give(first);
    CompletableFuture<List<Claim>> next =
        CompletableFuture.supplyAsync(
            () -> {
              worker.set(Thread.currentThread());
              try {
                return patient.take();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    awaitWaiting(next);
    ends.raise(3, 201);
    patient.wake();
    assertThat(partitions(within(next))).containsExactly(3);
  }

  @Test
  void eachWorkerGetsAShareAndThoseServedLongestAgoComeFirst() throws Exception {
    claims(0, 1, 2, 3);
    for (int partition = 0; partition < 4; partition++) {
      ends.raise(partition, 1_000);
    }
    List<Claim> one = board.take();
    List<Claim> other = board.take();
    assertThat(one).hasSize(2);
    assertThat(other).hasSize(2).doesNotContainAnyElementsOf(one);
    board.give(other);
    board.give(one);
    assertThat(board.take()).containsExactlyInAnyOrderElementsOf(one);
  }

  @Test
  void whatHasNothingToReadIsNotHandedOut() throws Exception {
    claims(0, 1, 2, 3);
    ends.raise(2, 7);
    assertThat(partitions(board.take())).containsExactly(2);
  }

  @Test
  void aParkedEventIsWorkWhenItIsDue() throws Exception {
    claims(5);
    Claim claim = board.all().get(0);
    claim.parkedDue = clock.instant().plusSeconds(4);
    CompletableFuture<List<Claim>> taken = taking();
    awaitWaiting(taken);
    clock.advance(Duration.ofSeconds(4));
    board.wake();
    assertThat(within(taken)).containsExactly(claim);
  }

  @Test
  void aPausedBoardHandsNothingOutAndAClosedOneLetsWorkersGo() throws Exception {
    claims(1);
    ends.raise(1, 1);
    board.pause(true);
    CompletableFuture<List<Claim>> taken = taking();
    awaitWaiting(taken);
    assertThat(board.paused()).isTrue();
    board.close();
    assertThat(within(taken)).isEmpty();
  }

  @Test
  void whatAnotherNodeShallHaveIsGivenBackOnlyWhenNoWorkerHasIt() throws Exception {
    claims(0, 1);
    ends.raise(0, 1);
    List<Claim> taken = board.take();
    assertThat(board.leave(Set.of())).extracting(claim -> claim.partition).containsExactly(1);
    board.give(taken);
    assertThat(board.leave(Set.of()))
        .extracting(claim -> claim.partition)
        .containsExactlyInAnyOrder(0, 1);
    taken.forEach(board::lost);
    assertThat(board.partitions()).containsExactly(1);
  }
}
