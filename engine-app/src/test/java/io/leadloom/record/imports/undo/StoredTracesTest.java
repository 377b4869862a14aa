package io.leadloom.record.imports.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordsErased;
import io.leadloom.testing.LeadloomTest;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What imports have changed in records that are erased is taken out of their traces. */
@LeadloomTest
class StoredTracesTest {

  private static final long IMPORT = 8_000_000_000_001L;
  private static final long FIRST = 9_000_000_000_000L;

  @Autowired private StoredTraces traces;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transactions;

  @BeforeEach
  void anImport() {
    LocalDateTime now = LocalDateTime.of(2026, 1, 1, 12, 0);
    transactions.executeWithoutResult(
        status -> {
          jdbc.update(
              "insert into import_job (id, entity, file_name, total_bytes, status, plan, position, handled_rows,"
                  + " created_rows, updated_rows, unchanged_rows, refused_rows, bytes_read, created_at, epoch,"
                  + " leased_until, tries, traced) values (?, 'LEAD', 'x.csv', 1, 'done', '{}', 0, 0, 0, 0, 0, 0, 0, ?, 0, ?,"
                  + " 0, true)",
              IMPORT,
              now,
              now);
          trace(1, FIRST, FIRST + 1);
          trace(2, FIRST + 10, FIRST + 11);
        });
  }

  @AfterEach
  void away() {
    transactions.executeWithoutResult(
        status -> {
          jdbc.update("delete from import_trace where import_id = ?", IMPORT);
          jdbc.update("delete from import_job where id = ?", IMPORT);
        });
  }

  private void trace(long place, long one, long other) {
    jdbc.update(
        "insert into import_trace (import_id, place, body, low_id, high_id) values (?, ?, ?, ?, ?)",
        IMPORT,
        place,
        StoredTraces.packed(
            "{\"records\": {\"%d\": {\"version\": 2}, \"%d\": {\"version\": 2}}, \"contacts\": {}}"
                .formatted(one, other)),
        one,
        other);
  }

  private void erase(long... leads) {
    transactions.executeWithoutResult(
        status ->
            traces.erased(
                new RecordsErased(
                    EntityType.LEAD, java.util.Arrays.stream(leads).boxed().toList())));
  }

  private Set<Long> left(long place) {
    return Objects.requireNonNull(traces.next(IMPORT, place - 1)).records().keySet();
  }

  @Test
  void LEAD_112_onlyTheErasedOnesAreForgotten() {
    erase(FIRST + 1);
    assertThat(left(1)).containsExactly(FIRST);
    assertThat(left(2)).hasSize(2);
  }

  @Test
  void tracesOfOtherRecordsAreNotRead() {
    // It could not be unpacked.
    transactions.executeWithoutResult(
        status ->
            jdbc.update(
                "update import_trace set body = ? where import_id = ? and place = 2",
                new byte[] {1},
                IMPORT));
    erase(FIRST, FIRST + 1);
    assertThat(left(1)).isEmpty();
  }

  @Test
  void LEAD_112_whatTwoTakeOutOfOneTraceAtOnceIsBothGone() throws Exception {
    AtomicReference<CompletableFuture<Void>> started = new AtomicReference<>();
    transactions.executeWithoutResult(
        status -> {
          traces.erased(new RecordsErased(EntityType.LEAD, List.of(FIRST)));
          CompletableFuture<Void> other = CompletableFuture.runAsync(() -> erase(FIRST + 1));
          started.set(other);
          assertThatThrownBy(() -> other.get(300, TimeUnit.MILLISECONDS))
              .isInstanceOf(TimeoutException.class);
        });
    started.get().get(30, TimeUnit.SECONDS);
    assertThat(left(1)).isEqualTo(Collections.emptySet());
  }
}
