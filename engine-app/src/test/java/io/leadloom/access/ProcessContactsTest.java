package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The contacts of processes: one for each number of a process, whom nobody else knows. */
@LeadloomTest
@Tag("database")
class ProcessContactsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;
  @Autowired DataSource source;
  @Autowired PlatformTransactionManager transactions;
  @Autowired List<JavaMigration> migrations;

  private People people;
  private CallCentre centre;
  private Caller admin;
  private Caller api;

  @BeforeEach
  void aProcess() {
    people = new People(http, staff);
    centre = new CallCentre(people);
    admin = people.admin();
    api = centre.supervisor.api();
    admin
        .patch(
            "/table-definitions/" + centre.table,
            Map.of(
                "columns",
                List.of(
                    Map.of("name", "phone1", "field", "phone", "primary", true),
                    Map.of("name", "name", "field", "lastName"),
                    Map.of("name", "city", "field", "city"))))
        .is(200);
  }

  private long list(long process, String name) {
    return api.post("/processes/" + process + "/lead-lists", centre.list(name)).is(201).id();
  }

  private void upload(long list, String... lines) {
    uploaded(sent(list, lines));
  }

  private long sent(long list, String... lines) {
    String file = String.join("\n", lines) + "\n";
    return api.upload("/lead-lists/" + list + "/uploads?name=leads.csv&update=true", file)
        .is(202)
        .id();
  }

  private void uploaded(long upload) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !api.get("/list-uploads/" + upload)
                    .json()
                    .path("status")
                    .asText()
                    .equals("running"));
    JsonNode done = api.get("/list-uploads/" + upload).is(200).json();
    assertThat(done.path("status").asText()).as(done.toString()).isEqualTo("done");
  }

  private JsonNode contacts(long process, String more) {
    return api.get("/processes/" + process + "/contacts" + more).is(200).json().path("items");
  }

  private JsonNode contact(long process) {
    JsonNode all = contacts(process, "");
    assertThat(all).as(all.toString()).hasSize(1);
    return api.get("/process-contacts/" + all.get(0).path("id").asLong()).is(200).json();
  }

  private void allowDuplicates(boolean duplicates) {
    int version = admin.get("/settings/general").is(200).json().path("version").asInt();
    Map<String, Object> wanted = Map.of("version", version, "duplicateContacts", duplicates);
    admin.put("/settings/general", wanted).is(200);
  }

  @Test
  void ENG_E28_VOC_010_eachProcessHasAContactOfItsOwnWhateverTheSettingForDuplicates() {
    long other = centre.process("Q " + centre.mark, centre.supervisor);
    admin.post("/contacts", Map.of("values", Map.of("lastName", "Outside", "phone", "5550100")));
    allowDuplicates(false);
    try {
      upload(list(centre.process, "P"), "phone1,name", "5550100,Ann");
      upload(list(other, "Q"), "phone1,name", "555-0100,Bob");
    } finally {
      allowDuplicates(true);
    }
    JsonNode first = contact(centre.process);
    JsonNode second = contact(other);
    assertThat(first.path("id").asLong()).isNotEqualTo(second.path("id").asLong());
    assertThat(first.path("name").asText()).isEqualTo("Ann");
    assertThat(second.path("name").asText()).isEqualTo("Bob");
    assertThat(first.path("process").asLong()).isEqualTo(centre.process);
    assertThat(second.path("process").asLong()).isEqualTo(other);
    for (long id : List.of(first.path("id").asLong(), second.path("id").asLong())) {
      admin.get("/contacts/" + id).is(404);
    }
  }

  @Test
  void VOC_006_aContactThatIsFoundKeepsItsValuesAndTheLeadHasThoseOfItsRow() {
    long spring = list(centre.process, "Spring");
    upload(spring, "phone1,name,city", "+49 30 123456,Ann,Pune", ",Nobody,Goa");
    long autumn = list(centre.process, "Autumn");
    upload(autumn, "phone1,name,city", "+4930123456,Anna,Delhi", "+4930999999,Cy,Goa");
    JsonNode found = contacts(centre.process, "?search=ann");
    assertThat(found).as(found.toString()).hasSize(1);
    assertThat(found.get(0).path("leads").asInt()).isEqualTo(2);
    JsonNode ann = api.get("/process-contacts/" + found.get(0).path("id").asLong()).is(200).json();
    assertThat(ann.path("values").path("lastName").asText()).isEqualTo("Ann");
    assertThat(ann.path("values").path("city").asText()).isEqualTo("Pune");
    assertThat(ann.path("values").path("phone").asText()).isEqualTo("+4930123456");
    assertThat(ann.path("some").findValuesAsText("listName")).containsExactly("Autumn", "Spring");
    JsonNode lead =
        api.get("/list-leads/" + ann.path("some").get(0).path("id").asLong()).is(200).json();
    assertThat(lead.path("values").path("name").asText()).isEqualTo("Anna");
    assertThat(lead.path("contact").asLong()).isEqualTo(ann.path("id").asLong());
    assertThat(contacts(centre.process, "?search=%2B49%2030%20999")).hasSize(1);
    JsonNode page = api.get("/processes/" + centre.process + "/contacts?limit=1").is(200).json();
    assertThat(page.path("items")).hasSize(1);
    assertThat(contacts(centre.process, "?limit=1&cursor=" + page.path("next").asText()).get(0))
        .isNotEqualTo(page.path("items").get(0));
    api.get("/processes/" + centre.process + "/contacts?search=an")
        .is(422)
        .says("search", "at least 3");
    api.post("/lead-lists/" + spring + "/leads", Map.of("values", Map.of("phone1", "+4930777777")))
        .is(201);
    assertThat(contacts(centre.process, "?search=%2B4930777777")).as("by hand").hasSize(1);
  }

  @Test
  void LEAD_008_contactsOfAProcessAreForWhoKeepsIt() {
    upload(list(centre.process, "Spring"), "phone1,name", "5550100,Ann");
    long id = contact(centre.process).path("id").asLong();
    Somebody stranger = people.hire(null, Role.SUPERVISOR);
    for (String path :
        List.of("/processes/" + centre.process + "/contacts", "/process-contacts/" + id)) {
      admin.get(path).is(200);
      centre.agent.api().get(path).is(403);
      stranger.api().get(path).is(404);
    }
    admin.get("/process-contacts/999999999999").is(404);
  }

  private void hide(String... fields) {
    Map<String, String> hidden = new HashMap<>();
    for (String field : fields) {
      hidden.put(field, "hidden");
    }
    admin
        .put(
            "/users/" + centre.supervisor.id() + "/permissions",
            Map.of("exceptions", Map.of("fields", Map.of("lead", hidden))))
        .is(200);
  }

  @Test
  void VOC_006_whatIsHiddenOfLeadsIsHiddenOfTheirContactsToo() {
    upload(list(centre.process, "Spring"), "phone1,name,city", "+4930123456,Ann,Pune");
    JsonNode all = contact(centre.process);
    assertThat(all.path("name").asText()).isEqualTo("Ann");
    assertThat(all.path("values").fieldNames()).toIterable().contains("lastName", "city", "phone");
    hide("city");
    JsonNode less = contact(centre.process);
    assertThat(less.path("values").fieldNames()).toIterable().contains("lastName", "phone");
    assertThat(less.path("values").has("city")).isFalse();
    hide("lastName");
    less = contact(centre.process);
    assertThat(less.hasNonNull("name")).isFalse();
    assertThat(less.toString()).doesNotContain("Ann");
    assertThat(contacts(centre.process, "?search=ann")).isEmpty();
    hide("phone");
    less = contact(centre.process);
    assertThat(less.hasNonNull("number")).isFalse();
    assertThat(less.toString()).doesNotContain("30123456");
    assertThat(contacts(centre.process, "?search=%2B4930123456")).isEmpty();
  }

  @Test
  void VOC_006_aNumberIsFoundByWhatItBeginsWithAndWithoutItsCountry() {
    admin.patch("/processes/" + centre.process, Map.of("defaultCountry", "DE")).is(200);
    upload(
        list(centre.process, "Spring"),
        "phone1,name",
        "+4930123456,Ann",
        "+49301234567,Bo",
        "+919811111111,Cy");
    assertThat(contacts(centre.process, "?search=%2B49%2030%20123456").findValuesAsText("name"))
        .as("the number itself and what goes on behind it, each once")
        .containsExactlyInAnyOrder("Ann", "Bo");
    assertThat(contacts(centre.process, "?search=030%20123456").findValuesAsText("name"))
        .containsExactly("Ann");
    assertThat(contacts(centre.process, "?limit=1&search=%2B4930123456").findValuesAsText("name"))
        .hasSize(1);
    assertThat(contacts(centre.process, "?search=%2B9198").findValuesAsText("name"))
        .containsExactly("Cy");
    assertThat(contacts(centre.process, "?search=555")).isEmpty();
  }

  @Test
  void ofTwoUploadsAtOnceOneMakesTheContact() throws Exception {
    long other = list(centre.process, "Two");
    long list = list(centre.process, "One");
    List<String> lines = new ArrayList<>(List.of("phone1,name"));
    for (int i = 0; i < 1_200; i++) {
      lines.add(String.format("+4930%07d,N%d", i, i));
    }
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier together = new CyclicBarrier(2);
      List<Future<Long>> sent = new ArrayList<>();
      for (long each : List.of(list, other)) {
        Callable<Long> sending =
            () -> {
              together.await();
              return sent(each, lines.toArray(String[]::new));
            };
        sent.add(both.submit(sending));
      }
      for (Future<Long> upload : sent) {
        uploaded(upload.get());
      }
    } finally {
      both.shutdownNow();
    }
    assertThat(count("select count(*) from process_contact where process_id = ?", centre.process))
        .isEqualTo(1_200);
    assertThat(
            count(
                "select count(*) from list_lead r join process_contact c on c.id = r.contact_id"
                    + " where c.process_id = ?",
                centre.process))
        .isEqualTo(2_400);
  }

  @Test
  void LEAD_022_aContactGoesWithTheLastOfItsLeads() {
    long one = list(centre.process, "One");
    long two = list(centre.process, "Two");
    upload(one, "phone1", "+4930111111", "+4930222222");
    upload(two, "phone1", "+4930222222");
    assertThat(contacts(centre.process, "")).hasSize(2);
    api.delete("/lead-lists/" + one).is(204);
    await().atMost(PATIENCE).until(() -> contacts(centre.process, "").size() == 1);
    JsonNode left = contact(centre.process);
    assertThat(left.path("number").asText()).isEqualTo("+4930222222");
    assertThat(left.path("leads").asInt()).isOne();
    api.delete("/lead-lists/" + two).is(204);
    await().atMost(PATIENCE).until(() -> contacts(centre.process, "").isEmpty());
  }

  @Test
  void leadsFromBeforeGetContactsOfWhomTheNumberIsKnown() {
    upload(list(centre.process, "One"), "phone1,name", "+4930111111,Ann", "+4930222222,Bo");
    upload(list(centre.process, "Two"), "phone1", "+4930222222", "");
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    transaction.executeWithoutResult(
        status -> {
          jdbc.update(
              "update list_lead set contact_id = null where list_id in"
                  + " (select id from lead_list where process_id = ?)",
              centre.process);
          jdbc.update("delete from process_contact where process_id = ?", centre.process);
        });
    assertThat(contacts(centre.process, "")).isEmpty();
    JavaMigration migration =
        migrations.stream()
            .filter(one -> "1002".equals(String.valueOf(one.getVersion())))
            .findFirst()
            .orElseThrow();
    transaction.executeWithoutResult(status -> migrate(migration));
    JsonNode all = contacts(centre.process, "");
    assertThat(all.findValuesAsText("number"))
        .containsExactlyInAnyOrder("+4930111111", "+4930222222");
    assertThat(contacts(centre.process, "?search=%2B4930222222").get(0).path("leads").asInt())
        .isEqualTo(2);
    long before = contacts(centre.process, "").get(0).path("id").asLong();
    transaction.executeWithoutResult(status -> migrate(migration));
    assertThat(contacts(centre.process, "").get(0).path("id").asLong())
        .as("a second try has nothing to do")
        .isEqualTo(before);
    assertThat(migration.canExecuteInTransaction()).isFalse();
    upload(list(centre.process, "Three"), "phone1,name", "+4930111111,Cy");
    assertThat(contacts(centre.process, "")).as("the same are found again").hasSize(2);
  }

  private void migrate(JavaMigration migration) {
    Context context = mock(Context.class);
    when(context.getConnection()).thenReturn(DataSourceUtils.getConnection(source));
    try {
      migration.migrate(context);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private long count(String sql, long process) {
    Long count = jdbc.queryForObject(sql, Long.class, process);
    return count == null ? 0 : count;
  }
}
