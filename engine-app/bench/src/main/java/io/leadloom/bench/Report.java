package io.leadloom.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;

/** Prints one JSON line per figure. */
final class Report {

  private static final int MOST_SHOWN = 20;

  /** How busy the machine was with others when the program began. */
  private static double loadBefore = -1;

  private static final String MACHINE = machine();

  private Report() {}

  /** Looks at the machine before the program does anything. */
  static void begin() {
    loadBefore = round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

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
            .put("p95", round(percentile(sorted, 0.95)))
            .put("least", round(sorted[0]))
            .put("most", round(sorted[sorted.length - 1]))
            .put("repetitions", values.length)
            .put("database", settings.database())
            .put("size", settings.size())
            .put("jvm", settings.jvmFlags())
            .put("java", Runtime.version().toString())
            .put("processors", Runtime.getRuntime().availableProcessors())
            .put("machine", MACHINE)
            .put("quiet", settings.quiet())
            .put("loadBefore", loadBefore)
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
    keep(settings, line.toString());
  }

  /** Adds a line to the file of the day where that is wanted. */
  private static void keep(Settings settings, String line) {
    if (settings.results().isEmpty()) {
      return;
    }
    Path file =
        Path.of(settings.results()).resolve(LocalDate.now(ZoneOffset.UTC).toString() + ".jsonl");
    try {
      Files.createDirectories(Path.of(settings.results()));
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The processor and the memory, as far as Linux tells. */
  private static String machine() {
    String model = value(Path.of("/proc/cpuinfo"), "model name");
    String memory = value(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
    long gigabytes = memory.isEmpty() ? 0 : Math.round(Long.parseLong(memory) / 1024.0 / 1024.0);
    return Runtime.getRuntime().availableProcessors()
        + " x "
        + (model.isEmpty() ? System.getProperty("os.arch") : model)
        + ", "
        + gigabytes
        + " GB";
  }

  private static String value(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
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
