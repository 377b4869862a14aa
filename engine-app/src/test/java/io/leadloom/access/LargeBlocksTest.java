package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

/** Where very many records begin alike, the oldest are compared, and who comes behind them when there is room. */
@LeadloomTest
class LargeBlocksTest {

  private static final int MOST_COMPARED = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;

  @Test
  void whoStandsBehindTheComparedOnesIsComparedOnceSomeOfThoseAreGone() {
    Caller admin = new People(http, staff).admin();
    String firm = letters(UUID.randomUUID().getMostSignificantBits(), 12);
    List<Map<String, ?>> people = new ArrayList<>();
    for (int i = 0; i < MOST_COMPARED; i++) {
      people.add(Map.of("values", person("Q" + letters(i, 9), firm)));
    }
    List<Long> leads = new ArrayList<>();
    admin
        .post("/leads/bulk", Map.of("records", people))
        .is(200)
        .json()
        .path("results")
        .forEach(result -> leads.add(result.path("id").asLong()));
    assertThat(leads).hasSize(MOST_COMPARED).doesNotContain(0L).isSorted();
    long before = admin.make("leads", person("Quentinian", firm));
    untilKeys(leads.get(0), before, MOST_COMPARED + 1);
    long after = admin.make("leads", person("Quentinian", firm));
    untilKeys(leads.get(0), after, MOST_COMPARED + 2);
    assertThat(groups(admin, before)).isEmpty();
    leads.subList(7, 9).forEach(id -> admin.delete("/leads/" + id).is(204));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(groups(admin, before)).containsExactly(Set.of(before, after)));
    admin.post("/leads/" + leads.get(7) + "/restore").is(200);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(groups(admin, before)).isEmpty());
  }

  private static Map<String, Object> person(String firstName, String firm) {
    String email = UUID.randomUUID() + "@example.com";
    return Map.of(
        "firstName", firstName, "lastName", "Zimmermann", "company", firm, "email", email);
  }

  private void untilKeys(long first, long last, int expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForObject(
                            "select count(*) from match_key k join match_key f on f.rule_id = k.rule_id"
                                + " and f.value_hash = k.value_hash where f.record_id = ? and f.likeness <> ''"
                                + " and f.entity = k.entity and k.record_id between ? and ?",
                            Integer.class,
                            first,
                            first,
                            last))
                    .isEqualTo(expected));
  }

  /** Words that no two of are like each other. */
  private static String letters(long seed, int count) {
    Random random = new Random(seed);
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < count; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  private static Set<Set<Long>> groups(Caller admin, long record) {
    Set<Set<Long>> found = new HashSet<>();
    for (JsonNode group :
        admin.get("/leads/duplicates?limit=100&match=likely").is(200).json().path("items")) {
      Set<Long> ids = new HashSet<>();
      group.path("records").forEach(one -> ids.add(one.path("id").asLong()));
      if (ids.contains(record)) {
        found.add(ids);
      }
    }
    return found;
  }
}
