package io.leadloom.platform.html;

import java.util.Optional;

/** The signatures that people put under the mails they send (SET-043). */
public interface MailSignatures {

  /** That of a user; empty for who has none. */
  Optional<MailSignature> of(long userId);
}
