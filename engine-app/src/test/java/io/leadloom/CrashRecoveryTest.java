package io.leadloom;

import io.leadloom.bench.CrashBench;
import io.leadloom.bench.Settings;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The process is killed without warning, three times, in the middle of runs that wait and call out. */
class CrashRecoveryTest {

  private static final int LEADS = 2_000;

  @Test
  void everyEffectHappensExactlyOnceWhateverMomentTheProcessDies() throws IOException {
    String[] arguments = {"size=" + LEADS, "jvm=-Xmx1g -XX:TieredStopAtLevel=1"};
    List<String> launch = List.of("-cp", classPathWithoutTests(), "io.leadloom.Leadloom");

    CrashBench.run(Settings.of(arguments, LEADS).launchedBy(launch, freePort()));
  }

  private static String classPathWithoutTests() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
