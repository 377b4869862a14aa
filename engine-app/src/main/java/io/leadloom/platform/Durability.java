package io.leadloom.platform;

/**
 * Tells when what was committed is on disk. Work that nobody outside has seen need not wait for it: after a crash the
 * database is as it was at some commit, and the journal's consumers go on from there. An answer to a caller and a message
 * to the outside must wait.
 */
public interface Durability {

  /** Returns when everything that was committed before the call survives the end of the process. */
  void await();
}
