package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Uploads of files into lead lists, and what becomes of numbers that are there already. */
@LeadloomTest
@Tag("database")
class ListUploadsTest {
  @Autowired MockMvc http;
  @Autowired Staff staff;

  private CallCentre centre;
  private Caller admin;
  private Caller api;

  @BeforeEach
  void aProcess() {
    People people = new People(http, staff);
    centre = new CallCentre(people);
    admin = people.admin();
    api = centre.supervisor.api();
  }

  private static Map<String, Object> column(String name, String field, Object... marks) {
    Map<String, Object> column = CallCentre.values(marks);
    column.put("name", name);
    column.put("field", field);
    return column;
  }

  private void columns(List<Map<String, Object>> columns) {
    admin.patch("/table-definitions/" + centre.table, Map.of("columns", columns)).is(200);
  }

  /** phone1 as the primary key and a name. */
  private void phoneAndName() {
    columns(List.of(column("phone1", "state", "primary", true), column("name", "leadName")));
  }

  private void assigned(long campaign, long... lists) {
    for (long list : lists) {
      api.patch("/lead-lists/" + list + "/campaigns", Map.of("assign", List.of(campaign))).is(200);
    }
  }

  private JsonNode ended(long upload) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                !List.of("running", "prepared")
                    .contains(
                        api.get("/list-uploads/" + upload)
                            .json()
                            .path("status")
                            .asText("running")));
    return api.get("/list-uploads/" + upload).is(200).json();
  }

  private JsonNode upload(long list, String more, String... lines) {
    long id =
        api.upload(
                "/lead-lists/" + list + "/uploads?name=leads.csv" + more,
                String.join("\n", lines) + "\n")
            .is(202)
            .id();
    return ended(id);
  }

  private static void counts(
      JsonNode upload, int created, int updated, int migrated, int skipped, int failed) {
    JsonNode counts = upload.path("counts");
    assertThat(
            List.of(
                counts.path("created").asInt(),
                counts.path("updated").asInt(),
                counts.path("migrated").asInt(),
                counts.path("skipped").asInt(),
                counts.path("failed").asInt()))
        .as(upload.toString())
        .containsExactly(created, updated, migrated, skipped, failed);
    assertThat(upload.path("status").asText()).isEqualTo("done");
  }

  /** What a list holds: number and name, sorted. */
  private List<String> held(long list) {
    List<String> held = new ArrayList<>();
    api.get("/lead-lists/" + list + "/leads?limit=200")
        .is(200)
        .json()
        .path("items")
        .forEach(
            lead -> {
              JsonNode values = lead.path("values");
              held.add(
                  (values.path("phone1").asText() + " " + values.path("name").asText("")).strip());
            });
    assertThat(api.get("/lead-lists/" + list).json().path("leads").asInt()).isEqualTo(held.size());
    return held.stream().sorted().toList();
  }

  private String rows(JsonNode upload) {
    return api.get("/list-uploads/" + upload.path("id").asLong() + "/rows.csv").is(200).text();
  }

  @Test
  void LEAD_E01_blanksAreNeverEqualAndALaterEqualValueFails() {
    columns(
        List.of(
            column("name", "leadName", "unique", true),
            column("phone1", "state", "primary", true)));
    long list = centre.made("Spring");
    JsonNode done =
        upload(list, "", "name,phone1", ",5550001", "  ,5550002", "Ann,5550003", "Ann,5550004");
    counts(done, 3, 0, 0, 0, 1);
    assertThat(rows(done))
        .contains("5,failed,name,Ann,")
        .contains("duplicate value within the file");
    assertThat(held(list)).containsExactly("5550001", "5550002", "5550003 Ann");
  }

  @Test
  void LEAD_E02_LEAD_E03_LEAD_E04_duplicatesAreUpdatedWhereTheyAreOrMigrated() {
    phoneAndName();
    long one = centre.made("L1");
    long two = centre.made("L2");
    assigned(centre.campaign("C"), one, two);
    counts(upload(one, "", "phone1,name", "5550001,Old"), 1, 0, 0, 0, 0);
    counts(upload(two, "&update=true", "phone1,name", "5550001,New"), 0, 1, 0, 0, 0);
    assertThat(held(one)).containsExactly("5550001 New");
    assertThat(held(two)).isEmpty();
    counts(upload(one, "&update=true", "phone1,name", "555-0001,Newer"), 0, 1, 0, 0, 0);
    assertThat(held(one)).hasSize(1);
    long lead = api.get("/lead-lists/" + one + "/leads").json().at("/items/0/id").asLong();
    JsonNode moved = upload(two, "&migrate=true", "phone1,name", "5550001,New", "5550009,Z");
    counts(moved, 1, 0, 1, 0, 0);
    assertThat(held(one)).isEmpty();
    assertThat(held(two)).containsExactly("5550001 New", "5550009 Z");
    JsonNode move = api.get("/list-leads/" + lead).is(200).json().at("/moves/0");
    assertThat(List.of(move.path("from").asText(), move.path("to").asText()))
        .containsExactly("L1", "L2");
    // Already there: in place, and a blank cell leaves what is stored (LEAD-068, LEAD-072).
    counts(upload(two, "&migrate=true", "phone1,name", "5550001,"), 0, 1, 0, 0, 0);
    assertThat(held(two)).containsExactly("5550001 New", "5550009 Z");
  }

  @Test
  void LEAD_E05_LEAD_E06_listsOfOtherCampaignsAndProcessesAreNotLookedAt() {
    phoneAndName();
    long one = centre.made("L1");
    long three = centre.made("L3");
    assigned(centre.campaign("C"), one);
    assigned(centre.campaign("D"), three);
    upload(one, "", "phone1,name", "5550001,Old");
    counts(upload(three, "&update=true", "phone1,name", "5550001,New"), 1, 0, 0, 0, 0);
    long process = centre.process("Q " + centre.mark, centre.supervisor);
    for (String mode : List.of("&update=true", "&migrate=true")) {
      long foreign =
          api.post("/processes/" + process + "/lead-lists", centre.list("Q" + mode)).is(201).id();
      counts(upload(foreign, mode, "phone1,name", "5550001,New"), 1, 0, 0, 0, 0);
    }
    assertThat(held(one)).containsExactly("5550001 Old");
  }

  @Test
  void LEAD_E07_LEAD_E31_withoutAModeANumberThatIsThereIsSkippedAndItsListNamed() {
    phoneAndName();
    long one = centre.made("L1");
    long two = centre.made("L2");
    assigned(centre.campaign("C"), one, two);
    upload(one, "", "phone1,name", "5550001,Old");
    JsonNode other = upload(two, "", "phone1,name", "5550001,New");
    counts(other, 0, 0, 0, 1, 0);
    assertThat(rows(other)).contains("2,skipped,phone1,5550001,").contains("L1");
    counts(upload(one, "", "phone1,name", "5550001,New"), 0, 0, 0, 1, 0);
    assertThat(held(one)).containsExactly("5550001 Old");
  }

  @Test
  void LEAD_E08_headersAreMappedToPhonesTimeZoneAndName() {
    columns(
        List.of(
            column("phone1", "state", "primary", true),
            column("phone2", "city"),
            column("phone3", "zip"),
            column("timezone", "country"),
            column("name", "leadName"),
            column("note", "company")));
    long list = centre.made("Spring");
    String path = "/lead-lists/" + list + "/uploads?name=a.csv&map=true";
    JsonNode waits =
        api.upload(
                path,
                "Mobile,Alt,Zone,Customer,Note,Else\n5550001,5550002,Europe/Paris,Ann,n,x\n"
                    + "5550003,,,Bob,,\n5550004,,Mars,Cy,,\n")
            .is(202)
            .json();
    assertThat(waits.path("status").asText()).isEqualTo("prepared");
    assertThat(waits.path("headers")).hasSize(6);
    String start = "/list-uploads/" + waits.path("id").asLong() + "/start";
    api.post(start, Map.of("mapping", Map.of("name", "Customer")))
        .is(422)
        .says("phone1", "a header of the file");
    api.post(start, Map.of("mapping", Map.of("phone1", "Mobile", "phone2", "Mobile"))).is(422);
    api.post(start, Map.of("mapping", Map.of("phone1", "Nothing", "phone5", "Alt")))
        .is(422)
        .says("phone1", "a header of the file")
        .says("phone5", "one of the columns");
    Map<String, String> mapping =
        Map.of("phone1", "Mobile", "phone2", "Alt", "timezone", "Zone", "name", "Customer");
    api.post(start, Map.of("mapping", mapping)).is(200);
    JsonNode done = ended(waits.path("id").asLong());
    counts(done, 2, 0, 0, 0, 1);
    assertThat(done.path("ignored")).hasSize(1);
    assertThat(rows(done)).contains("4,failed,timezone,Mars,");
    JsonNode leads = api.get("/lead-lists/" + list + "/leads").json().path("items");
    JsonNode ann = leads.path(1).path("values");
    assertThat(ann.path("phone2").asText()).isEqualTo("5550002");
    assertThat(ann.path("timezone").asText()).isEqualTo("Europe/Paris");
    assertThat(ann.path("name").asText()).isEqualTo("Ann");
    assertThat(ann.path("note").asText()).isEqualTo("n");
    assertThat(ann.has("phone3")).isFalse();
    assertThat(leads.path(0).path("values").path("timezone").asText()).isEqualTo("Asia/Kolkata");
    api.post(start, Map.of("mapping", mapping)).is(409);
  }

  @Test
  void LEAD_E09_aValueOfAnotherTypeFailsWithRowColumnAndReason() {
    columns(List.of(column("phone1", "state", "primary", true), column("age", centre.numbers())));
    long list = centre.made("Spring");
    // In the order of the definition, without a name that is known (LEAD-042, LEAD-043).
    JsonNode done = upload(list, "", "a;b", "5550001;40", "5550002;forty", "5550003;");
    counts(done, 2, 0, 0, 0, 1);
    assertThat(rows(done)).contains("3,failed,age,forty,\"Expected: a whole number");
  }

  @Test
  void LEAD_E30_anEqualUniqueValueWithAnotherNumberIsNeverMerged() {
    columns(
        List.of(
            column("phone1", "state", "primary", true),
            column("email", "email", "unique", true),
            column("name", "leadName")));
    long list = centre.made("Spring");
    JsonNode done =
        upload(
            list,
            "&update=true",
            "phone1,email,name",
            "5550001,a@x.com,Ann",
            "5550001,a@x.com,Anna",
            "5550002,a@x.com,Bob");
    counts(done, 1, 1, 0, 0, 1);
    assertThat(rows(done)).contains("4,failed,email,a@x.com,");
    assertThat(held(list)).containsExactly("5550001 Anna");
  }

  @Test
  void LEAD_073_allAreUpdatedAndTheOneChangedLastIsMigrated() {
    phoneAndName();
    long one = centre.made("L1");
    long two = centre.made("L2");
    long three = centre.made("L3");
    upload(one, "", "phone1,name", "5550001,A");
    upload(two, "", "phone1,name", "5550001,B");
    assigned(centre.campaign("C"), one, two, three);
    counts(upload(three, "&update=true", "phone1,name", "5550001,C"), 0, 1, 0, 0, 0);
    assertThat(held(one)).isEqualTo(held(two)).containsExactly("5550001 C");
    JsonNode moved = upload(three, "&migrate=true", "phone1,name", "5550001,D");
    counts(moved, 0, 0, 1, 0, 0);
    assertThat(held(three)).containsExactly("5550001 D");
    assertThat(held(one).size() + held(two).size()).isEqualTo(1);
    assertThat(rows(moved)).contains("2,migrated,phone1,5550001,");
  }

  @Test
  void LEAD_039_LEAD_041_LEAD_055_LEAD_070_filesAndModesThatDoNotDoAreRefused() {
    phoneAndName();
    long list = centre.made("Spring");
    String path = "/lead-lists/" + list + "/uploads?name=";
    api.upload(path + "a.pdf", "phone1\n1\n").is(422).says("file", "CSV or XLSX");
    api.upload(path + "a.csv", "").is(422).says("file", "Choose a file");
    api.upload(path + "a.xlsx", new byte[] {'P', 'K', 3, 4, 0, 0}).is(422).says("file", "readable");
    api.upload(path + "a.csv&update=true&migrate=true", "phone1\n1\n")
        .is(422)
        .says("migrate", "not both");
    api.upload(path + "a.csv&encoding=EBCDIC", "phone1\n1\n").is(422).says("encoding", "UTF-8");
    assertThat(api.get("/lead-lists/" + list + "/uploads").is(200).ids()).isEmpty();
    byte[] german =
        "phone1,name\n5550001,Jörg\n5550002,Ann\n".getBytes(Charset.forName("windows-1252"));
    JsonNode broken = ended(api.upload(path + "a.csv", german).is(202).id());
    counts(broken, 1, 0, 0, 0, 1);
    assertThat(rows(broken)).contains("2,failed,name,").contains("text in UTF-8");
    counts(
        ended(api.upload(path + "a.csv&encoding=windows-1252", german).is(202).id()),
        1,
        0,
        0,
        1,
        0);
    assertThat(held(list)).contains("5550001 Jörg");
    assertThat(api.get("/lead-lists/" + list + "/uploads?limit=1").is(200).ids()).hasSize(1);
  }

  @Test
  void LEAD_044_theSampleFileHasTheColumnsInTheirOrder() {
    columns(
        List.of(
            column("name", "leadName"),
            column("phone1", "state", "primary", true),
            column("city, town", "city")));
    long list = centre.made("Spring");
    String sample = api.get("/lead-lists/" + list + "/sample.csv").is(200).text();
    assertThat(sample.strip()).endsWith("name,phone1,\"city, town\"");
    counts(upload(list, "", sample.strip(), "Ann,5550001,Bonn"), 1, 0, 0, 0, 0);
    assertThat(held(list)).containsExactly("5550001 Ann");
  }

  @Test
  void LEAD_052_LEAD_211_manyRowsAreWrittenInPiecesAndEachOnce() {
    phoneAndName();
    long list = centre.made("Spring");
    StringBuilder file = new StringBuilder("phone1,name\n");
    for (int i = 0; i < 1_700; i++) {
      file.append(5_550_000 + i % 1_600).append(",N").append(i).append('\n');
    }
    JsonNode done = upload(list, "&update=true", file.toString().strip());
    counts(done, 1_600, 100, 0, 0, 0);
    assertThat(api.get("/lead-lists/" + list).json().path("leads").asInt()).isEqualTo(1_600);
    String search = URLEncoder.encode("N1650", StandardCharsets.UTF_8);
    assertThat(api.get("/lead-lists/" + list + "/leads?search=" + search).is(200).ids()).hasSize(1);
  }

  @Test
  void anUploadThatWaitsIsCancelledAndLeavesNothing() {
    phoneAndName();
    long list = centre.made("Spring");
    long waits =
        api.upload("/lead-lists/" + list + "/uploads?name=a.csv&map=true", "phone1\n5550001\n")
            .is(202)
            .id();
    assertThat(
            api.post("/list-uploads/" + waits + "/cancel").is(200).json().path("status").asText())
        .isEqualTo("cancelled");
    api.post("/list-uploads/" + waits + "/start", Map.of("mapping", Map.of("phone1", "phone1")))
        .is(409);
    assertThat(held(list)).isEmpty();
  }
}
