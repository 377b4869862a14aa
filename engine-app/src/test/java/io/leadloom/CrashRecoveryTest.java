package io.leadloom;

import io.leadloom.bench.CrashBench;
import io.leadloom.bench.Settings;
import io.leadloom.testing.ApplicationProcess;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process is killed without warning, three times, in the middle of runs that wait and call out. */
class CrashRecoveryTest {

  private static final int LEADS = 2_000;

  @Test
  void everyEffectHappensExactlyOnceWhateverMomentTheProcessDies() throws IOException {
    String[] arguments = {"size=" + LEADS, "jvm=-Xmx1g -XX:TieredStopAtLevel=1"};
    List<String> launch =
        List.of("-cp", ApplicationProcess.classPathWithoutTests(), "io.leadloom.Leadloom");

    CrashBench.run(Settings.of(arguments, LEADS).launchedBy(launch, ApplicationProcess.freePort()));
  }
}
