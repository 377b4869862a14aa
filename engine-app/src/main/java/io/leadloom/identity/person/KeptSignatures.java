package io.leadloom.identity.person;

import io.leadloom.platform.html.MailSignature;
import io.leadloom.platform.html.MailSignatures;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The signatures of personal profiles, for whoever sends mails in the name of these people. */
@Component
class KeptSignatures implements MailSignatures {

  private final ProfileRows rows;

  KeptSignatures(ProfileRows rows) {
    this.rows = rows;
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<MailSignature> of(long userId) {
    return Optional.ofNullable(rows.read(userId).signature()).map(MailSignature::of);
  }
}
