package io.leadloom.automation.run;

import java.util.HashMap;
import java.util.Map;

/** Counts what runs did at each card during one batch; written once at its end. */
final class RunFigures {

  /** The name under which the runs themselves are counted. */
  static final String RUNS = "";

  private final Map<Key, int[]> counts = new HashMap<>();

  /** One card of one version. */
  record Key(long versionId, String card) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byVersion = Long.compare(versionId, other.versionId);
      return byVersion != 0 ? byVersion : card.compareTo(other.card);
    }
  }

  void entered(LiveRun run, String card) {
    at(run, card)[0]++;
  }

  void waiting(LiveRun run, String card, int change) {
    waiting(run.version.id(), card, change);
  }

  void waiting(long versionId, String card, int change) {
    at(versionId, card)[1] += change;
  }

  void done(LiveRun run, String card) {
    at(run, card)[2]++;
  }

  void failed(LiveRun run, String card, int change) {
    failed(run.version.id(), card, change);
  }

  void failed(long versionId, String card, int change) {
    at(versionId, card)[3] += change;
  }

  private int[] at(LiveRun run, String card) {
    return at(run.version.id(), card);
  }

  private int[] at(long versionId, String card) {
    return counts.computeIfAbsent(new Key(versionId, card), key -> new int[4]);
  }

  /** The counts: entered, waiting, done, failed. */
  Map<Key, int[]> counts() {
    return counts;
  }
}
