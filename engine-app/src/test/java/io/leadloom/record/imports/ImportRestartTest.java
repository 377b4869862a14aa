package io.leadloom.record.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.imports.starts.Starts;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

@LeadloomTest(
    properties = {
      "leadloom.test.database=import-restart",
      "leadloom.imports.folder=target/imports-restart",
      "leadloom.imports.chunk=50"
    })
class ImportRestartTest {

  /** As if the machine had lost its power: nothing handles it. */
  private static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Autowired private Imports imports;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MutableClock clock;
  @MockitoSpyBean private Records records;

  /** Imports write through the importer's door; its sessions are those that are cut here. */
  @BeforeEach
  void everybodysDoor() {
    Mockito.doReturn(records).when(records).as(Mockito.any());
  }

  @AfterEach
  void powerIsBack() {
    // What is cut is on the way that imports go.
    Mockito.verify(records, Mockito.atLeastOnce()).as(Mockito.any());
    Mockito.reset(records);
  }

  private ImportJob start(String csv) {
    ImportRequest request =
        new ImportRequest(
            EntityType.LEAD,
            null,
            null,
            Duplicates.UPDATE,
            "leads.csv",
            Map.of(),
            false,
            List.of(),
            null,
            null,
            null,
            Starts.YES,
            false);
    return imports.start(request, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }

  private static String leads(String name, int rows) {
    StringBuilder csv = new StringBuilder("email,city\n");
    for (int i = 0; i < rows; i++) {
      csv.append(name).append(i).append("@restart.example,").append(name).append('\n');
    }
    return csv.toString();
  }

  /** Automations open sessions too. */
  private static boolean isImport() {
    return Thread.currentThread().getName().equals("import-writer");
  }

  private long leadsIn(String city) {
    return jdbc.queryForObject("select count(*) from leads where city = ?", Long.class, city);
  }

  @Test
  void afterCrashesTheImportGoesOnBehindItsLastChunkAndNoRowIsLostOrRepeated() {
    AtomicInteger sessions = new AtomicInteger();
    Mockito.doAnswer(
            call -> {
              int session = isImport() ? sessions.incrementAndGet() : 0;
              if (session == 4 || session == 9) {
                throw new PowerCut();
              }
              RecordSession open = (RecordSession) call.callRealMethod();
              if (session == 13) {
                // Everything is written, nothing committed.
                RecordSession cut = Mockito.spy(open);
                Mockito.doAnswer(
                        flush -> {
                          flush.callRealMethod();
                          throw new PowerCut();
                        })
                    .when(cut)
                    .flush();
                return cut;
              }
              return open;
            })
        .when(records)
        .open();
    long id = start(leads("crash", 1_000)).id();
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(20));
              return imports.get(id).status() != ImportJob.Status.RUNNING;
            });
    ImportJob job = imports.get(id);
    assertThat(job.status()).isEqualTo(ImportJob.Status.DONE);
    assertThat(sessions.get()).isGreaterThan(20);
    assertThat(job.rows()).isEqualTo(1_000);
    assertThat(job.created()).isEqualTo(1_000);
    assertThat(leadsIn("crash")).isEqualTo(1_000);
  }

  @Test
  void aCancelledImportStopsAtTheNextChunkAndKeepsWhatIsWritten() {
    AtomicInteger sessions = new AtomicInteger();
    Mockito.doAnswer(
            call -> {
              if (isImport() && sessions.incrementAndGet() == 3) {
                jdbc.queryForList("select id from import_job where status = 'running'", Long.class)
                    .forEach(this::cancelElsewhere);
              }
              return call.callRealMethod();
            })
        .when(records)
        .open();
    long id = start(leads("cancel", 1_000)).id();
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .until(() -> imports.get(id).status() != ImportJob.Status.RUNNING);
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .until(() -> leadsIn("cancel") == 100);
    ImportJob job = imports.get(id);
    assertThat(job.status()).isEqualTo(ImportJob.Status.CANCELLED);
    assertThat(job.rows()).isEqualTo(100);
    assertThat(job.created()).isEqualTo(100);
  }

  /** Another thread, as a request would be, so that it has a transaction of its own. */
  private void cancelElsewhere(long id) {
    Thread request = new Thread(() -> imports.cancel(id));
    request.start();
    try {
      request.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
