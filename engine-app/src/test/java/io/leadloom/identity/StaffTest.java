package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;

@LeadloomTest(properties = {"leadloom.test.users=false", "leadloom.test.database=staff"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StaffTest {

  @Autowired private Staff staff;
  @Autowired private Users users;
  @Autowired private Hierarchy hierarchy;
  @Autowired private TestRestTemplate http;

  @Test
  @Order(1)
  void anEmptyInstallationAsksForItsFirstAdministratorOnce() {
    if (staff.isEmpty()) {
      assertThat(http.getForObject("/api/v1/setup", Map.class)).containsEntry("needed", true);
      Map<String, String> first =
          Map.of("login", "boss", "name", "The Boss", "password", "long enough!");
      assertThat(http.postForEntity("/api/v1/setup", first, String.class).getStatusCode())
          .isEqualTo(HttpStatus.CREATED);
    }
    assertThat(http.getForObject("/api/v1/setup", Map.class)).containsEntry("needed", false);
    Account boss = staff.account(users.byLogin("BOSS").orElseThrow().id());
    assertThat(boss.administrator()).isTrue();
    assertThatThrownBy(
            () ->
                staff.change(
                    boss.id(),
                    new Staff.AccountChange(
                        null, null, null, null, null, null, false, null, null, null)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("administrator");
  }

  @Test
  void theHierarchyRefusesCyclesAndKnowsWhoIsBelow() {
    Account top = create("top", null);
    Account middle = create("middle", top.id());
    Account low = create("low", middle.id());
    assertThat(hierarchy.below(top.id())).containsExactlyInAnyOrder(middle.id(), low.id());
    assertThat(hierarchy.above(low.id())).containsExactly(middle.id(), top.id());
    assertThatThrownBy(() -> staff.change(top.id(), superior(low.id())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("above themselves");
    assertThatThrownBy(() -> staff.change(top.id(), superior(top.id())))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> staff.change(top.id(), superior(987_654L)))
        .isInstanceOf(RefusedException.class);
    staff.change(low.id(), superior(0L));
    assertThat(hierarchy.below(top.id())).containsExactly(middle.id());
  }

  private static Staff.AccountChange superior(long id) {
    return new Staff.AccountChange(null, null, null, null, null, null, null, null, null, id);
  }

  private Account create(String login, @Nullable Long superior) {
    return staff.create(
        new Staff.NewAccount(
            login,
            login + " name",
            null,
            null,
            "long enough!",
            Set.of(Role.SALES),
            null,
            null,
            superior));
  }

  @Test
  void loginsAreUniqueWithoutLetterCaseAndPasswordsAreLongEnough() {
    create("Unique", null);
    assertThatThrownBy(() -> create("uNIQUE", null))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("taken");
    assertThatThrownBy(() -> create("with space", null)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(
            () ->
                staff.create(
                    new Staff.NewAccount(
                        "short",
                        "Short",
                        null,
                        null,
                        "short",
                        Set.of(),
                        "Mars/Olympus",
                        null,
                        null)))
        .isInstanceOf(RefusedException.class);
    Account stale = create("stale", null);
    assertThatThrownBy(
            () ->
                staff.change(
                    stale.id(),
                    new Staff.AccountChange(
                        9, "x", null, null, null, null, null, null, null, null)))
        .isInstanceOf(RefusedException.class)
        .extracting(refusal -> ((RefusedException) refusal).reason())
        .isEqualTo(RefusedException.Reason.CONFLICT);
  }

  @Test
  void aTeamKeepsItsMembersInTheOrderOfTheirTurns() {
    Account one = create("turn1", null);
    Account two = create("turn2", null);
    Users.Team team = staff.createTeam("Callers", List.of(two.id(), one.id()));
    assertThat(users.team("callers").orElseThrow().members()).containsExactly(two.id(), one.id());
    assertThat(users.team(Long.toString(team.id()))).isPresent();
    staff.changeTeam(team.id(), new Staff.TeamChange(team.version(), "Ringers", List.of(one.id())));
    assertThat(users.team("callers")).isEmpty();
    assertThat(users.team("Ringers").orElseThrow().members()).containsExactly(one.id());
    assertThatThrownBy(() -> staff.createTeam("RINGERS", List.of()))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> staff.createTeam("Ghosts", List.of(123_456L)))
        .isInstanceOf(RefusedException.class);
    staff.deleteTeam(team.id());
    assertThat(users.team("Ringers")).isEmpty();
  }

  @Test
  void aTeamThatSomebodyElseHasChangedMeanwhileIsNotWrittenOver() {
    Account one = create("meanwhile1", null);
    Users.Team seen = staff.createTeam("Meanwhile", List.of());
    // By the form of a user, which names the user's teams.
    staff.setTeams(one.id(), Set.of(seen.id()));
    assertThatThrownBy(
            () ->
                staff.changeTeam(
                    seen.id(), new Staff.TeamChange(seen.version(), "Mine", List.of())))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusedException.Reason.CONFLICT);
              assertThat(refusal.violations())
                  .singleElement()
                  .isEqualTo(Violation.of("version", 1, "the present version 2"));
            });
    Users.Team now = users.team("Meanwhile").orElseThrow();
    assertThat(now.members()).containsExactly(one.id());
    staff.changeTeam(now.id(), new Staff.TeamChange(now.version(), "Mine", null));
    assertThat(users.team("Mine").orElseThrow().version()).isEqualTo(3);
    staff.deleteTeam(seen.id());
  }
}
