package io.leadloom.record.partner;

import io.leadloom.platform.permission.PartnerCompanies;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Partner companies are the accounts that are marked so. */
@Component
class PartnerAccounts implements PartnerCompanies {

  private final JdbcTemplate jdbc;

  PartnerAccounts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<String> name(long account) {
    return jdbc
        .queryForList(
            "select name from accounts where id = ? and partner = true and trashed_at is null",
            String.class,
            account)
        .stream()
        .findFirst();
  }
}
