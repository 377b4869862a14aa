package io.leadloom.testing;

import org.springframework.test.context.ActiveProfilesResolver;

/** Turns the profile {@code mysql} on when the tests run on a MySQL server. */
class DatabaseProfile implements ActiveProfilesResolver {

  @Override
  public String[] resolve(Class<?> testClass) {
    return TestDatabase.onMySql() ? new String[] {"mysql"} : new String[0];
  }
}
