package io.leadloom.testing;

import io.leadloom.identity.signin.Attempts;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets every test begin with the real time, also when an earlier one of the same context has set the clock, and without
 * the wrong passwords of earlier ones: all come from one address, and those of a time to come do not fade.
 */
class ClockReset implements BeforeEachCallback, AfterEachCallback {

  @Override
  public void beforeEach(ExtensionContext context) {
    reset(context);
    ApplicationContext application = SpringExtension.getApplicationContext(context);
    // What it knows of the address in memory goes with the count.
    application.getBean(Attempts.class).succeeded(Attempts.Attempt.from("127.0.0.1"));
    JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
    application
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(status -> jdbc.update("delete from sign_in_attempt"));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    reset(context);
  }

  private static void reset(ExtensionContext context) {
    SpringExtension.getApplicationContext(context)
        .getBeanProvider(MutableClock.class)
        .ifAvailable(MutableClock::reset);
  }
}
