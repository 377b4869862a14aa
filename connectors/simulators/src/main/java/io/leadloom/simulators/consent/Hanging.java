package io.leadloom.simulators.consent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests that are accepted and not answered. */
final class Hanging {

  private static final long LONGEST_SECONDS = 120;

  private CountDownLatch latch = new CountDownLatch(0);
  private int before;

  /** Begins after so many requests. */
  synchronized void begin(int after) {
    before = after;
    latch = new CountDownLatch(1);
  }

  synchronized void end() {
    latch.countDown();
  }

  /** Whether a request that comes now is not answered. */
  synchronized boolean takes() {
    return latch.getCount() > 0 && before-- <= 0;
  }

  private synchronized CountDownLatch present() {
    return latch;
  }

  /** Waits for the end. */
  void await() {
    try {
      if (!present().await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
