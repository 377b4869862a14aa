package io.leadloom.identity.signin;

import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** When users last signed in with a browser. What programs do with keys or passwords is no sign-in. */
@Component
public class LastSignIns {

  private final JdbcTemplate jdbc;
  private final Clock clock;

  LastSignIns(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The user signs in now. */
  @Transactional
  public void note(long userId) {
    jdbc.update(
        "insert into user_sign_in (user_id, last_at) values (?, ?)"
            + " on duplicate key update last_at = values(last_at)",
        userId,
        Utc.column(clock.instant()));
  }

  /** Of these users, of whom there is one at least; whoever is missing has never signed in. */
  @Transactional(readOnly = true)
  public Map<Long, Instant> of(Set<Long> ids) {
    Map<Long, Instant> found = new HashMap<>();
    jdbc.query(
        "select user_id, last_at from user_sign_in where user_id in (" + Ids.listed(ids) + ")",
        row -> {
          found.put(
              row.getLong(1),
              Objects.requireNonNull(Utc.moment(row.getObject(2, LocalDateTime.class))));
        });
    return found;
  }
}
