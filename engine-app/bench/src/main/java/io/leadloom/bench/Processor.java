package io.leadloom.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the application takes of the processor for one run, as a whole and by kind of thread. Others who load the machine
 * change it less than they change rates.
 */
final class Processor {

  private final App app;
  private final List<Double> millis = new ArrayList<>();
  private final Map<String, List<Double>> micros = new TreeMap<>();
  private Map<String, Double> threadsBefore = Map.of();
  private double before;

  Processor(App app) {
    this.app = app;
  }

  void begin() {
    threadsBefore = app.cpuByThread();
    before = app.cpuSeconds();
  }

  void end(int runs) {
    millis.add((app.cpuSeconds() - before) * 1000 / runs);
    app.cpuByThread()
        .forEach(
            (thread, seconds) ->
                micros
                    .computeIfAbsent(thread, any -> new ArrayList<>())
                    .add((seconds - threadsBefore.getOrDefault(thread, 0.0)) * 1e6 / runs));
  }

  /** Adds the medians of all repetitions; threads that take less than a microsecond are left out. */
  void tell(ObjectNode figure) {
    figure.put("cpuMillisPerRun", Math.round(median(millis) * 1000) / 1000.0);
    ObjectNode threads = figure.putObject("cpuMicrosByThread");
    micros.forEach(
        (thread, values) -> {
          double median = median(values);
          if (median >= 1) {
            threads.put(thread, Math.round(median * 10) / 10.0);
          }
        });
  }

  private static double median(List<Double> values) {
    return Report.median(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }
}
