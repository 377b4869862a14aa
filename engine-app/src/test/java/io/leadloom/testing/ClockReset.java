package io.leadloom.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Lets every test begin with the real time, also when an earlier one of the same context has set the clock. */
class ClockReset implements BeforeEachCallback, AfterEachCallback {

  @Override
  public void beforeEach(ExtensionContext context) {
    reset(context);
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
