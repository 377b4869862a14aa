package io.leadloom.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;

/** Prints one JSON line per figure. */
final class Report {

  private static final int MOST_SHOWN = 20;

  private Report() {}

  /** A figure taken several times: the median and the spread, the checks having passed. */
  static void figure(
      Settings settings, String what, String unit, double[] values, ObjectNode more) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    ObjectNode line =
        Json.object()
            .put("figure", what)
            .put("unit", unit)
            .put("median", round(median(sorted)))
            .put("least", round(sorted[0]))
            .put("most", round(sorted[sorted.length - 1]))
            .put("repetitions", values.length)
            .put("database", settings.database())
            .put("size", settings.size())
            .put("jvm", settings.jvmFlags())
            .put("java", Runtime.version().toString())
            .put("processors", Runtime.getRuntime().availableProcessors())
            .put("at", Instant.now().toString())
            .put("checked", true);
    if (values.length <= MOST_SHOWN) {
      ArrayNode each = line.putArray("values");
      for (double value : values) {
        each.add(round(value));
      }
    }
    line.setAll(more);
    System.out.println(line);
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The value below which the given share of the sorted values lies. */
  static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }

  static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
