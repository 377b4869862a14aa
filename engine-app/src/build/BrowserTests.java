import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the built jar with its sample data on a database of its own and lets the browser tests of the user interface walk
 * through it. Without a Chromium on the machine it says so and passes.
 *
 * <p>{@code java BrowserTests.java target/leadloom.jar}; the environment variable {@code CHROMIUM} names a browser
 * elsewhere.
 */
final class BrowserTests {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private BrowserTests() {}

  public static void main(String[] args) throws Exception {
    Optional<Path> chromium = chromium();
    if (chromium.isEmpty()) {
      System.out.println("Browser tests: SKIPPED, no Chromium found (set CHROMIUM to its path)");
      return;
    }
    Path folder = Files.createTempDirectory("leadloom-browser-tests");
    int port = freePort();
    Path log = folder.resolve("app.log");
    Process app =
        new ProcessBuilder(
                java(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of(args[0]).toAbsolutePath().toString(),
                "--server.port=" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int result;
    try {
      String url = "http://localhost:" + port;
      awaitSampleData(url, app, log);
      ProcessBuilder tests =
          new ProcessBuilder(java(), "src/build/UiBuild.java", "e2e").inheritIO();
      tests.environment().put("LEADLOOM_URL", url);
      tests.environment().put("CHROMIUM", chromium.get().toString());
      result = tests.start().waitFor();
      if (result != 0) {
        System.err.println("Browser tests: the application's log was\n" + Files.readString(log));
      }
    } finally {
      app.destroy();
      if (!app.waitFor(20, TimeUnit.SECONDS)) {
        app.destroyForcibly();
      }
    }
    System.exit(result);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Optional<Path> chromium() {
    String named = System.getenv("CHROMIUM");
    return Stream.of(
            named == null ? "" : named,
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The sample people can sign in as soon as the sample data is there. */
  private static void awaitSampleData(String url, Process app, Path log)
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String basic = java.util.Base64.getEncoder().encodeToString("admin:leadloom".getBytes());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/session"))
            .header("Authorization", "Basic " + basic)
            .timeout(Duration.ofSeconds(10))
            .build();
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end && app.isAlive()) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // The server does not listen yet.
      }
      Thread.sleep(500);
    }
    app.destroyForcibly();
    throw new IllegalStateException("The application did not start:\n" + Files.readString(log));
  }
}
