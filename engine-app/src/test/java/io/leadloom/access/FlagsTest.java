package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Flags bring leads to the top, by hand and when new ones are allocated (LEAD-086, LEAD-098 to LEAD-101). */
@LeadloomTest
class FlagsTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired MutableClock clock;

  private final String mark = UUID.randomUUID().toString();
  private Caller admin;
  private Somebody ravi;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    ravi = people.hire(null, Role.SALES);
  }

  private long lead(Caller by, String name, @Nullable Somebody owner) {
    Map<String, Object> values = new HashMap<>(Map.of("lastName", name, "city", mark));
    if (owner != null) {
      values.put("owner", owner.id());
    }
    return by.make("leads", values);
  }

  private static String flag(Caller by, long lead) {
    return by.get("/leads/" + lead).is(200).json().path("values").path("flag").asText("");
  }

  private void set(Caller by, long lead, @Nullable String flag) {
    Map<String, Object> values = new HashMap<>();
    values.put("flag", flag);
    by.patch("/leads/" + lead, Map.of("values", values)).is(200);
  }

  private List<Long> listed(int limit) {
    List<Long> ids = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Caller.Answer page =
          admin
              .get(
                  "/leads?sort=-flag&limit="
                      + limit
                      + "&filter="
                      + encoded("city = \"" + mark + "\"")
                      + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .is(200);
      ids.addAll(page.ids());
      cursor = page.json().path("next").asText(null);
    }
    return ids;
  }

  private static String encoded(String filter) {
    return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void LEAD_E13_aFlaggedLeadStandsAboveANewerOneAndUnflaggedInItsPlace() {
    clock.setTo(Instant.parse("2026-01-01T09:00:00Z"));
    long a = lead(admin, "A", null);
    clock.advance(Duration.ofDays(4));
    long b = lead(admin, "B", null);
    assertThat(listed(25)).containsExactly(b, a);
    set(admin, a, "By hand");
    assertThat(listed(25)).containsExactly(a, b);
    assertThat(listed(1)).as("page by page").containsExactly(a, b);
    set(admin, a, null);
    assertThat(listed(1)).containsExactly(b, a);
  }

  @Test
  void LEAD_E14_removingBulkFlagsLeavesTheFlagSetByHand() {
    long older = lead(ravi.api(), "Older", null);
    set(ravi.api(), older, "By hand");
    List<Long> ten = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ten.add(lead(admin, "New " + i, null));
    }
    assertThat(ten).allSatisfy(id -> assertThat(flag(admin, id)).isEmpty());
    ended(
        admin,
        Map.of(
            "operation",
            "allocate",
            "name",
            "To Ravi",
            "ids",
            ten,
            "settings",
            Map.of("owners", List.of(ravi.id()))));
    assertThat(ten).allSatisfy(id -> assertThat(flag(ravi.api(), id)).isEqualTo("Automatic"));
    set(ravi.api(), ten.get(0), "By hand");

    Map<String, Object> values = new HashMap<>();
    values.put("flag", null);
    ended(
        ravi.api(),
        Map.of(
            "operation",
            "update",
            "name",
            "Remove bulk flags",
            "filter",
            "flag = \"Automatic\" and owner = " + ravi.id(),
            "settings",
            Map.of("values", values)));
    assertThat(ten.subList(1, 10)).allSatisfy(id -> assertThat(flag(admin, id)).isEmpty());
    assertThat(flag(admin, older)).isEqualTo("By hand");
    assertThat(flag(admin, ten.get(0))).as("flagged both ways").isEqualTo("By hand");
  }

  private static void ended(Caller by, Map<String, Object> order) {
    long job = by.post("/leads/bulk-actions", order).is(202).id();
    await()
        .until(
            () -> by.get("/bulk-actions/" + job).json().path("status").asText(),
            "complete"::equals);
    JsonNode done = by.get("/bulk-actions/" + job).json();
    assertThat(done.path("failed").asInt()).as(done.toString()).isZero();
  }

  @Test
  void LEAD_099_onlyANewLeadThatSomebodyElseHandsOverIsFlagged() {
    assertThat(flag(admin, lead(admin, "Given", ravi))).isEqualTo("Automatic");
    assertThat(flag(admin, lead(ravi.api(), "Own", ravi))).isEmpty();
    long known = lead(admin, "Known", null);
    admin.post("/leads/" + known + "/follow-ups", Map.of("comment", "Called")).is(201);
    admin.patch("/leads/" + known, Map.of("values", Map.of("owner", ravi.id()))).is(200);
    assertThat(flag(admin, known)).as("somebody has had to do with it").isEmpty();
    long plain = lead(admin, "Plain", ravi);
    set(ravi.api(), plain, null);
    ravi.api().patch("/leads/" + plain, Map.of("values", Map.of("company", "Acme"))).is(200);
    assertThat(flag(admin, plain)).as("its owner stays").isEmpty();
  }

  @Test
  void aFlagIsByHandOrAutomaticAndNothingElse() {
    long lead = lead(admin, "Odd", null);
    admin
        .patch("/leads/" + lead, Map.of("values", Map.of("flag", "purple")))
        .is(422)
        .says("flag", "By hand");
  }
}
