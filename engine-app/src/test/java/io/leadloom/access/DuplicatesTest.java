package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.support.TransactionTemplate;

/** Records that are likely to mean the same are found, shown within reach, and told apart. */
@LeadloomTest
class DuplicatesTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  private People people;
  private Caller admin;
  private String mark;

  @BeforeEach
  void admin() {
    people = new People(http, staff);
    admin = people.admin();
    mark = "d" + UUID.randomUUID().toString().substring(0, 8) + NUMBER.incrementAndGet();
  }

  private long lead(Caller caller, Object... values) {
    Map<String, Object> map = new HashMap<>(Map.of("lastName", mark));
    for (int i = 0; i < values.length; i += 2) {
      map.put((String) values[i], values[i + 1]);
    }
    return caller.make("leads", map);
  }

  private String email() {
    return mark + "@example.com";
  }

  /** The groups of leads that have one of these records, as sets of ids. */
  private static Set<Set<Long>> groups(Caller caller, String query, Long... some) {
    Set<Set<Long>> found = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = caller.get("/leads/duplicates?limit=100" + query + cursor).is(200).json();
      for (JsonNode group : page.path("items")) {
        Set<Long> ids = new HashSet<>();
        group.path("records").forEach(record -> ids.add(record.path("id").asLong()));
        if (List.of(some).stream().anyMatch(ids::contains)) {
          found.add(ids);
        }
      }
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : null;
    } while (cursor != null);
    return found;
  }

  private static List<Long> like(Caller caller, Map<String, Object> values) {
    List<Long> ids = new ArrayList<>();
    caller
        .post("/leads/duplicates/like", Map.of("values", values))
        .is(200)
        .json()
        .path("items")
        .forEach(item -> ids.add(item.path("record").path("id").asLong()));
    return ids;
  }

  private void untilGroups(Caller caller, Set<Set<Long>> expected, Long... some) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(groups(caller, "", some)).isEqualTo(expected));
  }

  private long rule(String entity, String kind) {
    for (JsonNode rule : admin.get("/settings/match-rules").is(200).json().path("items")) {
      if (rule.path("entity").asText().equals(entity)
          && rule.path("kind").asText().equals(kind)
          && !rule.has("field")) {
        return rule.path("id").asLong();
      }
    }
    throw new AssertionError("no rule " + kind + " for " + entity);
  }

  private void untilReady(long rule) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (JsonNode one : admin.get("/settings/match-rules").json().path("items")) {
                if (one.path("id").asLong() == rule) {
                  return one.path("state").asText().equals("ready");
                }
              }
              return false;
            });
  }

  @Test
  void recordsThatShareAnEmailAddressAreAGroupUntilOneIsChangedTrashedOrMerged() {
    long a = lead(admin, "email", email());
    long b = lead(admin, "email", email().toUpperCase(java.util.Locale.ROOT));
    long c = lead(admin, "email", email());
    untilGroups(admin, Set.of(Set.of(a, b, c)), a, b, c);
    admin.patch("/leads/" + c, Map.of("values", Map.of("email", "other-" + email()))).is(200);
    untilGroups(admin, Set.of(Set.of(a, b)), a, b, c);
    admin.delete("/leads/" + b).is(204);
    untilGroups(admin, Set.of(), a, b, c);
    admin.post("/leads/" + b + "/restore").is(200);
    untilGroups(admin, Set.of(Set.of(a, b)), a, b, c);
    admin.post("/leads/" + a + "/merge", Map.of("records", List.of(Map.of("id", b)))).is(200);
    untilGroups(admin, Set.of(), a, b, c);
  }

  @Test
  void groupsAreNotTransitiveSinceEachHasOneReason() {
    String phone = "+9198" + (10_000_000 + NUMBER.incrementAndGet());
    long a = lead(admin, "email", email());
    long b = lead(admin, "email", email(), "phone", phone);
    long c = lead(admin, "phone", phone.substring(0, 3) + " " + phone.substring(3));
    untilGroups(admin, Set.of(Set.of(a, b), Set.of(b, c)), a, b, c);
    assertThat(groups(admin, "&rule=" + rule("leads", "phone"), a, b, c))
        .containsExactly(Set.of(b, c));
    assertThat(groups(admin, "&match=likely", a, b, c)).isEmpty();
    assertThat(groups(admin, "&match=sure", a, b, c)).hasSize(2);
  }

  @Test
  void likeNamesAtLikeCompaniesAreAGroup() {
    String firm = mark + " Textiles";
    long a =
        admin.make("leads", Map.of("firstName", "Johanna", "lastName", "Smith", "company", firm));
    long b =
        admin.make(
            "leads", Map.of("firstName", "Smith", "lastName", "Johana", "company", firm + " Ltd."));
    long c =
        admin.make("leads", Map.of("firstName", "Peter", "lastName", "Smith", "company", firm));
    untilGroups(admin, Set.of(Set.of(a, b)), a, b, c);
    assertThat(groups(admin, "&match=likely", a, b, c)).containsExactly(Set.of(a, b));
    admin.patch("/leads/" + b, Map.of("values", Map.of("lastName", "Ulrike"))).is(200);
    untilGroups(admin, Set.of(), a, b, c);
  }

  @Test
  void oneSeesWhatIsWithinReachAndNoGroupOfOne() {
    Somebody mia = people.hire(null, Role.SALES);
    Somebody tom = people.hire(null, Role.SALES);
    long hers = lead(mia.api(), "email", email());
    long his = lead(tom.api(), "email", email());
    untilGroups(admin, Set.of(Set.of(hers, his)), hers, his);
    assertThat(groups(mia.api(), "", hers, his)).isEmpty();
    assertThat(like(mia.api(), Map.of("email", email()))).containsExactly(hers);
    assertThat(mia.api().get("/leads/" + hers + "/duplicates").is(200).json().path("items"))
        .isEmpty();
    long hersToo = lead(mia.api(), "email", email());
    untilGroups(mia.api(), Set.of(Set.of(hers, hersToo)), hers, his, hersToo);
    assertThat(mia.api().get("/leads/" + hers + "/duplicates").is(200).text())
        .contains("\"id\":" + hersToo + ",")
        .doesNotContain("\"id\":" + his + ",");
    mia.api().get("/leads/" + his + "/duplicates").is(404);
    mia.api().post("/leads/duplicates/apart", Map.of("records", List.of(hers, his))).is(404);
  }

  @Test
  void aHiddenFieldIsNeverAReason() {
    Somebody mia = people.hire(null, Role.SALES);
    long one = lead(mia.api(), "email", email());
    long two = lead(mia.api(), "email", email());
    untilGroups(mia.api(), Set.of(Set.of(one, two)), one, two);
    admin
        .put(
            "/users/" + mia.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", Map.of("email", "hidden")))))
        .is(200);
    assertThat(groups(mia.api(), "", one, two)).isEmpty();
    assertThat(like(mia.api(), Map.of("email", email()))).isEmpty();
    JsonNode report = mia.api().get("/leads/duplicates").is(200).json();
    assertThat(report.path("rules").toString()).doesNotContain("\"email\"");
    assertThat(mia.api().get("/leads/" + one + "/duplicates").json().path("items")).isEmpty();
  }

  @Test
  void whatSomebodyCallsDifferentStaysSoAlsoWhenAllIsComparedAnew() {
    long a = lead(admin, "email", email());
    long b = lead(admin, "email", email());
    untilGroups(admin, Set.of(Set.of(a, b)), a, b);
    admin.post("/leads/duplicates/apart", Map.of("records", List.of(b, a))).is(204);
    admin.post("/leads/duplicates/apart", Map.of("records", List.of(a, b))).is(204);
    assertThat(groups(admin, "", a, b)).isEmpty();
    assertThat(admin.get("/leads/" + a + "/duplicates").json().path("items")).isEmpty();
    long rule = rule("leads", "email");
    admin.post("/settings/match-rules/" + rule + "/run").is(202);
    untilReady(rule);
    assertThat(groups(admin, "", a, b)).isEmpty();
    long c = lead(admin, "email", email());
    untilGroups(admin, Set.of(Set.of(a, b, c)), a, b, c);
    admin.post("/leads/duplicates/together", Map.of("records", List.of(a, b))).is(204);
    admin.delete("/leads/" + c).is(204);
    untilGroups(admin, Set.of(Set.of(a, b)), a, b);
    admin
        .post("/leads/duplicates/apart", Map.of("records", List.of(a)))
        .is(422)
        .says("records", "2 to 50");
  }

  @Test
  void aRuleOfOnesOwnComparesWhatIsThereAndIsForgottenWhenItIsSwitchedOff() {
    String label = "Card " + mark;
    String key =
        admin
            .post("/schema/lead/fields", Map.of("label", label, "type", "text"))
            .is(201)
            .json()
            .path("key")
            .asText();
    long a = lead(admin, key, "ID  77 " + mark);
    long b = lead(admin, key, "id 77 " + mark);
    Map<String, Object> wanted =
        Map.of("entity", "leads", "kind", "field", "field", key, "sure", true);
    JsonNode made = admin.post("/settings/match-rules", wanted).is(201).json();
    long rule = made.path("id").asLong();
    assertThat(made.path("label").asText()).isEqualTo(label);
    admin.post("/settings/match-rules", wanted).is(409);
    untilGroups(admin, Set.of(Set.of(a, b)), a, b);
    untilReady(rule);
    admin.patch("/settings/match-rules/" + rule, Map.of("enabled", false)).is(200);
    assertThat(groups(admin, "", a, b)).isEmpty();
    admin.patch("/settings/match-rules/" + rule, Map.of("enabled", true)).is(200);
    untilGroups(admin, Set.of(Set.of(a, b)), a, b);
    admin.delete("/settings/match-rules/" + rule).is(204);
    assertThat(groups(admin, "", a, b)).isEmpty();
    admin.patch("/settings/match-rules/" + rule, Map.of("enabled", true)).is(404);
    admin.post("/settings/match-rules", Map.of("entity", "tasks", "kind", "phone")).is(422);
    admin
        .post("/settings/match-rules", Map.of("entity", "leads", "kind", "field", "field", "score"))
        .is(422)
        .says("field", "text, e-mail, phone");
  }

  @Test
  void aHintNamesWhatTheDraftLooksLike() {
    String firm = mark + " Works";
    long a =
        admin.make(
            "leads",
            Map.of("firstName", "Ines", "lastName", "Maier", "company", firm, "email", email()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(like(admin, Map.of("email", " " + email()))).containsExactly(a));
    assertThat(like(admin, Map.of("firstName", "Inés", "lastName", "Maier", "company", firm)))
        .containsExactly(a);
    assertThat(like(admin, Map.of("firstName", "Ines", "lastName", "Maier"))).isEmpty();
    assertThat(like(admin, Map.of())).isEmpty();
  }

  @Test
  void aReaderLearnsNotHowManyRecordsThereAre() {
    Somebody mia = people.hire(null, Role.SALES);
    long one = lead(mia.api(), "email", email());
    for (String text :
        List.of(
            mia.api().get("/leads/duplicates").is(200).text(),
            mia.api().get("/leads/" + one + "/duplicates").is(200).text(),
            mia.api().post("/leads/duplicates/like", Map.of("values", Map.of())).is(200).text())) {
      assertThat(text).contains("\"rules\"").doesNotContain("looked").doesNotContain("total");
    }
  }

  @Test
  void whatOneReachesIsNamedBehindWhateverManyThatOneDoesNot() {
    Somebody mia = people.hire(null, Role.SALES);
    long one = lead(mia.api(), "email", email());
    long two = lead(mia.api(), "email", email());
    untilGroups(mia.api(), Set.of(Set.of(one, two)), one, two);
    long rule = rule("leads", "email");
    List<Object[]> older = new ArrayList<>();
    for (long id = -600; id < 0; id++) {
      older.add(new Object[] {id, one, rule});
    }
    transactions.executeWithoutResult(
        status ->
            jdbc.batchUpdate(
                "insert into match_key (rule_id, value_hash, record_id, entity, leader, likeness)"
                    + " select rule_id, value_hash, ?, entity, leader, likeness from match_key"
                    + " where record_id = ? and entity = 1 and rule_id = ?",
                older));
    assertThat(mia.api().get("/leads/" + one + "/duplicates").is(200).text())
        .contains("\"id\":" + two + ",");
    transactions.executeWithoutResult(
        status -> jdbc.update("delete from match_key where record_id < 0"));
  }

  @Test
  void nothingIsKeptOfAQuestionThoughItCouldBeRepeated() throws Exception {
    long one = lead(admin, "email", email());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(like(admin, Map.of("email", email()))).containsExactly(one));
    for (int times = 0; times < 2; times++) {
      http.perform(
              MockMvcRequestBuilders.post("/api/v1/leads/duplicates/like")
                  .with(httpBasic(admin.login(), admin.password()))
                  .header("Idempotency-Key", mark)
                  .contentType(MediaType.APPLICATION_JSON)
                  .content("{\"values\": {\"email\": \"" + email() + "\"}}"))
          .andExpect(status().isOk())
          .andExpect(header().doesNotExist("Idempotency-Replayed"));
    }
    assertThat(
            jdbc.queryForObject(
                "select count(*) from idempotency_key where answer like ?",
                Long.class,
                "%" + email() + "%"))
        .isZero();
  }

  @Test
  void whatIsErasedLeavesItsGroupThoughNobodyHasReadThatItWasTrashed() {
    long a = lead(admin, "email", email());
    long b = lead(admin, "email", email());
    untilGroups(admin, Set.of(Set.of(a, b)), a, b);
    String ofBoth =
        "select count(*) from match_group where (rule_id, value_hash) in (select rule_id, value_hash from match_key"
            + " where record_id in (?, ?) and entity = 1)";
    List<Map<String, Object>> keys =
        jdbc.queryForList(
            "select rule_id, value_hash from match_key where record_id = ? and entity = 1", a);
    assertThat(jdbc.queryForObject(ofBoth, Long.class, a, b)).isOne();
    admin.post("/journal/consumers/duplicates/pause").is(204);
    try {
      for (long id : List.of(a, b)) {
        admin.delete("/leads/" + id).is(204);
      }
      Map<String, Object> order = new HashMap<>(Map.of("operation", "erase", "name", mark));
      order.put("settings", Map.of("confirm", "DELETE"));
      order.put("ids", List.of(a, b));
      long job = admin.post("/leads/bulk-actions", order).is(202).id();
      await()
          .atMost(PATIENCE)
          .until(() -> admin.get("/bulk-actions/" + job).json().hasNonNull("endedAt"));
    } finally {
      admin.post("/journal/consumers/duplicates/resume").is(204);
    }
    for (Map<String, Object> key : keys) {
      for (String table : List.of("match_group", "match_key")) {
        assertThat(
                jdbc.queryForObject(
                    "select count(*) from " + table + " where rule_id = ? and value_hash = ?",
                    Long.class,
                    key.get("rule_id"),
                    key.get("value_hash")))
            .as(table)
            .isZero();
      }
    }
  }
}
