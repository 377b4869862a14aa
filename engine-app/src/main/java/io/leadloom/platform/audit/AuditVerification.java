package io.leadloom.platform.audit;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
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
   * What was found. Not intact without a broken entry means: nothing is wrong with what could be checked, and the rest
   * could not.
   *
   * @param intact whether every entry and both ends were checked and are as they were written
   * @param entries how many entries were checked
   * @param first the first entry that is kept; earlier ones were removed by retention
   * @param last the newest entry
   * @param firstBroken the first entry that is not as it was written; null when all are
   * @param reason what is wrong with it, or why the ends could not be checked
   * @param unverifiable how many entries could not be checked because the secret key is not the one that opens theirs
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

  private <T> T read(Supplier<T> query) {
    return Objects.requireNonNull(reading.execute(status -> query.get()));
  }

  /** One way along the chain. */
  private final class Walk {

    private final AuditChain.Head head;
    private final Map<Integer, AuditKeys.Found> known = new HashMap<>();
    private byte[] previous;
    private long seq;
    private long unverifiable;

    Walk(AuditChain.Head head) {
      this.head = head;
      this.previous = head.baseHash();
      this.seq = head.baseSeq();
    }

    private AuditKeys.Found key(int generation) {
      return known.computeIfAbsent(generation, keys::find);
    }

    Result result() {
      if (!key(head.generation()).there()) {
        return found(head.seq() + 1, "the head of the chain has no key: entries were removed");
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
      return atTheEnd();
    }

    private @Nullable String wrong(AuditRows.Stored stored) {
      int generation = stored.row().generation();
      if (stored.row().seq() != seq + 1) {
        return "it is missing";
      }
      if (generation > head.generation() || !key(generation).there()) {
        return "it names a key that there never was";
      }
      SecretKey key = key(generation).key();
      if (key == null) {
        unverifiable++;
        return null;
      }
      if (stored.row().action().equals(AuditKeys.KEY_LOST)) {
        // What stood before it, and whether anything is missing there, cannot be known any more.
        unverifiable++;
      }
      byte[] expected = AuditChain.hash(key, previous, stored.row());
      return MessageDigest.isEqual(expected, stored.hash())
          ? null
          : "it was changed, or the entry before it was exchanged";
    }

    private Result atTheEnd() {
      if (!MessageDigest.isEqual(previous, head.hash())) {
        return found(head.seq(), "it is not the entry that was written last");
      }
      SecretKey key = key(head.generation()).key();
      if (key == null) {
        return result(
            null, "the key that the ends were sealed with cannot be opened with the secret key");
      }
      return MessageDigest.isEqual(AuditChain.mac(key, head), head.mac())
          ? result(null, null)
          : found(
              head.seq(), "the ends of the trail were moved: entries are missing before or after");
    }

    private Result found(long broken, String reason) {
      return result(broken, reason);
    }

    private Result result(@Nullable Long broken, @Nullable String reason) {
      return new Result(
          broken == null && reason == null && unverifiable == 0,
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
