package io.leadloom.platform.audit;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the whole trail and computes its chain again: whoever changed, removed or added an entry in the database is found
 * out, also at its ends. It does not hold up those who write meanwhile.
 */
@Component
public class AuditVerification {

  private static final int BATCH = 1_000;
  private static final int TRIES = 3;

  private final AuditRows rows;
  private final AuditKeys keys;
  private final TransactionTemplate reading;

  AuditVerification(AuditRows rows, AuditKeys keys, PlatformTransactionManager transactions) {
    this.rows = rows;
    this.keys = keys;
    this.reading = new TransactionTemplate(transactions);
  }

  /**
   * What was found.
   *
   * @param entries how many entries were checked
   * @param first the first entry that is kept; earlier ones were removed by retention
   * @param last the newest entry
   * @param firstBroken the first entry that is not as it was written; null when all are
   * @param reason what is wrong with it
   * @param unverifiable how many entries could not be checked because their key is lost
   * @param head the hash of the newest entry: whoever notes it elsewhere can compare it later
   */
  public record Result(
      boolean intact,
      long entries,
      long first,
      long last,
      @Nullable Long firstBroken,
      @Nullable String reason,
      long unverifiable,
      String head) {}

  /** Checks all entries that there are at this moment. */
  public Result verify() {
    for (int attempt = 1; ; attempt++) {
      AuditChain.Head head = read(rows::head);
      Result result = new Walk(head).result();
      boolean moved = read(rows::head).baseSeq() != head.baseSeq();
      // Retention may have removed what was about to be read.
      if (result.intact() || !moved || attempt == TRIES) {
        return result;
      }
    }
  }

  private <T> T read(java.util.function.Supplier<T> query) {
    return java.util.Objects.requireNonNull(reading.execute(status -> query.get()));
  }

  /** One way along the chain. */
  private final class Walk {

    private final AuditChain.Head head;
    private byte[] previous;
    private long seq;
    private long unverifiable;

    Walk(AuditChain.Head head) {
      this.head = head;
      this.previous = head.baseHash();
      this.seq = head.baseSeq();
    }

    Result result() {
      if (head.untouched()) {
        boolean empty = read(() -> rows.after(0, Long.MAX_VALUE, 1)).isEmpty();
        return empty ? found(null, null) : found(1L, "the head of the chain is missing");
      }
      List<AuditRows.Stored> batch;
      do {
        batch = read(() -> rows.after(seq, head.seq(), BATCH));
        for (AuditRows.Stored stored : batch) {
          String wrong = wrong(stored);
          if (wrong != null) {
            return found(seq + 1, wrong);
          }
          seq++;
          previous = stored.hash();
        }
      } while (!batch.isEmpty());
      if (seq != head.seq()) {
        return found(seq + 1, "it and all after it are missing");
      }
      String end = wrongEnd();
      return end == null ? found(null, null) : found(head.seq(), end);
    }

    private @Nullable String wrong(AuditRows.Stored stored) {
      if (stored.row().seq() != seq + 1) {
        return "it is missing";
      }
      Optional<SecretKey> key = keys.find(stored.row().generation());
      if (key.isEmpty()) {
        unverifiable++;
        return null;
      }
      byte[] expected = AuditChain.hash(key.get(), previous, stored.row());
      return java.security.MessageDigest.isEqual(expected, stored.hash())
          ? null
          : "it was changed, or the entry before it was exchanged";
    }

    private @Nullable String wrongEnd() {
      if (!java.security.MessageDigest.isEqual(previous, head.hash())) {
        return "it is not the entry that was written last";
      }
      Optional<SecretKey> key = keys.find(head.generation());
      boolean sealed =
          key.isEmpty()
              || java.security.MessageDigest.isEqual(AuditChain.mac(key.get(), head), head.mac());
      return sealed
          ? null
          : "the ends of the trail were moved: entries are missing before or after";
    }

    private Result found(@Nullable Long broken, @Nullable String reason) {
      return new Result(
          broken == null,
          seq - head.baseSeq(),
          head.baseSeq() + 1,
          head.seq(),
          broken,
          reason,
          unverifiable,
          HexFormat.of().formatHex(head.hash()));
    }
  }
}
