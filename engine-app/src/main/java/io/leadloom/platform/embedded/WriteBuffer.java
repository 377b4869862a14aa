package io.leadloom.platform.embedded;

import java.lang.reflect.Field;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much that is not yet in its file H2 gathers before it writes: a thirty-second of the heap, at most 128 MB by H2's
 * own reckoning, instead of 19 MB. Each write holds all pages from a changed one up to the root of its table or index, so
 * a million records with their indexes make H2 write the same pages again for every few rows; what is gathered longer is
 * written once (decision 33). H2 has no setting for it.
 */
final class WriteBuffer {

  private static final Logger LOG = LoggerFactory.getLogger(WriteBuffer.class);
  private static final String FIELD = "autoCommitMemory";
  private static final long MOST = 128L << 20;
  private static final int SHARE = 32;

  private WriteBuffer() {}

  /** Has a store gather more; leaves it as it is when H2 keeps the number elsewhere. */
  static void widen(MVStore store) {
    int wanted = (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE);
    // Zero is a store in memory, which writes nothing.
    if (store.getAutoCommitMemory() == 0 || store.getAutoCommitMemory() >= wanted) {
      return;
    }
    try {
      Field field = MVStore.class.getDeclaredField(FIELD);
      field.setAccessible(true);
      field.setInt(store, wanted);
    } catch (ReflectiveOperationException e) {
      LOG.warn("H2 writes in small portions: {}", e.toString());
    }
  }
}
