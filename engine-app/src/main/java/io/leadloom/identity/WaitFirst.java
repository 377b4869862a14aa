package io.leadloom.identity;

import java.time.Duration;
import org.springframework.security.authentication.AccountStatusException;

/** Too many wrong passwords: the next try has to wait. Says the same of logins that exist and that do not. */
public final class WaitFirst extends AccountStatusException {

  private static final long serialVersionUID = 1L;

  private final Duration wait;

  public WaitFirst(Duration wait) {
    super("Too many wrong passwords; try again in a few minutes");
    this.wait = wait;
  }

  public Duration duration() {
    return wait;
  }
}
