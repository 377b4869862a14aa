package io.leadloom.identity.key.web;

import io.leadloom.identity.Users;
import io.leadloom.identity.key.AccountKeys;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.ActingPrincipal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The account's key (SET-008, SET-009): only for administrators who have signed in, not for other keys. */
@Tag(name = "API keys")
@RestController
@RequestMapping("/api/v1/settings/account-key")
class AccountKeyController {

  private final AccountKeys keys;
  private final Users users;

  AccountKeyController(AccountKeys keys, Users users) {
    this.keys = keys;
    this.users = users;
  }

  /**
   * What can be told without showing the key.
   *
   * @param header the header that a request carries the key in
   */
  record FactsJson(
      String header,
      @Nullable Instant createdAt,
      @Nullable String createdBy,
      @Nullable Instant lastUsedAt) {}

  /** The key itself. */
  record KeyJson(String key) {

    /** Without the key. */
    @Override
    public String toString() {
      return "KeyJson";
    }
  }

  /** Since when there is a key, and when it was last used. */
  @GetMapping
  @Operation(summary = "About the account's API key, without the key itself")
  FactsJson facts() {
    administrator();
    AccountKeys.Facts facts = keys.facts().orElse(null);
    return facts == null
        ? new FactsJson(AccountKeys.HEADER, null, null, null)
        : new FactsJson(
            AccountKeys.HEADER, facts.createdAt(), facts.createdBy(), facts.lastUsedAt());
  }

  /** Shows the key; that it was shown stands in the audit trail. */
  @PostMapping("/show")
  @Operation(summary = "Show the account's API key; made with the first call")
  KeyJson show() {
    return new KeyJson(keys.show(administrator()));
  }

  /** Puts a new key in its place. */
  @PostMapping("/renew")
  @Operation(summary = "Renew the account's API key; the old one stops at once")
  KeyJson renew() {
    return new KeyJson(keys.renew(administrator()));
  }

  /** The login of the administrator who asks in person. */
  private String administrator() {
    return users
        .current()
        .filter(person -> person.administrator() && !ActingPrincipal.byKey())
        .orElseThrow(
            () ->
                new RefusedException(
                    RefusedException.Reason.FORBIDDEN,
                    "Only administrators who have signed in see the API key of the account",
                    List.of()))
        .login();
  }
}
