package io.leadloom.identity.key;

import io.leadloom.platform.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of keys. */
@Component
class ApiKeyRows {

  private static final String SELECT =
      "select id, user_id, name, access_key, scopes, created_at, expires_at, revoked_at, last_used_at, secret_hash"
          + " from api_key ";

  private final JdbcTemplate jdbc;

  ApiKeyRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A key with the hash of its secret. */
  record Stored(ApiKey key, byte[] hash) {}

  /** All that are not revoked. */
  List<Stored> live() {
    return jdbc.query(
        SELECT + "where revoked_at is null",
        (row, n) -> new Stored(key(row), row.getBytes("secret_hash")));
  }

  /** Keys of a user or of all, newest first, before this id. */
  List<ApiKey> list(@Nullable Long userId, long before, int most) {
    String where =
        userId == null
            ? "where id < ? order by id desc limit ?"
            : "where id < ? and user_id = ? order by id desc limit ?";
    Object[] values =
        userId == null ? new Object[] {before, most} : new Object[] {before, userId, most};
    return jdbc.query(SELECT + where, (row, n) -> key(row), values);
  }

  Optional<ApiKey> find(long id) {
    return jdbc.query(SELECT + "where id = ?", (row, n) -> key(row), id).stream().findFirst();
  }

  Optional<ApiKey> find(String accessKey) {
    return jdbc.query(SELECT + "where access_key = ?", (row, n) -> key(row), accessKey).stream()
        .findFirst();
  }

  int liveOf(long userId, Instant now) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from api_key where user_id = ? and revoked_at is null"
                + " and (expires_at is null or expires_at > ?)",
            Integer.class,
            userId,
            Utc.column(now));
    return count == null ? 0 : count;
  }

  void insert(ApiKey key, byte[] hash) {
    jdbc.update(
        "insert into api_key (id, user_id, name, access_key, secret_hash, scopes, created_at, expires_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        key.id(),
        key.userId(),
        key.name(),
        key.accessKey(),
        hash,
        key.scopes().stream().sorted().map(Scope::key).collect(Collectors.joining(",")),
        Utc.column(key.createdAt()),
        Utc.column(key.expiresAt()));
  }

  boolean revoke(long id, Instant at) {
    return jdbc.update(
            "update api_key set revoked_at = ? where id = ? and revoked_at is null",
            Utc.column(at),
            id)
        == 1;
  }

  void used(long id, Instant at) {
    jdbc.update(
        "update api_key set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)",
        Utc.column(at),
        id,
        Utc.column(at));
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getLong("id"),
        row.getLong("user_id"),
        row.getString("name"),
        row.getString("access_key"),
        scopes(row.getString("scopes")),
        Objects.requireNonNull(moment(row, "created_at")),
        moment(row, "expires_at"),
        moment(row, "revoked_at"),
        moment(row, "last_used_at"));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    return Utc.moment(row.getObject(column, LocalDateTime.class));
  }

  private static Set<Scope> scopes(String text) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    Arrays.stream(text.split(",", -1)).forEach(key -> Scope.of(key).ifPresent(scopes::add));
    return scopes;
  }
}
