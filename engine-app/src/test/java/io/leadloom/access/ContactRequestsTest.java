package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Imports and bulk actions of contacts in one table of five counts. */
@LeadloomTest
class ContactRequestsTest {

  private static final List<String> FIGURES =
      List.of("created", "updated", "skipped", "failed", "deleted");

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private Caller admin;
  private Somebody ravi;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    ravi = people.hire(null, Role.SALES);
  }

  private String mail(int n) {
    return mark + "-" + n + "@x.test";
  }

  private long upload(String csv, String query) throws Exception {
    String answer =
        http.perform(
                MockMvcRequestBuilders.post(
                        URI.create("/api/v1/imports?entity=contact&name=" + mark + ".csv" + query))
                    .with(httpBasic(admin.login(), admin.password()))
                    .contentType("text/csv")
                    .content(csv.getBytes(StandardCharsets.UTF_8)))
            .andReturn()
            .getResponse()
            .getContentAsString();
    long id = new ObjectMapper().readTree(answer).path("id").asLong();
    await()
        .untilAsserted(
            () ->
                assertThat(admin.get("/imports/" + id).json().path("status").asText())
                    .isIn("done", "failed"));
    return id;
  }

  private JsonNode request(String type, long id) {
    return StreamSupport.stream(
            admin.get("/contact-requests?limit=100").is(200).json().path("items").spliterator(),
            false)
        .filter(one -> one.path("id").asLong() == id && one.path("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> counts(JsonNode request) {
    return FIGURES.stream().map(figure -> request.path(figure).asLong()).toList();
  }

  @Test
  void ENG_E12_ENG_103_ENG_105_ENG_106_ENG_107_ENG_223_fiveCountsOfAnImportAddUp()
      throws Exception {
    for (int n = 1; n <= 4; n++) {
      admin.make("contacts", Map.of("lastName", "Old", "email", mail(n)));
    }
    StringBuilder csv = new StringBuilder("Surname,Mail\n");
    IntStream.rangeClosed(1, 3).forEach(n -> csv.append("New,").append(mail(n)).append('\n'));
    csv.append("Old,").append(mail(4)).append('\n');
    IntStream.rangeClosed(5, 8).forEach(n -> csv.append("New,").append(mail(n)).append('\n'));
    csv.append("Bad,no address\nBad,neither@\n");
    long id =
        upload(
            csv.toString(),
            "&match=email&mapping="
                + java.net.URLEncoder.encode(
                    "{\"Surname\":\"lastName\",\"Mail\":\"email\"}", StandardCharsets.UTF_8));
    JsonNode request = request("import", id);
    assertThat(counts(request)).containsExactly(4L, 3L, 1L, 2L, 0L);
    assertThat(request.path("total").asLong()).isEqualTo(10);
    assertThat(request.path("status").asText()).isEqualTo("completed");
    assertThat(request.path("name").asText()).isEqualTo(mark + ".csv");
    assertThat(request.path("userId").asLong()).isPositive();
    assertThat(admin.get(request.path("reasons").asText()).is(200).text()).contains("no address");
    assertThat(ravi.api().get("/contact-requests").is(200).ids())
        .as("imports that he may not see")
        .doesNotContain(id);
  }

  @Test
  void ENG_103_ENG_104_ENG_106_bulkActionsAreRequestsToo() {
    List<Long> ids = new ArrayList<>();
    for (int n = 1; n <= 3; n++) {
      ids.add(admin.make("contacts", Map.of("lastName", mark, "city", n == 1 ? "Goa" : "Pune")));
    }
    long update = bulk("update", ids, Map.of("values", Map.of("city", "Goa")));
    JsonNode updated = request("bulk-update", update);
    assertThat(counts(updated)).containsExactly(0L, 2L, 1L, 0L, 0L);
    assertThat(updated.path("total").asLong()).isEqualTo(3);
    long delete = bulk("delete", ids, Map.of());
    JsonNode deleted = request("bulk-delete", delete);
    assertThat(counts(deleted)).containsExactly(0L, 0L, 0L, 0L, 3L);
    assertThat(deleted.path("status").asText()).isEqualTo("completed");
    List<Long> paged = new ArrayList<>();
    String next = "";
    while (next != null && paged.size() < 500) {
      JsonNode page =
          admin
              .get("/contact-requests?limit=1" + (next.isEmpty() ? "" : "&cursor=" + next))
              .is(200)
              .json();
      page.path("items").forEach(item -> paged.add(item.path("id").asLong()));
      next = page.path("next").asText(null);
    }
    assertThat(paged).containsSubsequence(delete, update);
    admin.get("/contact-requests?cursor=nonsense").is(422).says("cursor", "next");
  }

  private long bulk(String operation, List<Long> ids, Map<String, ?> settings) {
    long id =
        admin
            .post(
                "/contacts/bulk-actions",
                Map.of("operation", operation, "name", mark, "ids", ids, "settings", settings))
            .is(202)
            .id();
    await()
        .untilAsserted(
            () ->
                assertThat(admin.get("/bulk-actions/" + id).json().path("status").asText())
                    .isEqualTo("complete"));
    return id;
  }
}
