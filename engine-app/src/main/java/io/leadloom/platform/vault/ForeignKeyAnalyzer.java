package io.leadloom.platform.vault;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of showing where in the code it was noticed. */
final class ForeignKeyAnalyzer extends AbstractFailureAnalyzer<ForeignKeyException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, ForeignKeyException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), VaultCheck.REMEDY, cause);
  }
}
