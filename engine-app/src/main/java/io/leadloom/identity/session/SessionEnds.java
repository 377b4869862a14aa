package io.leadloom.identity.session;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How often all sessions of a user were ended at once, by a new password for instance. A session keeps the number from
 * before its user was checked; when another one stands there once it is written, it was opened past such an end.
 */
@Component
class SessionEnds {

  /** The attribute of a session with the number from before its user was checked. */
  static final String SEEN = "leadloom.ends";

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  SessionEnds(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** The number now; 0 for somebody who is no user. */
  long of(long userId) {
    return first(
        jdbc.queryForList("select session_ends from app_user where id = ?", Long.class, userId));
  }

  /** Counts an end of all sessions, in the transaction that ends them, before they are deleted. */
  void note(long userId) {
    jdbc.update("update app_user set session_ends = session_ends + 1 where id = ?", userId);
  }

  /**
   * Whether a session that was just written is over already. Waits for whoever is ending the sessions of its user: such a
   * one has counted before, and deletes only what was written by then.
   */
  boolean over(Session session) {
    String user = session.getAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME);
    Long seen = session.getAttribute(SEEN);
    if (user == null || seen == null) {
      return false;
    }
    Boolean same =
        transaction.execute(
            status ->
                first(
                        jdbc.queryForList(
                            "select session_ends from app_user where id = ? for update",
                            Long.class,
                            Long.valueOf(user)))
                    == seen);
    return !Boolean.TRUE.equals(same);
  }

  private static long first(List<Long> found) {
    return found.isEmpty() ? 0 : found.get(0);
  }
}
