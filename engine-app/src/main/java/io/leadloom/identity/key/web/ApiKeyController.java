package io.leadloom.identity.key.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.leadloom.identity.Users;
import io.leadloom.identity.key.ApiKey;
import io.leadloom.identity.key.ApiKeys;
import io.leadloom.identity.key.Scope;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** API keys: everybody has their own, administrators see and revoke all (CON-D36). */
@Tag(name = "API keys")
@RestController
@RequestMapping("/api/v1/api-keys")
class ApiKeyController {

  private static final int MAX_LIMIT = 200;

  private final ApiKeys keys;
  private final Users users;
  private final Clock clock;

  ApiKeyController(ApiKeys keys, Users users, Clock clock) {
    this.keys = keys;
    this.users = users;
    this.clock = clock;
  }

  /** Whose key it is. */
  record Owner(long id, String login, String name) {}

  /**
   * A key without its secret.
   *
   * @param state {@code active}, {@code expired} or {@code revoked}
   */
  record KeyJson(
      long id,
      String name,
      String accessKey,
      Owner user,
      List<String> scopes,
      String state,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt) {}

  /** A new key with its secret, which is told only this once. */
  record NewKeyJson(@JsonUnwrapped KeyJson key, String secret) {}

  /** A key to make. */
  record Wanted(
      @Nullable String name, @Nullable List<String> scopes, @Nullable Instant expiresAt) {}

  /** The caller's keys, or with {@code all=true} those of everybody, for administrators. */
  @GetMapping
  Page<KeyJson> list(
      @RequestParam(defaultValue = "false") boolean all,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Users.Person me = me();
    if (all && !me.administrator()) {
      throw forbidden();
    }
    Page.limit(limit, MAX_LIMIT);
    if (cursor != null && !cursor.matches("[0-9]{1,18}")) {
      throw refused("cursor", cursor, "the 'next' of the page before, unchanged");
    }
    long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    List<ApiKey> found = keys.list(all ? null : me.id(), before, limit + 1);
    boolean more = found.size() > limit;
    List<ApiKey> shown = more ? found.subList(0, limit) : found;
    return new Page<>(
        shown.stream().map(this::json).toList(),
        more ? Long.toString(shown.get(limit - 1).id()) : null,
        null);
  }

  /** Makes a key for the caller. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  NewKeyJson create(@RequestBody Wanted wanted) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : Objects.requireNonNullElse(wanted.scopes(), List.<String>of())) {
      scopes.add(
          Scope.of(String.valueOf(name))
              .orElseThrow(
                  () -> refused("scopes", name, "some of read, write, bulk, administration")));
    }
    ApiKeys.Made made =
        keys.create(
            me().id(), Objects.requireNonNullElse(wanted.name(), ""), scopes, wanted.expiresAt());
    return new NewKeyJson(json(made.key()), made.secret());
  }

  /** Ends a key: one's own, or anybody's for administrators. Others do not learn that it exists. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable long id) {
    Users.Person me = me();
    if (keys.get(id).userId() != me.id() && !me.administrator()) {
      throw RefusedException.notFound("API key", id);
    }
    keys.revoke(id);
  }

  private Users.Person me() {
    return users.current().filter(Users.Person::active).orElseThrow(ApiKeyController::forbidden);
  }

  private KeyJson json(ApiKey key) {
    Owner owner =
        users
            .find(key.userId())
            .map(user -> new Owner(user.id(), user.login(), user.name()))
            .orElse(new Owner(key.userId(), "", ""));
    String state =
        key.revokedAt() != null ? "revoked" : key.usable(clock.instant()) ? "active" : "expired";
    return new KeyJson(
        key.id(),
        key.name(),
        key.accessKey(),
        owner,
        key.scopes().stream().sorted().map(Scope::key).toList(),
        state,
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt(),
        key.lastUsedAt());
  }

  private static RefusedException forbidden() {
    return RefusedException.forbidden("Only administrators see all keys");
  }

  private static RefusedException refused(
      String field, @Nullable String value, String expectation) {
    return RefusedException.invalid(
        "This cannot be done with API keys", Violation.of(field, value, expectation));
  }
}
