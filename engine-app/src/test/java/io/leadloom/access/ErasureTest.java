package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.Traces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Records in the trash are erased for good, with all that is kept about them. */
@LeadloomTest
class ErasureTest {

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
    mark = "Erased" + UUID.randomUUID().toString().substring(0, 13);
  }

  private Map<String, Object> order(Object confirm, Map<String, ?> which) {
    Map<String, Object> order = new java.util.HashMap<>(which);
    order.put("operation", "erase");
    order.put("name", "Erase for good");
    order.put("settings", Map.of("confirm", confirm));
    return order;
  }

  private JsonNode erase(String entity, Map<String, ?> which) {
    long job = admin.post("/" + entity + "/bulk-actions", order("DELETE", which)).is(202).id();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                List.of("complete", "canceled")
                    .contains(admin.get("/bulk-actions/" + job).json().path("status").asText()));
    return admin.get("/bulk-actions/" + job).is(200).json();
  }

  private long contact(long lead) {
    return admin.get("/leads/" + lead).is(200).json().path("values").path("contact").asLong();
  }

  @Test
  void LEAD_112_whatIsErasedIsNowhereAnyMore() {
    long part =
        admin.make("leads", Map.of("firstName", mark, "lastName", "Part", "city", mark + " Town"));
    long lead =
        admin.make(
            "leads", Map.of("firstName", mark, "lastName", "Lee", "email", mark + "@example.com"));
    admin.patch("/leads/" + lead, Map.of("values", Map.of("city", mark + " City"))).is(200);
    long note = admin.make("notes", Map.of("text", mark + " called", "lead", lead));
    long task = admin.make("tasks", Map.of("type", "call", "title", "Ring " + mark, "lead", lead));
    admin.patch("/tasks/" + task, Map.of("values", Map.of("title", "Ring again " + mark))).is(200);
    long file = admin.post("/leads/" + lead + "/files?name=offer.txt", mark).is(201).id();
    admin.post("/leads/" + lead + "/follow-ups", Map.of("comment", "spoke to " + mark)).is(201);
    List<Long> made = List.of(contact(lead), contact(part));
    admin.post("/leads/" + lead + "/merge", Map.of("records", List.of(Map.of("id", part)))).is(200);
    long contact = admin.make("contacts", Map.of("lastName", "Stays"));
    long shared =
        admin.make("notes", Map.of("text", "about both", "lead", lead, "contact", contact));
    admin.delete("/leads/" + lead).is(204);
    assertThat(Traces.of(mark, jdbc, transactions))
        .contains("leads.email", "notes.text", "journal.payload");

    JsonNode job = erase("leads", Map.of("ids", List.of(lead)));
    assertThat(job.path("succeeded").asInt()).isOne();
    assertThat(job.path("undoable").asBoolean()).isFalse();
    for (String path :
        List.of("/leads/" + lead, "/leads/" + part, "/notes/" + note, "/tasks/" + task)) {
      admin.get(path).is(404);
    }
    admin.get("/files/" + file).is(404);
    admin.post("/leads/" + lead + "/restore").is(404);
    assertThat(admin.get("/leads/trash?limit=200").is(200).text()).doesNotContain(mark);
    JsonNode kept = admin.get("/notes/" + shared).is(200).json().path("values");
    assertThat(kept.path("text").asText()).isEqualTo("about both");
    assertThat(kept.has("lead")).isFalse();
    // The contacts that were made for the leads are records of their own.
    made.forEach(one -> admin.delete("/contacts/" + one).is(204));
    assertThat(erase("contacts", Map.of("ids", made)).path("succeeded").asInt()).isEqualTo(2);
    // The audit trail of the merge has named the lead, and is never changed; answers to repeated
    // requests go after a day.
    assertThat(Traces.of(mark, jdbc, transactions))
        .isSubsetOf("audit_entry.subject_name", "idempotency_key.answer");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from file_piece where file_id = ?", Long.class, file))
        .isZero();
    String told = admin.get("/audit?limit=50").is(200).text();
    assertThat(told).contains("lead.erased").contains("merged").contains(Long.toString(part));
    assertThat(
            jdbc.queryForList(
                "select detail from audit_entry where action = 'lead.erased' and subject_id = ?",
                String.class,
                job.path("id").asText()))
        .singleElement()
        .asString()
        .contains("merged", Long.toString(part), "tasks", "notes");
  }

  @Test
  void LEAD_112_theWordHasToBeTypedByAnAdministratorAndTheRecordToBeInTheTrash() {
    long lead = admin.make("leads", Map.of("lastName", mark));
    Map<String, Object> which = Map.of("ids", List.of(lead));
    for (String word : List.of("", "delete", "yes")) {
      admin
          .post("/leads/bulk-actions", order(word, which))
          .is(422)
          .says("settings.confirm", "DELETE");
    }
    people
        .hire(null, Role.MANAGER)
        .api()
        .post("/leads/bulk-actions", order("DELETE", which))
        .is(403);
    JsonNode job = erase("leads", which);
    assertThat(job.path("failed").asInt()).isOne();
    admin.get("/leads/" + lead).is(200);
  }

  @Test
  void allThatMatchInTheTrashAreErasedAndLiveOnesAreNot() {
    List<Long> trashed = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      trashed.add(admin.make("accounts", Map.of("name", mark + " " + i, "city", mark)));
    }
    trashed.forEach(account -> admin.delete("/accounts/" + account).is(204));
    long live = admin.make("accounts", Map.of("name", mark + " live", "city", mark));
    JsonNode job = erase("accounts", Map.of("filter", "city = \"" + mark + "\""));
    assertThat(job.path("succeeded").asInt()).isEqualTo(120);
    admin.get("/accounts/" + trashed.get(60)).is(404);
    admin.get("/accounts/" + live).is(200);
    String filter = URLEncoder.encode("city=\"" + mark + "\"", StandardCharsets.UTF_8);
    assertThat(admin.get("/accounts/trash?filter=" + filter).is(200).ids()).isEmpty();
    // The name is free again.
    admin.make("accounts", Map.of("name", mark + " 7"));
  }

  @Test
  void LEAD_112_aKeyOrdersNoErasureWhateverItMay() {
    JsonNode key =
        admin
            .post(
                "/api-keys",
                Map.of("name", mark, "scopes", List.of("read", "write", "bulk", "administration")))
            .is(201)
            .json();
    Caller program = new Caller(http, key.path("accessKey").asText(), key.path("secret").asText());
    long lead = program.make("leads", Map.of("lastName", mark));
    program.delete("/leads/" + lead).is(204);
    assertThat(
            program
                .post("/leads/bulk-actions", order("DELETE", Map.of("ids", List.of(lead))))
                .is(403)
                .text())
        .contains("by a person");
    admin.post("/leads/" + lead + "/restore").is(200);
  }

  @Test
  void LEAD_112_whatIsToldWhereSomethingHasBeenBeforeIsErasedToo() {
    long first = admin.make("leads", Map.of("lastName", "First"));
    long second = admin.make("leads", Map.of("lastName", "Second"));
    long third = admin.make("leads", Map.of("lastName", "Third"));
    long task = admin.make("tasks", Map.of("type", "call", "title", "Ring " + mark, "lead", first));
    long note = admin.make("notes", Map.of("text", mark + " called", "lead", first));
    for (long next : List.of(second, third)) {
      for (String path : List.of("/tasks/" + task, "/notes/" + note)) {
        admin.patch(path, Map.of("values", Map.of("lead", next))).is(200);
      }
    }
    admin.delete("/notes/" + note).is(204);
    erase("notes", Map.of("ids", List.of(note)));
    admin.delete("/leads/" + third).is(204);
    erase("leads", Map.of("ids", List.of(third)));
    admin.get("/tasks/" + task).is(404);
    assertThat(Traces.of(mark, jdbc, transactions))
        .isSubsetOf("audit_entry.subject_name", "idempotency_key.answer");
  }

  @Test
  void LEAD_112_whatIsToldOfAThingWhileItBelongedToNothingIsErasedToo() {
    long first = admin.make("leads", Map.of("lastName", "First"));
    long second = admin.make("leads", Map.of("lastName", "Second"));
    long task = admin.make("tasks", Map.of("type", "call", "title", "Ring " + mark));
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("lead", null);
    for (Map<String, Object> next :
        List.of(
            Map.<String, Object>of("lead", first),
            nothing,
            Map.<String, Object>of("lead", second))) {
      admin.patch("/tasks/" + task, Map.of("values", next)).is(200);
    }
    admin.delete("/leads/" + second).is(204);
    erase("leads", Map.of("ids", List.of(second)));
    admin.get("/tasks/" + task).is(404);
    assertThat(Traces.of(mark, jdbc, transactions))
        .isSubsetOf("audit_entry.subject_name", "idempotency_key.answer");
  }

  @Test
  void LEAD_112_allThatBelongsToARecordGoesHoweverMuchItIs() {
    long account = admin.make("accounts", Map.of("name", mark));
    LocalDateTime now = LocalDateTime.of(2026, 1, 1, 12, 0);
    List<Object[]> notes = new ArrayList<>();
    for (long i = 1; i <= 2_100; i++) {
      notes.add(new Object[] {1_000_000_000_000L + i, mark, account, now, now});
    }
    transactions.executeWithoutResult(
        status ->
            jdbc.batchUpdate(
                "insert into notes (id, version, text, account_id, created_at, updated_at) values (?, 1, ?, ?, ?, ?)",
                notes));
    admin.delete("/accounts/" + account).is(204);
    assertThat(erase("accounts", Map.of("ids", List.of(account))).path("succeeded").asInt())
        .isOne();
    assertThat(Traces.of(mark, jdbc, transactions))
        .isSubsetOf("audit_entry.subject_name", "idempotency_key.answer");
  }

  @Test
  void whatIsKeptAboutRecordsIsFoundByTheirIds() {
    Map.of(
            "notice_of_record", "notice where ref_id in (1, 2) and ref_type = 1",
            "mailbox_of_record", "mailbox where root_type = 'lead' and root_id in (1, 2)",
            "bulk_undo_of_record", "bulk_undo where record_id in (1, 2)",
            "journal_parked_of_record", "journal_parked where root_id = 1 and root_type = 1",
            "journal_root",
                "journal where root_id = 1 and root_type = 1 and place > 5 order by place limit 500")
        .forEach(
            (index, from) ->
                assertThat(
                        jdbc.queryForList("explain select * from " + from)
                            .toString()
                            .toLowerCase(Locale.ROOT))
                    .contains(index));
  }
}
