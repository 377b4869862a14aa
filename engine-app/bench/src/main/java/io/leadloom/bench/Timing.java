package io.leadloom.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Times calls of several kinds in blocks that alternate, so that a machine that is slow for a while is slow for all, and
 * tells median, 95th percentile, the most, and what one call takes of the processor.
 */
final class Timing {

  /** A block ends early when it has taken so long, but not before so many calls. */
  private static final double LONGEST_BLOCK = 20_000;

  private static final int LEAST_ROUNDS = 3;

  private final Settings settings;
  private final App app;
  private final List<Timed> calls = new ArrayList<>();

  Timing(Settings settings, App app) {
    this.settings = settings;
    this.app = app;
  }

  /** Does what is to be timed once, with what has to come before it, and checks what came of it. */
  interface Call {

    /** The milliseconds of what counts. */
    double run();
  }

  private static final class Timed {

    final String figure;
    final ObjectNode more;
    final Call call;
    final Processor processor;
    final List<Double> millis = new ArrayList<>();
    boolean failed;

    Timed(String figure, ObjectNode more, Call call, Processor processor) {
      this.figure = figure;
      this.more = more;
      this.call = call;
      this.processor = processor;
    }
  }

  /**
   * Adds a kind of call.
   *
   * @param target the milliseconds that it should stay below; 0 for none
   */
  void add(String figure, double target, ObjectNode more, Call call) {
    if (target > 0) {
      more.put("target", target);
    }
    calls.add(new Timed(figure, more, call, new Processor(app)));
  }

  /** Takes all figures and prints those whose checks have passed; what failed is told and left out. */
  void measure() {
    calls.forEach(one -> block(one, warmUp(settings), false));
    for (int i = 0; i < settings.repetitions(); i++) {
      calls.forEach(one -> block(one, settings.rounds(), true));
    }
    for (Timed one : calls) {
      if (!one.failed) {
        double[] millis = one.millis.stream().mapToDouble(Double::doubleValue).toArray();
        double target = one.more.path("target").asDouble();
        if (target > 0) {
          double[] sorted = one.millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
          one.more.put("met", Report.median(sorted) < target);
        }
        one.processor.tell(one.more);
        Report.figure(settings, one.figure, "ms", millis, one.more);
      }
    }
    calls.clear();
  }

  private void block(Timed one, int rounds, boolean counted) {
    if (one.failed) {
      return;
    }
    try {
      if (counted) {
        one.processor.begin();
      }
      int done = 0;
      double spent = 0;
      while (done < rounds && (done < LEAST_ROUNDS || spent < LONGEST_BLOCK)) {
        double took = one.call.run();
        spent += took;
        done++;
        if (counted) {
          one.millis.add(took);
        }
      }
      if (counted) {
        one.processor.end(done);
      }
    } catch (IllegalStateException e) {
      one.failed = true;
      System.err.println("FAILED " + one.figure + " " + one.more + ": " + e.getMessage());
    }
  }

  private static int warmUp(Settings settings) {
    return 1 + settings.rounds() * 3 / 4;
  }

  /** How often a call is made at most. */
  static int most(Settings settings) {
    return warmUp(settings) + settings.repetitions() * settings.rounds();
  }

  /** The milliseconds that some work takes. */
  static double millis(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e6;
  }
}
