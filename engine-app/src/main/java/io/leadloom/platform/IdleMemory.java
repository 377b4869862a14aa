package io.leadloom.platform;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Gives back to the machine what a start needs and nobody needs afterwards: a JVM without work collects nothing, and
 * would keep it for as long as it is idle. It is one pause of some tenths of a second, before there is much to do.
 */
public final class IdleMemory {

  private static final String FREE = "MaxHeapFreeRatio";

  /** Share of the heap that stays free, in percent; the JVM's own 70 makes the heap three times what is in use. */
  private static final String FREE_WHEN_IDLE = "40";

  private IdleMemory() {}

  /**
   * Waits until a start's own work in the background is over, then collects once.
   *
   * @param work how long that work takes
   */
  public static void giveBackAfter(Duration work) {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (machine == null) {
      return;
    }
    try {
      Thread.sleep(work.toMillis());
      String before = machine.getVMOption(FREE).getValue();
      machine.setVMOption(FREE, FREE_WHEN_IDLE);
      System.gc();
      machine.setVMOption(FREE, before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalArgumentException e) {
      // Another JVM, or a heap that is told to keep more free: their ways with memory are their
      // own.
      return;
    }
  }
}
