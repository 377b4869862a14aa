package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Users as those see them who administer users, and how somebody new gets in (SET-031 to SET-033). */
@LeadloomTest
class UserListTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired MutableClock clock;

  private People people;
  private Caller admin;
  private String mark;

  @BeforeEach
  void prepare() {
    people = new People(http, staff);
    admin = people.admin();
    mark = UUID.randomUUID().toString().substring(0, 8);
  }

  private long invited(String name, Map<String, Object> more) {
    Map<String, Object> user = new java.util.HashMap<>(more);
    user.put("login", name + "@" + mark + ".example");
    user.put("name", name);
    user.put("email", name + "@" + mark + ".example");
    user.put("invite", true);
    return admin.post("/users", user).is(201).id();
  }

  private List<String> names(String query) {
    List<String> names = new ArrayList<>();
    admin
        .get("/users?search=" + mark + query)
        .is(200)
        .json()
        .path("items")
        .forEach(user -> names.add(user.path("name").asText()));
    return names;
  }

  @Test
  void filtersAddUpAndPagesKeepTheOrder() {
    long cyd = invited("Cyd", Map.of("roles", List.of("crm_manager")));
    invited("ann", Map.of("roles", List.of("crm_sales"), "reportsTo", cyd));
    long bob = invited("Bob", Map.of("roles", List.of("crm_sales", "agent")));
    long team =
        admin.post("/teams", Map.of("name", "T" + mark, "members", List.of(bob))).is(201).id();
    assertThat(names("&sort=name")).containsExactly("ann", "Bob", "Cyd");
    assertThat(names("&sort=-name")).containsExactly("Cyd", "Bob", "ann");
    assertThat(names("&role=crm_sales&sort=name")).containsExactly("ann", "Bob");
    assertThat(names("&role=crm_sales&team=" + team)).containsExactly("Bob");
    assertThat(names("&below=" + cyd)).containsExactly("ann");
    assertThat(names("&state=invited")).hasSize(3);
    assertThat(names("&state=active")).isEmpty();
    JsonNode first = admin.get("/users?sort=name&limit=2&search=" + mark).json();
    assertThat(first.path("total").asInt()).isEqualTo(3);
    assertThat(names("&sort=name&limit=2&cursor=" + first.path("next").asText()))
        .containsExactly("Cyd");
    admin.get("/users?sort=shoes").is(422).says("sort", "lastSignInAt");
    admin.get("/users?state=asleep").is(422).says("state", "invited");
    admin.get("/users?limit=201").is(422).says("limit", "200");
    admin.get("/users?cursor=0").is(422).says("cursor", "page before");
  }

  @Test
  void onlyThoseWhoAdministerUsersSeeHowItStandsWithThem() {
    long id = invited("Dan", Map.of());
    Somebody sales = people.hire(null, Role.SALES);
    JsonNode seen = sales.api().get("/users/" + id).is(200).json();
    assertThat(seen.path("state").isNull()).isTrue();
    assertThat(seen.path("invitedAt").isNull()).isTrue();
    sales.api().get("/users?state=invited").is(403);
    assertThat(admin.get("/users/" + id).json().path("state").asText()).isEqualTo("invited");
  }

  @Test
  void SET_033_anInvitationNotFollowedWithin72HoursIsShownAndCanBeSentAgain() {
    long id = invited("Eve", Map.of());
    await().until(() -> !admin.get("/users/" + id).json().path("invitationUntil").isNull());
    clock.advance(Duration.ofHours(72));
    assertThat(admin.get("/users/" + id).json().path("state").asText())
        .isEqualTo("invitationFailed");
    admin.post("/users/" + id + "/invitation").is(202);
    await().until(() -> !admin.get("/users/" + id).json().path("invitationUntil").isNull());
    assertThat(admin.get("/users/" + id).json().path("state").asText()).isEqualTo("invited");
    assertThat(admin.get("/mailbox?search=Eve%40" + mark).json().path("items")).hasSize(2);
  }

  @Test
  void whoIsInvitedNeedsAnAddressAndHasNoPasswordUntilThen() {
    admin
        .post("/users", Map.of("login", "x" + mark, "name", "X", "invite", true))
        .is(422)
        .says("email", "send the invitation to");
    assertThat(names("")).isEmpty();
    long id = invited("Fay", Map.of());
    for (String guess : List.of("", " ", "leadloom")) {
      assertThat(
              new Caller(http, "Fay@" + mark + ".example", guess).get("/session/rights").status())
          .isEqualTo(401);
    }
    admin.patch("/users/" + id, Map.of("password", "acht Pferde trinken Tee")).is(200);
    assertThat(admin.get("/users/" + id).json().path("state").asText()).isEqualTo("active");
  }

  @Test
  void wrongPasswordsShowAsLocked() {
    Somebody sales = people.hire(null, Role.SALES);
    for (int i = 0; i < 12; i++) {
      new Caller(http, sales.api().login(), "wrong").get("/session/rights");
    }
    assertThat(admin.get("/users/" + sales.id()).json().path("state").asText()).isEqualTo("locked");
    admin.patch("/users/" + sales.id(), Map.of("active", false)).is(200);
    assertThat(admin.get("/users/" + sales.id()).json().path("state").asText())
        .isEqualTo("inactive");
  }

  @Test
  void aSignInWithABrowserIsTheLastSignIn() {
    Somebody sales = people.hire(null, Role.SALES);
    assertThat(admin.get("/users/" + sales.id()).json().path("lastSignInAt").isNull()).isTrue();
    admin
        .post("/session", Map.of("login", sales.api().login(), "password", sales.api().password()))
        .is(200);
    assertThat(admin.get("/users/" + sales.id()).json().path("lastSignInAt").asText())
        .startsWith("20");
  }

  @Test
  void aPageTellsOfItsUsersWhatOneByOneTells() {
    long invited = invited("Gil", Map.of());
    // Until the letter is out, the invitation changes between one question and the next.
    await().until(() -> !admin.get("/users/" + invited).json().path("invitationUntil").isNull());
    Somebody locked = people.hire(null, Role.SALES);
    Somebody signedIn = people.hire(null, Role.SALES);
    for (int i = 0; i < 12; i++) {
      new Caller(http, locked.api().login(), "wrong").get("/session/rights");
    }
    signedIn
        .api()
        .post(
            "/session",
            Map.of("login", signedIn.api().login(), "password", signedIn.api().password()))
        .is(200);
    for (String query : List.of("", "&sort=-lastSignInAt", "&sort=-createdAt")) {
      for (Map.Entry<Long, String> each :
          Map.of(
                  invited,
                  mark,
                  locked.id(),
                  locked.api().login(),
                  signedIn.id(),
                  signedIn.api().login())
              .entrySet()) {
        JsonNode page = admin.get("/users?search=" + each.getValue() + query).is(200).json();
        assertThat(page.path("items"))
            .contains(admin.get("/users/" + each.getKey()).is(200).json());
      }
    }
    assertThat(admin.get("/users/" + locked.id()).json().path("state").asText())
        .isEqualTo("locked");
    assertThat(admin.get("/users?search=nobody-" + mark).is(200).ids()).isEmpty();
  }
}
