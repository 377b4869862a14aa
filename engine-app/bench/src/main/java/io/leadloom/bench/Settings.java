package io.leadloom.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to run and where, from arguments like {@code name=value} or {@code --name=value}.
 *
 * @param launch what follows {@code java}: {@code -jar} and the built application, or a class path and the main class
 * @param database {@code h2} or {@code mysql}
 * @param size how many leads, rows or events
 * @param repetitions how often each figure is taken; the median is reported
 * @param warmUp how many leads, rows or events go through before the first figure, so that the compiler has done its work
 * @param only which of a program's figures to take, such as {@code S.journal}; empty means all
 * @param keep the folder in which the database stays after the run, for the next one; empty for one that goes with the run.
 *     Only {@code WorkspaceBench} keeps any
 * @param lists how many smart lists there are
 * @param rounds how many calls of a kind are made in one block
 * @param chunk how many rows each imported file has
 * @param quiet whether nothing else runs on the machine, as whoever starts the program says
 * @param results the folder in which lines are also added to the file of the day; empty for none
 */
public record Settings(
    List<String> launch,
    String database,
    int size,
    int repetitions,
    int warmUp,
    Set<String> only,
    int port,
    String java,
    String jvmFlags,
    String mysqlUrl,
    String mysqlUser,
    String mysqlPassword,
    String keep,
    int lists,
    int rounds,
    int chunk,
    boolean quiet,
    String results) {

  public static Settings of(String[] arguments, int defaultSize) {
    Report.begin();
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals > 0) {
        given.put(
            argument.substring(0, equals).replaceFirst("^--", ""), argument.substring(equals + 1));
      }
    }
    return new Settings(
        List.of(
            "-jar",
            Path.of(given.getOrDefault("jar", "engine-app/target/leadloom.jar"))
                .toAbsolutePath()
                .toString()),
        given.getOrDefault("database", "h2"),
        Integer.parseInt(
            given.getOrDefault("size", given.getOrDefault("leads", Integer.toString(defaultSize)))),
        Integer.parseInt(given.getOrDefault("repetitions", "3")),
        Integer.parseInt(given.getOrDefault("warmup", "60000")),
        given.containsKey("only") ? Set.of(given.get("only").split(",")) : Set.of(),
        Integer.parseInt(given.getOrDefault("port", "8190")),
        given.getOrDefault(
            "java", Path.of(System.getProperty("java.home"), "bin", "java").toString()),
        given.getOrDefault("jvm", ""),
        given.getOrDefault(
            "mysql-url",
            "jdbc:mysql://127.0.0.1:3307/leadloom_bench?rewriteBatchedStatements=true&sslMode=DISABLED&allowPublicKeyRetrieval=true"
                + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"),
        given.getOrDefault("mysql-user", "leadloom"),
        given.getOrDefault("mysql-password", "leadloom"),
        given.getOrDefault("keep", ""),
        Integer.parseInt(given.getOrDefault("lists", "200")),
        Integer.parseInt(given.getOrDefault("rounds", "20")),
        Integer.parseInt(given.getOrDefault("chunk", "100000")),
        Boolean.parseBoolean(given.getOrDefault("quiet", "false")),
        given.getOrDefault("results", ""));
  }

  /** The same, but started in another way and on another port. */
  public Settings launchedBy(List<String> otherLaunch, int otherPort) {
    return new Settings(
        List.copyOf(otherLaunch),
        database,
        size,
        repetitions,
        warmUp,
        only,
        otherPort,
        java,
        jvmFlags,
        mysqlUrl,
        mysqlUser,
        mysqlPassword,
        keep,
        lists,
        rounds,
        chunk,
        quiet,
        results);
  }

  /** Whether this figure is wanted. */
  boolean wants(String figure) {
    return only.isEmpty() || only.contains(figure);
  }

  boolean mysql() {
    return database.equals("mysql");
  }
}
