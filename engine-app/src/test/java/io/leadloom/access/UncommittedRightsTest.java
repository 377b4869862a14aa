package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Rights that are being given count for nobody before they are given. */
@LeadloomTest
@Tag("database")
class UncommittedRightsTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Access access;
  @Autowired MutableClock clock;
  @Autowired TransactionTemplate transaction;

  private boolean seesAll(long id) {
    return access.of(id).owners(EntityType.LEAD, Action.VIEW).all();
  }

  private void makeMarketeer(long id) {
    staff.change(
        id,
        new Staff.AccountChange(
            null, null, null, null, null, Set.of(Role.MARKETEER), null, null, null, null));
  }

  @Test
  void neitherTheChangeItselfNorAnybodyElseRemembersWhatIsTakenBack() {
    Somebody sales = new People(http, staff).hire(null, Role.SALES);
    assertThat(seesAll(sales.id())).isFalse();
    transaction.executeWithoutResult(
        status -> {
          makeMarketeer(sales.id());
          // What is in memory is old now, and looked at again by the change and by others.
          clock.advance(Duration.ofSeconds(5));
          seesAll(sales.id());
          assertThat(CompletableFuture.supplyAsync(() -> seesAll(sales.id())).join()).isFalse();
          status.setRollbackOnly();
        });
    assertThat(seesAll(sales.id())).isFalse();
    makeMarketeer(sales.id());
    assertThat(seesAll(sales.id())).isTrue();
  }

  @Test
  void templatesThatAreReadInsideAChangeCountWhenItIsCommittedAndNotBefore() {
    People people = new People(http, staff);
    Somebody sales = people.hire(null, Role.SALES);
    long template =
        people
            .admin()
            .post(
                "/permission-templates",
                Map.of(
                    "name",
                    "Sees all " + sales.id(),
                    "grants",
                    Map.of("sections", Map.of("lead", Map.of("view", "all")))))
            .is(201)
            .id();
    for (boolean kept : new boolean[] {false, true}) {
      transaction.executeWithoutResult(
          status -> {
            staff.alone(
                () -> {
                  people
                      .admin()
                      .put(
                          "/users/" + sales.id() + "/permissions",
                          Map.of("templates", List.of(template)))
                      .is(200);
                  clock.advance(Duration.ofSeconds(5));
                  // Here it may be seen, and is not to be remembered.
                  seesAll(sales.id());
                  assertThat(CompletableFuture.supplyAsync(() -> seesAll(sales.id())).join())
                      .isFalse();
                  return true;
                });
            if (!kept) {
              status.setRollbackOnly();
            }
          });
      assertThat(seesAll(sales.id())).isEqualTo(kept);
    }
  }
}
