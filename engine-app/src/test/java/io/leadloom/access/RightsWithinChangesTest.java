package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.StaffState;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** To its end a change goes by the rights that stood before it, also where nobody had asked for them. */
@LeadloomTest
class RightsWithinChangesTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired StaffState state;
  @Autowired Access access;
  @Autowired TransactionTemplate transaction;

  private boolean seesAll(long id) {
    return access.of(id).owners(EntityType.LEAD, Action.VIEW).all();
  }

  @Test
  void whatAChangeGivesCountsForNobodyWithinIt() {
    People people = new People(http, staff);
    Somebody sales = people.hire(null, Role.SALES);
    long template =
        people
            .admin()
            .post(
                "/permission-templates",
                Map.of(
                    "name",
                    "Within " + sales.id(),
                    "grants",
                    Map.of("sections", Map.of("lead", Map.of("view", "all")))))
            .is(201)
            .id();
    // What is remembered of rights is of another version from now on.
    transaction.executeWithoutResult(status -> state.changing());
    staff.alone(
        () -> {
          people
              .admin()
              .put("/users/" + sales.id() + "/permissions", Map.of("templates", List.of(template)))
              .is(200);
          assertThat(seesAll(sales.id())).isFalse();
          return true;
        });
    assertThat(seesAll(sales.id())).isTrue();
  }
}
