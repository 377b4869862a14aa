package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.search.RecordReach;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

/** Pages of what is reached hold each record once and in order, however the database finds it. */
@LeadloomTest
@Tag("database")
class ReachPagingTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Access access;
  @Autowired JdbcTemplate jdbc;

  private Caller admin;
  private Somebody manager;
  private Somebody sales;
  private final List<Long> ofSales = new ArrayList<>();
  private final List<Long> ofBoth = new ArrayList<>();

  @BeforeEach
  void fill() {
    People people = new People(http, staff);
    admin = people.admin();
    manager = people.hire(null, Role.MANAGER);
    sales = people.hire(manager, Role.SALES);
    Somebody other = people.hire(null, Role.SALES);
    for (int n = 0; n < 23; n++) {
      ofSales.add(lead(sales, n));
      ofBoth.add(ofSales.get(n));
      ofBoth.add(lead(manager, n));
      lead(other, n);
    }
    admin.delete("/leads/" + lead(sales, 99)).is(204);
    Collections.reverse(ofSales);
    Collections.reverse(ofBoth);
  }

  private long lead(Somebody owner, int n) {
    return admin.make(
        "leads", Map.of("lastName", "Page " + n % 3, "city", "C" + n % 2, "owner", owner.id()));
  }

  private static List<Long> pages(Caller caller, String query) {
    List<Long> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          caller
              .get("/leads?limit=7" + query + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .is(200)
              .json();
      page.path("items").forEach(item -> found.add(item.path("id").asLong()));
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty());
    return found;
  }

  @Test
  void theNewestOfOneOwnerAndOfAHierarchyComeOnceAndInOrder() {
    assertThat(pages(sales.api(), "")).isEqualTo(ofSales);
    assertThat(pages(manager.api(), "")).isEqualTo(ofBoth);
    assertThat(pages(sales.api(), "&sort=createdAt").get(0))
        .isEqualTo(ofSales.get(ofSales.size() - 1));
  }

  @Test
  void otherOrdersAndFiltersKeepToTheReachToo() {
    assertThat(pages(sales.api(), "&sort=name")).hasSize(23).hasSameElementsAs(ofSales);
    assertThat(pages(manager.api(), "&sort=-name")).hasSize(46).hasSameElementsAs(ofBoth);
    String filter = "&filter=city%20=%20%22C1%22";
    assertThat(pages(sales.api(), filter)).hasSize(11).isSubsetOf(ofSales);
    assertThat(pages(manager.api(), filter)).hasSize(22).isSubsetOf(ofBoth);
    assertThat(sales.api().get("/leads/trash?limit=7").is(200).json().path("items")).hasSize(1);
  }

  @Test
  void bothWaysToFindWhatIsReachedFindTheSame() {
    Rights rights = access.of(manager.id());
    for (EntityType type : EntityType.values()) {
      List<Long> beside = ids(type, RecordReach.sql(type, "r", rights, Action.VIEW));
      assertThat(ids(type, RecordReach.byOwner(type, "r", rights, Action.VIEW))).isEqualTo(beside);
      if (type == EntityType.LEAD) {
        assertThat(beside).containsAll(ofBoth);
      }
    }
  }

  private List<Long> ids(EntityType type, String condition) {
    return jdbc.queryForList(
        "select r.id from " + type.path() + " r where " + condition + " order by r.id", Long.class);
  }
}
