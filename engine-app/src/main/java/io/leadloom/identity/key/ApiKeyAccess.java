package io.leadloom.identity.key;

import jakarta.servlet.Filter;
import org.springframework.stereotype.Component;

/** The door for programs, for the chain of security filters. */
@Component
public class ApiKeyAccess {

  private final KnownKeys keys;
  private final AccountKeys account;
  private final AccessTokens tokens;
  private final RateLimits limits;
  private final KeyFailures failures;
  private final KeyProblems problems;

  ApiKeyAccess(
      KnownKeys keys,
      AccountKeys account,
      AccessTokens tokens,
      RateLimits limits,
      KeyFailures failures,
      KeyProblems problems) {
    this.account = account;
    this.keys = keys;
    this.tokens = tokens;
    this.limits = limits;
    this.failures = failures;
    this.problems = problems;
  }

  /** A filter; no bean, as beans of its kind would run outside of the security chain too. */
  public Filter filter() {
    return new ApiKeyFilter(keys, tokens, limits, failures, problems);
  }

  /** The same for the account's own key. */
  public Filter accountFilter() {
    return new AccountKeyFilter(account, limits, problems);
  }
}
