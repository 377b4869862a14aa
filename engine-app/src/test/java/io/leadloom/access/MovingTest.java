package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Ids;
import io.leadloom.testing.LeadloomTest;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves in the reporting hierarchy: what they change, what they refuse, and what they leave behind. */
@LeadloomTest
class MovingTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Ids ids;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  private People people;
  private Caller admin;
  private Somebody north;
  private Somebody south;
  private Somebody sales;

  @BeforeEach
  void hire() {
    people = new People(http, staff);
    admin = people.admin();
    north = people.hire(null, Role.MANAGER);
    south = people.hire(null, Role.MANAGER);
    sales = people.hire(north, Role.SALES);
  }

  private Caller.Answer move(Somebody who, Object superior) {
    Map<String, Object> move = new java.util.HashMap<>();
    move.put("superior", superior);
    return admin.put("/users/" + who.id() + "/superior", move);
  }

  /** A request whose body comes only after the latch: by then its rights have been asked for. */
  private static final class SlowRequest extends MockHttpServletRequest {

    final CountDownLatch read = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    SlowRequest(jakarta.servlet.ServletContext context, String method, String path, String body) {
      super(context, method, path);
      setContentType("application/json");
      setContent(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public ServletInputStream getInputStream() {
      ByteArrayInputStream in = new ByteArrayInputStream(getContentAsByteArray());
      return new ServletInputStream() {
        private void waitForTheMove() {
          read.countDown();
          try {
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }

        @Override
        public int read() {
          waitForTheMove();
          return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          waitForTheMove();
          return in.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
          return in.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new IllegalStateException("The body is in memory");
        }
      };
    }
  }

  @Test
  void aRequestThatRunsWhileTheHierarchyMovesKeepsTheRightsItBeganWith() throws Exception {
    String city = "moving-" + sales.id();
    long lead = admin.make("leads", Map.of("lastName", "L", "city", city, "owner", sales.id()));
    String path = "/api/v1/leads/" + lead;
    north.api().get("/leads/" + lead).is(200);
    south.api().get("/leads/" + lead).is(404);
    SlowRequest slow =
        new SlowRequest(
            http.getDispatcherServlet().getServletContext(),
            "PATCH",
            path,
            "{\"values\":{\"lastName\":\"Changed by north\"}}");
    slow.addHeader(
        "Authorization",
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (north.api().login() + ":" + north.api().password())
                        .getBytes(StandardCharsets.UTF_8)));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> status =
          other.submit(() -> http.perform(context -> slow).andReturn().getResponse().getStatus());
      assertThat(slow.read.await(30, TimeUnit.SECONDS)).isTrue();
      move(sales, south.id()).is(200);
      slow.go.countDown();
      assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    } finally {
      other.shutdownNow();
    }
    north.api().get("/leads/" + lead).is(404);
    JsonNode seen = south.api().get("/leads/" + lead).is(200).json();
    assertThat(seen.at("/values/lastName").asText()).isEqualTo("Changed by north");
    north.api().patch("/leads/" + lead, Map.of("values", Map.of("city", city))).is(404);
  }

  @Test
  void nobodyComesUnderSomebodyWhoReportsToThem() {
    Somebody below = people.hire(sales, Role.SALES);
    String problem = move(north, below.id()).is(422).text();
    assertThat(problem).contains("Nobody can be above themselves");
    move(north, north.id()).is(422);
    String effect =
        admin.get("/users/" + north.id() + "/superior?superior=" + below.id()).is(422).text();
    assertThat(effect).contains("reports to").contains("nobody can be above themselves");
    move(north, 987_654_321L).is(422).says("reportsTo", "existing user");
    assertThat(admin.get("/users/" + north.id()).json().path("reportsTo").isNull()).isTrue();
  }

  @Test
  void theEffectOfAMoveCountsPeopleAndWhatTheyOwn() {
    Somebody below = people.hire(sales, Role.SALES);
    admin.make("leads", Map.of("lastName", "A", "owner", sales.id()));
    admin.make("leads", Map.of("lastName", "B", "owner", below.id()));
    admin.make("contacts", Map.of("lastName", "C", "owner", below.id()));
    JsonNode effect =
        admin.get("/users/" + sales.id() + "/superior?superior=" + south.id()).is(200).json();
    assertThat(effect.path("people").asInt()).isEqualTo(2);
    assertThat(effect.at("/records/lead").asInt()).isEqualTo(2);
    // Each lead has a contact of its own, and there is one more.
    assertThat(effect.at("/records/contact").asInt()).isEqualTo(3);
    assertThat(effect.path("total").asInt()).isEqualTo(5);
  }

  @Test
  void ofTwoWhoMoveTheSameUserTheSecondIsToldThatTheFirstWas() {
    int version = admin.get("/users/" + sales.id()).json().path("version").asInt();
    Map<String, Object> move = Map.of("version", version, "superior", south.id());
    admin.put("/users/" + sales.id() + "/superior", move).is(200);
    admin.put("/users/" + sales.id() + "/superior", move).is(409);
  }

  @Test
  void everyWayToMoveIsInTheHistoryWithWhoDidItAndWhen() {
    move(sales, south.id()).is(200);
    admin.patch("/users/" + sales.id(), Map.of("reportsTo", 0)).is(200);
    admin.patch("/users/" + sales.id(), Map.of("phone", "1")).is(200);
    JsonNode history = admin.get("/hierarchy/moves?user=" + sales.id()).is(200).json();
    assertThat(history.path("items")).hasSize(3);
    JsonNode latest = history.at("/items/0");
    assertThat(latest.path("from").asLong()).isEqualTo(south.id());
    assertThat(latest.path("to").isNull()).isTrue();
    assertThat(latest.path("byName").asText()).isEqualTo("admin");
    assertThat(latest.path("at").asText()).startsWith("20");
    assertThat(history.at("/items/1/from").asLong()).isEqualTo(north.id());
    // Hired under north without a request: Leadloom itself.
    assertThat(history.at("/items/2/byName").asText()).isEqualTo("system");
    JsonNode first = admin.get("/hierarchy/moves?limit=1&user=" + sales.id()).json();
    String next = first.path("next").asText();
    JsonNode second =
        admin.get("/hierarchy/moves?limit=1&user=" + sales.id() + "&cursor=" + next).json();
    assertThat(second.at("/items/0/to").asLong()).isEqualTo(south.id());
    sales.api().get("/hierarchy/moves").is(403);
  }

  @Test
  void theHistoryGoesByTimeAlsoWhenNodesTakeTheirIdsFromDifferentBlocks() {
    long ids = this.ids.reserve("user_move", 4);
    LocalDateTime later = LocalDateTime.of(2199, 1, 1, 12, 0);
    transactions.executeWithoutResult(
        status -> {
          // The other node's block begins higher, and it moved first.
          moved(ids + 3, later, "first");
          moved(ids, later.plusHours(1), "second");
          moved(ids + 1, later.plusHours(1), "third");
          moved(ids + 2, later.plusHours(2).plusNanos(1_000), "fourth");
        });
    for (String whose : List.of("&user=" + sales.id(), "")) {
      List<String> names = new ArrayList<>();
      String cursor = "";
      while (names.size() < 4) {
        JsonNode page = admin.get("/hierarchy/moves?limit=1" + whose + cursor).is(200).json();
        names.add(page.at("/items/0/byName").asText());
        cursor = "&cursor=" + page.path("next").asText();
      }
      assertThat(names).containsExactly("fourth", "third", "second", "first");
    }
    admin
        .get("/hierarchy/moves?cursor=" + ids)
        .is(422)
        .says("cursor", "the 'next' of the page before");
  }

  private void moved(long id, LocalDateTime at, String by) {
    jdbc.update(
        "insert into user_move (id, user_id, moved_by_name, moved_at) values (?, ?, ?, ?)",
        id,
        sales.id(),
        by,
        at);
  }

  @AfterEach
  void forgetMovesOfTheFuture() {
    transactions.executeWithoutResult(
        status -> jdbc.update("delete from user_move where moved_at > '2198-01-01'"));
  }

  @Test
  void theTreeCountsEverybodyBelow() {
    people.hire(sales, Role.SALES);
    List<JsonNode> places = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = sales.api().get("/hierarchy?limit=3" + cursor).is(200).json();
      page.path("items").forEach(places::add);
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    } while (!cursor.isEmpty());
    assertThat(places)
        .filteredOn(place -> place.path("id").asLong() == north.id())
        .singleElement()
        .satisfies(place -> assertThat(place.path("below").asInt()).isEqualTo(2));
  }
}
