package io.leadloom.identity.oidc;

import io.leadloom.platform.Utc;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which people at providers open the account of a user. */
@Component
public class SignOnLinks {

  private final JdbcTemplate jdbc;

  SignOnLinks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A person at a provider who opens the account.
   *
   * @param provider the name of the provider
   * @param linkedAt when that person first signed in
   */
  public record Link(long providerId, String provider, Instant linkedAt) {}

  /** Those of a user, the oldest first. */
  @Transactional(readOnly = true)
  public List<Link> of(long userId) {
    return jdbc.query(
        "select l.provider_id, p.name, l.linked_at from sign_on_link l"
            + " join sign_on_provider p on p.id = l.provider_id where l.user_id = ?"
            + " order by l.linked_at, p.name",
        (row, number) ->
            new Link(
                row.getLong(1),
                row.getString(2),
                Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class)))),
        userId);
  }

  /** Removes all of a user in the current transaction, and says how many there were. */
  public int forget(long userId) {
    return jdbc.update("delete from sign_on_link where user_id = ?", userId);
  }
}
