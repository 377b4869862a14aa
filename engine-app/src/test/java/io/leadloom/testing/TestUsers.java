package io.leadloom.testing;

import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Three users who can sign in, as in the sample data. */
@TestConfiguration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "leadloom.test.users", matchIfMissing = true)
class TestUsers {

  @Bean
  ApplicationRunner testUsers(Staff staff) {
    return arguments -> {
      if (staff.isEmpty()) {
        staff.enroll(
            List.of(
                user("admin", Role.ADMINISTRATOR, null),
                user("manager", Role.MANAGER, 0L),
                user("sales", Role.SALES, 1L)));
      }
    };
  }

  private static Staff.NewAccount user(String login, Role role, @Nullable Long superior) {
    return new Staff.NewAccount(
        login,
        "Test " + login,
        login + "@example.com",
        null,
        "leadloom",
        Set.of(role),
        null,
        null,
        superior);
  }
}
