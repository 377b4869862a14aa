package io.leadloom.platform.vault;

/** Whoever stores sealed secrets: seals them again after the key of the vault was changed. */
public interface Resealing {

  /** Seals again, in one transaction, what a previous key sealed; returns how many secrets that were. */
  int reseal();
}
