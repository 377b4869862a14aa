package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Ids;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.support.TransactionTemplate;

/** Users from a CSV file. */
@LeadloomTest
class UserImportTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Ids ids;
  @Autowired MutableClock clock;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  private People people;
  private Caller admin;

  /** Keeps the addresses of one test apart from those of others. */
  private String at;

  @BeforeEach
  void prepare() {
    people = new People(http, staff);
    admin = people.admin();
    at = "@" + UUID.randomUUID().toString().substring(0, 8) + ".example";
  }

  private Caller.Answer send(Caller caller, String choices, byte[] file, String key) {
    try {
      var request =
          MockMvcRequestBuilders.post(URI.create("/api/v1/users/imports?" + choices))
              .with(httpBasic(caller.login(), caller.password()))
              .contentType("text/csv")
              .content(file);
      if (key != null) {
        request.header("Idempotency-Key", key);
      }
      MockHttpServletResponse response = http.perform(request).andReturn().getResponse();
      return new Caller.Answer(
          response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Caller.Answer send(String choices, String... lines) {
    byte[] file = String.join("\n", lines).replace("@", at).getBytes(StandardCharsets.UTF_8);
    return send(admin, choices, file, null);
  }

  private JsonNode user(String name) {
    JsonNode found = admin.get("/users?search=" + name + at.replace("@", "%40")).json();
    assertThat(found.path("items")).hasSize(1);
    return found.at("/items/0");
  }

  @Test
  void aPreviewNamesEveryProblemWithItsRowAndWritesNothing() {
    JsonNode seen =
        send(
                "preview=true",
                "first_name,last_name,email,roles,superior,teams,active",
                "Ann,Able,ann@,crm_sales,bob@,,yes",
                "Bob,Baker,bob@,Sales manager,,,",
                "Cyd,,not an address,king,nobody@,No Team,perhaps",
                "Dan,Dahl,ann@,crm_sales,,,")
            .is(200)
            .json();
    assertThat(seen.path("written").asBoolean()).isFalse();
    assertThat(seen.path("created").asInt()).isEqualTo(2);
    assertThat(seen.path("refused").asInt()).isEqualTo(2);
    JsonNode third = seen.at("/rows/2");
    assertThat(third.path("line").asInt()).isEqualTo(4);
    assertThat(third.path("violations"))
        .extracting(violation -> violation.path("field").asText())
        .containsExactlyInAnyOrder("email", "email", "roles", "superior", "teams", "active");
    assertThat(seen.at("/rows/3/violations/0/expectation").asText()).contains("line 2 has it too");
    assertThat(admin.get("/users?search=" + at.replace("@", "%40")).json().path("items")).isEmpty();
  }

  @Test
  void aLoginIsGivenOnceWhicheverColumnItComesFrom() {
    String[][] files = {
      {"email,name,login", "a@,A,b@", "b@,B,"}, {"email,name,login", "b@,B,", "a@,A,b@"}
    };
    for (String[] file : files) {
      JsonNode seen = send("preview=true", file).is(200).json();
      assertThat(seen.path("created").asInt()).isOne();
      assertThat(seen.at("/rows/1/violations")).hasSize(1);
      assertThat(seen.at("/rows/1/violations/0/expectation").asText()).contains("each login once");
      JsonNode done = send("preview=false&partial=true", file).is(200).json();
      assertThat(done.path("created").asInt()).isOne();
      assertThat(done.path("refused").asInt()).isOne();
      at = "@" + UUID.randomUUID().toString().substring(0, 8) + ".example";
    }
  }

  @Test
  void anAddressThatIsTooLongIsRefusedByItsRow() {
    String longest = "x".repeat(250 - at.length());
    String[] file = {
      "email,name,login", longest + "y@,A,la" + at.charAt(1), longest + "@,B,lb" + at.substring(1)
    };
    JsonNode done = send("preview=false&partial=true", file).is(200).json();
    assertThat(done.path("created").asInt()).isOne();
    assertThat(done.at("/rows/0/violations/0/field").asText()).isEqualTo("email");
    assertThat(done.at("/rows/0/violations/0/expectation").asText()).contains("250");
  }

  @Test
  void superiorsStandInTheSameFileInAnyOrderAndMovesAreKept() {
    JsonNode done =
        send(
                "preview=false",
                "email;name;roles;superior",
                "low@;Low;agent|crm_sales;mid@",
                "mid@;\"Mid; the second\";crm_manager;top@",
                "top@;Top;crm_manager;")
            .is(200)
            .json();
    assertThat(done.path("created").asInt()).isEqualTo(3);
    JsonNode mid = user("mid");
    assertThat(mid.path("name").asText()).isEqualTo("Mid; the second");
    assertThat(user("low").path("reportsTo").asLong()).isEqualTo(mid.path("id").asLong());
    assertThat(mid.path("reportsTo").asLong()).isEqualTo(user("top").path("id").asLong());
    assertThat(user("low").path("state").asText()).isEqualTo("notInvited");
    JsonNode moves = admin.get("/hierarchy/moves?user=" + mid.path("id").asLong()).json();
    assertThat(moves.at("/items/0/byName").asText()).isEqualTo("admin");
    assertThat(new Caller(http, "low" + at, "").get("/session").status()).isEqualTo(401);
  }

  @Test
  void cyclesAreRefusedAndSoAreThoseBelowARefusedRow() {
    JsonNode seen =
        send(
                "preview=false&partial=true",
                "email,name,superior",
                "a@,A,b@",
                "b@,B,a@",
                "c@,C,a@",
                "d@,D,")
            .is(200)
            .json();
    assertThat(seen.path("created").asInt()).isOne();
    assertThat(seen.path("refused").asInt()).isEqualTo(3);
    assertThat(seen.at("/rows/0/violations/0/expectation").asText()).contains("does not report to");
    assertThat(seen.at("/rows/2/violations/0/expectation").asText()).contains("line 2 is refused");
    user("d");
  }

  @Test
  void withoutPartialOneRefusedRowRefusesTheFile() {
    send("preview=false", "email,name", "e@,E", "bad,F").is(422).says("line 3, email", "address");
    assertThat(admin.get("/users?search=" + at.replace("@", "%40")).json().path("items")).isEmpty();
  }

  @Test
  void usersWhoAreThereAreUpdatedWhenChosenAndEmptyCellsLeaveWhatStands() {
    send("preview=false", "email,name,phone,roles", "g@,Gus,123,crm_sales").is(200);
    send("preview=false", "email,name", "G@,Gustav").is(422).says("line 2, email", "to update");
    String team = "Team " + UUID.randomUUID();
    admin.post("/teams", Map.of("name", team, "members", List.of())).is(201);
    String[] file = {"email,name,teams,templates", "G@,Gustav," + team + ",Marketing user"};
    JsonNode done = send("preview=false&existing=update", file).is(200).json();
    assertThat(done.path("updated").asInt()).isOne();
    JsonNode gus = user("g");
    assertThat(gus.path("name").asText()).isEqualTo("Gustav");
    assertThat(gus.path("phone").asText()).isEqualTo("123");
    assertThat(gus.path("teams")).hasSize(1);
    JsonNode held = admin.get("/users/" + gus.path("id").asLong() + "/permissions").json();
    assertThat(held.path("templates")).hasSize(1);
    JsonNode again = send("preview=false&existing=update", file).is(200).json();
    assertThat(again.path("unchanged").asInt()).isOne();
  }

  @Test
  void wrongEncodingsOpenQuotesAndUnknownHeadersAreToldWithTheirPlace() {
    byte[] latin = "email,name\nx@y.example,Jörg".getBytes(Charset.forName("windows-1252"));
    Caller.Answer wrong = send(admin, "preview=true", latin, null).is(422).says("file", "UTF-8");
    assertThat(wrong.text()).contains("line 2");
    byte[] wide = "email,name\nx@y.example,J".getBytes(StandardCharsets.UTF_16LE);
    send(admin, "preview=true", wide, null).is(422).says("file", "UTF-16");
    send("preview=true", "email,name", "h@,H", "i@,\"I", "j@,J")
        .is(422)
        .says("file", "closing quote");
    send("preview=true", "email,shoe size", "k@,42").is(422).says("header", "first_name");
    send("preview=true", "name", "K").is(422).says("header", "a column email");
    send("preview=true", "email,name").is(422).says("file", "a row for each user");
    send("preview=true", "").is(422).says("file", "header row");
    JsonNode tooWide = send("preview=true", "email,name", "l@,L,more").is(200).json();
    assertThat(tooWide.path("refused").asInt()).isOne();
    assertThat(tooWide.at("/rows/0/violations/0/expectation").asText())
        .isEqualTo("a row with no more cells than the header");
    send("preview=true&existing=perhaps", "email", "m@").is(422).says("existing", "update or");
  }

  @Test
  void invitationsGoOutWhenChosenAndTheirLinksSetThePasswords() {
    send("preview=false&invite=true", "email,name,active", "n@,Ned,", "o@,Ole,no").is(200);
    String mail = "/mailbox?search=n" + at.replace("@", "%40");
    await().until(() -> admin.get(mail).json().path("items").size() == 1);
    assertThat(user("n").path("state").asText()).isEqualTo("invited");
    await().until(() -> !user("n").path("invitationUntil").isNull());
    assertThat(user("o").path("state").asText()).isEqualTo("inactive");
    long id = admin.get(mail).json().at("/items/0/id").asLong();
    String token =
        admin
            .get("/mailbox/" + id)
            .json()
            .path("text")
            .asText()
            .replaceAll("(?s).*#(\\S+).*", "$1");
    admin
        .put("/password-links", Map.of("token", token, "password", "sieben Pferde trinken Tee"))
        .is(204);
    assertThat(user("n").path("state").asText()).isEqualTo("active");
  }

  @Test
  void theSameFileSentTwiceWithOneKeyIsWrittenOnce() {
    byte[] file = ("email,name\np" + at + ",Pia").getBytes(StandardCharsets.UTF_8);
    String key = UUID.randomUUID().toString();
    String first = send(admin, "preview=false", file, key).is(200).text();
    assertThat(send(admin, "preview=false", file, key).is(200).text()).isEqualTo(first);
    user("p");
  }

  @Test
  void whoMayMakeUsersGivesNoMoreThanHeHas() {
    Somebody clerk = people.hire(null, Role.AGENT);
    Map<String, Object> users = Map.of("users", Map.of("create", "all", "edit", "all"));
    admin
        .put(
            "/users/" + clerk.id() + "/permissions",
            Map.of("exceptions", Map.of("sections", users)))
        .is(200);
    byte[] king = ("email,name,roles\nq" + at + ",Q,crm_admin").getBytes(StandardCharsets.UTF_8);
    send(clerk.api(), "preview=false", king, null).is(422).says("line 2, roles", "you may do");
    byte[] boss = ("email,name,roles\nq" + at + ",Q,crm_manager").getBytes(StandardCharsets.UTF_8);
    send(clerk.api(), "preview=false", boss, null).is(403);
    byte[] agent = ("email,name,roles\nq" + at + ",Q,agent").getBytes(StandardCharsets.UTF_8);
    send(clerk.api(), "preview=false", agent, null).is(200);
    send(people.hire(null, Role.SALES).api(), "preview=true", agent, null).is(403);
  }

  @Test
  void whatAnotherNodeHasJustChangedIsNeitherRefusedNorLost() {
    send("preview=false", "email,name,phone", "r@,Rob,1", "s@,Sue,2").is(200);
    long rob = user("r").path("id").asLong();
    String team = "Team " + UUID.randomUUID();
    // This node has looked a moment ago, and does not look again before the import begins.
    clock.setTo(clock.instant());
    staff.accounts();
    transactions.executeWithoutResult(
        status -> {
          jdbc.update("update identity_state set version = version + 1 where id = 1");
          jdbc.update("update app_user set phone = '3', version = version + 1 where id = ?", rob);
          long id = ids.next("team");
          jdbc.update("insert into team (id, name, version) values (?, ?, 1)", id, team);
          jdbc.update("insert into team_member (team_id, user_id, turn) values (?, ?, 0)", id, rob);
        });
    JsonNode done =
        send(
                "preview=false&partial=true&existing=update",
                "email,name,teams",
                "r@,Robert,",
                "s@,Susan," + team,
                "bad,B,")
            .is(200)
            .json();
    assertThat(done.path("updated").asInt()).isEqualTo(2);
    assertThat(done.path("refused").asInt()).isOne();
    JsonNode robert = user("r");
    assertThat(robert.path("name").asText()).isEqualTo("Robert");
    assertThat(robert.path("phone").asText()).isEqualTo("3");
    assertThat(robert.path("teams")).hasSize(1);
    assertThat(user("s").path("teams")).hasSize(1);
  }

  @Test
  void aChangeThatIsUnderWayIsWaitedForAndKept() throws Exception {
    send("preview=false", "email,name,phone", "t@,Tim,1").is(200);
    long tim = user("t").path("id").asLong();
    CountDownLatch changed = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () ->
                transactions.executeWithoutResult(
                    status -> {
                      staff.change(
                          tim,
                          new Staff.AccountChange(
                              null, null, null, "2", null, null, null, null, null, null));
                      changed.countDown();
                      awaitQuietly(go);
                    }));
    assertThat(changed.await(30, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Caller.Answer> imported =
        CompletableFuture.supplyAsync(
            () -> send("preview=false&partial=true&existing=update", "email,name", "t@,Timothy"));
    // Whether it waits at the lock by now or comes to it later: the other one is not over.
    assertThat(imported).isNotDone();
    go.countDown();
    other.get(30, TimeUnit.SECONDS);
    assertThat(imported.get(30, TimeUnit.SECONDS).is(200).json().path("updated").asInt()).isOne();
    assertThat(user("t").path("name").asText()).isEqualTo("Timothy");
    assertThat(user("t").path("phone").asText()).isEqualTo("2");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
