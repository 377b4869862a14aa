package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.TestMigrations;
import io.leadloom.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Addresses that users have entered themselves before anybody asked who vouches for them. */
@Tag("database")
class ConfirmedAddressesMigrationTest {

  private static final String EMAIL =
      "[{\"field\":\"email\",\"before\":null,\"after\":\"a@example.com\"}]";
  private static final String ELSE =
      "[{\"field\":\"name\",\"before\":\"email\",\"after\":\"\\\"field\\\":\\\"email\\\"\"}]";

  private JdbcTemplate jdbc;
  private int seq;

  private void user(long id, @Nullable String email) {
    jdbc.update(
        "insert into app_user (id, login, name, email, password, active, version, created_at, updated_at)"
            + " values (?, ?, 'U', ?, '', true, 1, '2026-01-01', '2026-01-01')",
        id,
        "user" + id,
        email);
  }

  private void noted(String kind, @Nullable Long actor, String action, long user, String detail) {
    jdbc.update(
        "insert into audit_entry (seq, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,"
            + " subject_name, detail, key_generation, hash)"
            + " values (?, '2026-01-01', ?, ?, 'x', ?, 'user', ?, 'x', ?, 1, x'00')",
        ++seq,
        kind,
        actor,
        action,
        Long.toString(user),
        detail);
  }

  @Test
  void onlyThoseWhoChangedTheirAddressLastThemselvesAndGotNoLinkSinceAreUnconfirmed() {
    try (TestDatabase database = TestDatabase.fresh()) {
      DriverManagerDataSource source =
          new DriverManagerDataSource(
              database.url(),
              (String) database.properties().get("spring.datasource.username"),
              (String) database.properties().get("spring.datasource.password"));
      TestMigrations.migrate(source, "0251");
      jdbc = new JdbcTemplate(source);
      for (long id = 11; id <= 17; id++) {
        user(id, id == 16 ? null : "a" + id + "@example.com");
      }
      // 11: by an administrator; something else by himself.
      noted("user", 1L, "user.created", 11, EMAIL);
      noted("user", 11L, "user.changed", 11, ELSE);
      // 12: by himself; something else by an administrator.
      noted("user", 1L, "user.created", 12, EMAIL);
      noted("user", 12L, "user.changed", 12, EMAIL);
      noted("user", 1L, "user.changed", 12, ELSE);
      noted("user", 12L, "user.password-changed", 12, "[]");
      // 13: by himself, then by an administrator.
      noted("user", 13L, "user.changed", 13, EMAIL);
      noted("user", 1L, "user.changed", 13, EMAIL);
      // 14: by himself, then a link by mail.
      noted("key", 14L, "user.changed", 14, EMAIL);
      noted("system", null, "user.password-changed", 14, "[]");
      // 15: by himself, with a key.
      noted("system", null, "user.password-changed", 15, "[]");
      noted("key", 15L, "user.changed", 15, EMAIL);
      // 16: taken away by himself. 17: nothing is known.
      noted("user", 16L, "user.changed", 16, EMAIL);
      TestMigrations.migrate(source);
      assertThat(
              jdbc.queryForList(
                  "select id from app_user where email_confirmed = false order by id", Long.class))
          .containsExactly(12L, 15L);
    }
  }
}
