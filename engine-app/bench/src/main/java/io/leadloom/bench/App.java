package io.leadloom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The application as a process of its own: the built jar on a database of its own. */
final class App implements AutoCloseable {

  private static final int MOST_SHOWN = 200;
  private static final int MOST_COMPLAINTS = 8;
  private static final Duration START_LIMIT = Duration.ofSeconds(240);

  private final Settings settings;
  private final Path folder;
  private final boolean kept;
  private final Api api;
  private Process process;
  private double startSeconds;

  private App(Settings settings, Path folder, boolean kept, Process process, Api api) {
    this.settings = settings;
    this.folder = folder;
    this.kept = kept;
    this.process = process;
    this.api = api;
  }

  /** Starts on an empty database and makes the first administrator. */
  static App fresh(Settings settings) throws IOException {
    Path folder = Files.createTempDirectory("leadloom-bench");
    return start(settings, folder, false, true);
  }

  /**
   * Starts in a folder that stays when the application has ended.
   *
   * @param empty whether there is nothing in it yet; on MySQL the schema is made anew then, otherwise it is used as it is
   */
  static App kept(Settings settings, Path folder, boolean empty) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve("app.log"));
    return start(settings, folder, true, empty);
  }

  private static App start(Settings settings, Path folder, boolean kept, boolean empty)
      throws IOException {
    if (empty && settings.mysql()) {
      emptySchema(settings);
    }
    App app = new App(settings, folder, kept, launch(settings, folder), new Api(settings.port()));
    try {
      app.awaitStart();
      if (empty) {
        app.api.setUp();
      }
      return app;
    } catch (RuntimeException | IOException e) {
      app.close();
      throw e;
    }
  }

  Api api() {
    return api;
  }

  /** Seconds from the start of the process to the first HTTP answer, of the latest start. */
  double startSeconds() {
    return startSeconds;
  }

  /** Ends the process without any warning, as a power failure does. */
  void killHard() {
    process.destroyForcibly();
    waitForEnd();
  }

  /** Starts again on the same database. */
  void restart() throws IOException {
    process = launch(settings, folder);
    awaitStart();
  }

  /** Resident memory of the process in megabytes. */
  long residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return -1;
  }

  /** Processor time that the process has used so far, its compiler and collector included. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
  }

  /**
   * Processor time that each kind of thread has used so far, in seconds, by names such as {@code journal-automat}: Linux
   * keeps the first 15 characters. Threads that have ended are missing, so that only differences of short times count.
   */
  Map<String, Double> cpuByThread() {
    Map<String, Double> seconds = new TreeMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads.toList()) {
        try {
          String name = Files.readString(thread.resolve("comm")).trim();
          String nanos = Files.readString(thread.resolve("schedstat")).split(" ")[0];
          seconds.merge(kind(name), Long.parseLong(nanos) / 1e9, Double::sum);
        } catch (IOException e) {
          // It has ended meanwhile.
          continue;
        }
      }
    } catch (IOException e) {
      // Not on Linux.
      return Map.of();
    }
    return seconds;
  }

  private static String kind(String name) {
    if (name.startsWith("G1 ") || name.startsWith("GC ") || name.startsWith("VM ")) {
      return "collector";
    }
    if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
      return "compiler";
    }
    return name.startsWith("http-") ? "requests" : name;
  }

  /** Megabytes that a folder of the application takes, such as its data. */
  long diskMegabytes(String name) throws IOException {
    Path place = folder.resolve(name);
    if (!Files.exists(place)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.exists(file) ? Files.size(file) : 0;
      }
    }
    return bytes / (1024 * 1024);
  }

  /** Bytes of live heap after a full collection. */
  long liveHeapMegabytes() throws IOException {
    Process jcmd =
        new ProcessBuilder("jcmd", Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String total = "";
    try (var reader = jcmd.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("Total")) {
          total = line;
        }
      }
    }
    String[] parts = total.trim().split("\\s+");
    return parts.length < 3 ? -1 : Long.parseLong(parts[2]) / (1024 * 1024);
  }

  @Override
  public void close() {
    process.destroy();
    waitForEnd();
    tellErrors();
    if (kept) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the application itself calls an error, with what follows it, since its log goes with its folder. */
  private void tellErrors() {
    try (Stream<String> lines = Files.lines(folder.resolve("app.log"))) {
      lines
          .dropWhile(line -> !line.contains(" ERROR "))
          .limit(MOST_SHOWN)
          .forEach(System.err::println);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The latest warnings and errors of the application, for whoever tells of a failure. */
  List<String> complaints() {
    try (Stream<String> lines = Files.lines(folder.resolve("app.log"))) {
      List<String> all =
          lines.filter(line -> line.contains(" ERROR ") || line.contains(" WARN ")).toList();
      return all.subList(Math.max(0, all.size() - MOST_COMPLAINTS), all.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void waitForEnd() {
    try {
      // Whoever goes on with the same database later must not begin with repairing it.
      if (!process.waitFor(kept ? 300 : 30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(Settings settings, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(settings.java());
    command.addAll(
        Arrays.stream(settings.jvmFlags().split(" ")).filter(flag -> !flag.isBlank()).toList());
    command.addAll(settings.launch());
    command.addAll(
        List.of(
            "--server.port=" + settings.port(),
            "--leadloom.sample-data=false",
            "--leadloom.webhooks.protection=false"));
    if (settings.mysql()) {
      command.add("--spring.profiles.active=mysql");
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("app.log").toFile()));
    if (settings.mysql()) {
      builder.environment().put("LEADLOOM_DB_URL", settings.mysqlUrl());
      builder.environment().put("LEADLOOM_DB_USER", settings.mysqlUser());
      builder.environment().put("LEADLOOM_DB_PASSWORD", settings.mysqlPassword());
    }
    return builder.start();
  }

  private void awaitStart() throws IOException {
    long begin = System.nanoTime();
    while (!api.answers()) {
      if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
        throw new IllegalStateException(
            "The application did not start:\n" + Files.readString(folder.resolve("app.log")));
      }
      Waiting.pause(Duration.ofMillis(50));
    }
    startSeconds = (System.nanoTime() - begin) / 1e9;
  }

  private static void emptySchema(Settings settings) {
    String url = settings.mysqlUrl();
    int slash = url.indexOf('/', "jdbc:mysql://".length());
    int question = url.indexOf('?');
    String schema = url.substring(slash + 1, question < 0 ? url.length() : question);
    String server = url.substring(0, slash + 1) + (question < 0 ? "" : url.substring(question));
    try (Connection connection =
            DriverManager.getConnection(server, settings.mysqlUser(), settings.mysqlPassword());
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists `" + schema + "`");
      statement.execute(
          "create database `" + schema + "` character set utf8mb4 collate utf8mb4_0900_as_ci");
    } catch (SQLException e) {
      throw new IllegalStateException("The MySQL schema could not be made: " + e.getMessage(), e);
    }
  }
}
