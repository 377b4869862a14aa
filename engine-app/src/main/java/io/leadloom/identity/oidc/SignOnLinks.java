package io.leadloom.identity.oidc;

import io.leadloom.platform.Utc;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which people at providers open the account of a user. */
@Component
public class SignOnLinks {

  private static final int HANDLE = 24;

  private final JdbcTemplate jdbc;

  SignOnLinks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A person at a provider who opens the account.
   *
   * @param handle names the person for whoever administers users; of the subject at the provider only a hash is kept
   * @param provider the name of the provider
   * @param email the address that the provider gave at the last sign-in; null when it gave none, or there was none yet
   * @param linkedAt when that person first signed in
   * @param lastUsedAt when that person signed in last; null until there is a sign-in that was noted
   */
  public record Link(
      String handle,
      long providerId,
      String provider,
      @Nullable String email,
      Instant linkedAt,
      @Nullable Instant lastUsedAt) {}

  /** Those of a user, the oldest first. */
  @Transactional(readOnly = true)
  public List<Link> of(long userId) {
    return jdbc.query(
        "select l.provider_id, p.name, l.linked_at, l.subject_hash, l.email, l.last_used_at from sign_on_link l"
            + " join sign_on_provider p on p.id = l.provider_id where l.user_id = ?"
            + " order by l.linked_at, p.name",
        (row, number) ->
            new Link(
                handle(row.getLong(1), row.getString(4)),
                row.getLong(1),
                row.getString(2),
                row.getString(5),
                Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class))),
                Utc.moment(row.getObject(6, LocalDateTime.class))),
        userId);
  }

  /** Two providers of one issuer know the same person by the same hash. */
  private static String handle(long providerId, String subjectHash) {
    return providerId + "-" + subjectHash.substring(0, HANDLE);
  }

  /** Removes all of a user in the current transaction, and says how many there were. */
  public int forget(long userId) {
    return jdbc.update("delete from sign_on_link where user_id = ?", userId);
  }

  /** Removes one of a user, as {@link #of} names it, in the current transaction. */
  public void forget(long userId, Link link) {
    jdbc.update(
        "delete from sign_on_link where user_id = ? and provider_id = ? and subject_hash like ?",
        userId,
        link.providerId(),
        link.handle().substring(link.handle().indexOf('-') + 1) + "%");
  }
}
