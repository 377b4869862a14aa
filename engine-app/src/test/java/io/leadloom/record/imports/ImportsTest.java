package io.leadloom.record.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Staff.NewAccount;
import io.leadloom.testing.LeadloomTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

@LeadloomTest(
    properties = {
      "leadloom.test.database=imports",
      "leadloom.imports.folder=target/imports",
      "leadloom.imports.chunk=100",
      "leadloom.imports.max-rows=5000",
      "leadloom.imports.max-size=20MB"
    })
class ImportsTest {

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private ImportSettings settings;
  @Autowired private Staff staff;

  private TestRestTemplate admin() {
    return http.withBasicAuth("admin", "leadloom");
  }

  private static URI path(String query, Object... values) {
    return UriComponentsBuilder.fromUriString("/api/v1/imports?" + query)
        .encode()
        .buildAndExpand(values)
        .toUri();
  }

  private ResponseEntity<JsonNode> send(byte[] file, String query, Object... values) {
    RequestEntity<byte[]> request =
        RequestEntity.post(URI.create(http.getRootUri() + path(query, values)))
            .contentType(MediaType.parseMediaType("text/csv"))
            .body(file);
    return admin().exchange(request, JsonNode.class);
  }

  private JsonNode imported(byte[] file, String query, Object... values) {
    ResponseEntity<JsonNode> answer = send(file, query, values);
    assertThat(answer.getStatusCode()).as("%s", answer.getBody()).isEqualTo(HttpStatus.ACCEPTED);
    return ended(answer.getBody().path("id").asLong());
  }

  private JsonNode imported(String csv, String query, Object... values) {
    return imported(csv.getBytes(StandardCharsets.UTF_8), query, values);
  }

  private JsonNode ended(long id) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !get(id).path("status").asText().equals("running"));
    JsonNode job = get(id);
    assertThat(
            job.path("created").asLong()
                + job.path("updated").asLong()
                + job.path("unchanged").asLong()
                + job.path("refused").asLong())
        .isEqualTo(job.path("rows").asLong());
    return job;
  }

  private JsonNode get(long id) {
    return admin().getForObject("/api/v1/imports/" + id, JsonNode.class);
  }

  private String errors(JsonNode job) {
    return admin()
        .getForObject("/api/v1/imports/" + job.path("id").asLong() + "/errors.csv", String.class);
  }

  private static void counts(
      JsonNode job, long created, long updated, long unchanged, long refused) {
    assertThat(job.path("status").asText()).as("%s", job).isEqualTo("done");
    assertThat(
            List.of(
                job.path("created").asLong(),
                job.path("updated").asLong(),
                job.path("unchanged").asLong(),
                job.path("refused").asLong()))
        .as("%s", job)
        .containsExactly(created, updated, unchanged, refused);
  }

  private JsonNode lead(String email) {
    JsonNode page =
        admin()
            .getForObject(
                "/api/v1/leads?filter={filter}", JsonNode.class, "email = \"" + email + "\"");
    assertThat(page.path("items")).as("%s", page).hasSize(1);
    return page.path("items").get(0).path("values");
  }

  @Test
  void rowsCreateLeadsFindTheirContactsAndSecondTimesChangeNothing() {
    String csv =
        """
        First name;E-Mail;City;Do not call
        Ana;ana@round.example;Pune;yes
        Bo;bo@round.example;Köln;no
        """;
    counts(imported(csv, "entity=lead&match=email"), 2, 0, 0, 0);
    assertThat(lead("bo@round.example").path("city").asText()).isEqualTo("Köln");
    assertThat(lead("ana@round.example").path("doNotCall").asBoolean()).isTrue();
    assertThat(lead("ana@round.example").path("contact").asLong()).isPositive();
    String again = csv.replace("Pune", "Goa") + "Ana;ANA@round.example;Delhi;\n";
    counts(imported(again, "entity=lead&match=email"), 0, 2, 1, 0);
    assertThat(lead("ana@round.example").path("city").asText()).isEqualTo("Delhi");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from contacts where email like '%@round.example'", Long.class))
        .isEqualTo(2);
  }

  @Test
  void refusedRowsDoNotStopTheOthersAndAreListedWithoutFormulas() {
    StringBuilder csv = new StringBuilder();
    csv.append("email,website,city\n");
    for (int i = 0; i < 250; i++) {
      csv.append("ok").append(i).append("@refused.example,,Pune\n");
    }
    csv.append("=cmd|' /C calc'!A0,,Pune\n")
        .append("short@refused.example\n")
        .append("good@refused.example,https://a.example,Pune\n")
        .append("bad@refused.example,not a page,Pune\n")
        .append("\"open@refused.example,,Pune\n")
        .append("last@refused.example,,Goa\n");
    JsonNode job = imported(csv.toString(), "entity=lead&match=email");
    counts(job, 252, 0, 0, 4);
    String errors = errors(job);
    assertThat(errors)
        .contains("252,email,'=cmd|' /C calc'!A0,\"Expected: an e-mail address")
        .contains("253,row,1 cells,")
        .contains("255,website,not a page,")
        .contains("256,row,line 256,Expected: a closing quote");
    lead("last@refused.example");
  }

  @Test
  void anExplicitMappingWinsAndOtherColumnsAreReported() {
    JsonNode job =
        imported(
            "Mail,Town,City,Remarks\nmap@mapping.example,Pune,Goa,x\n",
            "entity=lead&mapping={mapping}",
            "{\"Mail\":\"email\",\"town\":\"city\",\"City\":null}");
    counts(job, 1, 0, 0, 0);
    assertThat(lead("map@mapping.example").path("city").asText()).isEqualTo("Pune");
    assertThat(job.path("columns").findValuesAsText("field"))
        .containsExactly("email", "city", "null", "null");
  }

  @Test
  void unknownColumnsBecomeFieldsOfTheRightType() {
    StringBuilder csv =
        new StringBuilder("email;Visits;Rate;Hot;Born;Seen at;Plan;Ref;Zip code;contact\n");
    String[] plans = {"Gold", "Silver", "Select"};
    for (int i = 0; i < 300; i++) {
      csv.append(
          "f%d@fields.example;%d;%d.5;%s;2020-01-%02d;2026-01-31 10:%02d;%s;R-%d;0%d;cellular\n"
              .formatted(
                  i, i, i, i % 2 == 0 ? "yes" : "No", i % 28 + 1, i % 60, plans[i % 3], i, i));
    }
    JsonNode job =
        imported(csv.toString(), "entity=lead&match=email&createFields=true&emptyValues=Select,NA");
    counts(job, 300, 0, 0, 0);
    JsonNode schema = admin().getForObject("/api/v1/schema/lead", JsonNode.class);
    Map<String, String> types = new java.util.HashMap<>();
    schema
        .findParents("label")
        .forEach(f -> types.put(f.path("label").asText(), f.path("type").asText()));
    assertThat(types)
        .containsEntry("Visits", "wholeNumber")
        .containsEntry("Rate", "decimal")
        .containsEntry("Hot", "boolean")
        .containsEntry("Born", "date")
        .containsEntry("Seen at", "dateTime")
        .containsEntry("Plan", "dropdown")
        .containsEntry("Ref", "text")
        .containsEntry("Zip code", "text")
        .containsEntry("contact", "dropdown");
    JsonNode page =
        admin()
            .getForObject("/api/v1/leads?count=true&filter={f}", JsonNode.class, "plan = \"Gold\"");
    assertThat(page.path("total").asLong()).isEqualTo(100);
    counts(
        imported("Ref,Plan\nR-5,Gold\nR-6,Gold\nR-new,Platinum\n", "entity=lead&match=ref"),
        0,
        1,
        1,
        1);
  }

  @Test
  void aWorkbookIsImportedWithItsTypes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Leadloom", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("Leads");
      sheet.value(0, 0, "email");
      sheet.value(0, 1, "Sheet number");
      sheet.value(0, 2, "Starred");
      for (int i = 1; i <= 250; i++) {
        sheet.value(i, 0, "s" + i + "@sheet.example");
        sheet.value(i, 1, i * 1.5);
        sheet.value(i, 2, i == 7);
      }
    }
    JsonNode job = imported(bytes.toByteArray(), "entity=lead&createFields=true&name=leads.xlsx");
    counts(job, 250, 0, 0, 0);
    assertThat(lead("s7@sheet.example").path("starred").asBoolean()).isTrue();
    assertThat(lead("s7@sheet.example").path("sheet_number").decimalValue())
        .isEqualByComparingTo("10.5");
  }

  @Test
  void aFormWithAFileIsReadAsAStream() {
    LinkedMultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    form.add(
        "file",
        new ByteArrayResource("email\nform@form.example\n".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public String getFilename() {
            return "form.csv";
          }
        });
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.MULTIPART_FORM_DATA);
    JsonNode answer =
        admin()
            .exchange(
                "/api/v1/imports?entity=lead",
                HttpMethod.POST,
                new HttpEntity<>(form, headers),
                JsonNode.class)
            .getBody();
    assertThat(answer.path("name").asText()).isEqualTo("form.csv");
    counts(ended(answer.path("id").asLong()), 1, 0, 0, 0);
  }

  @Test
  void whatCannotBeImportedIsRefusedAtOnceAndLeavesNothing() throws IOException {
    refused(send(new byte[0], "entity=lead"), 422, "file");
    refused(send("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), "entity=lead"), 422, "file");
    refused(
        send("email\nx\n".getBytes(StandardCharsets.UTF_8), "entity=lead&match=phone"),
        422,
        "match");
    refused(send("email\nx\n".getBytes(StandardCharsets.UTF_8), "entity=rocket"), 422, "entity");
    refused(
        send("email\nx\n".getBytes(StandardCharsets.UTF_8), "entity=lead&encoding=klingon"),
        422,
        "encoding");
    refused(
        send("email\nx\n".getBytes(StandardCharsets.UTF_8), "entity=lead&mapping={m}", "{\"x\""),
        422,
        "mapping");
    refused(
        send(
            "email\nx\n".getBytes(StandardCharsets.UTF_8),
            "entity=lead&mapping={m}",
            "{\"email\":\"nope\"}"),
        422,
        "mapping.email");
    refused(send("PK\3\4 no zip".getBytes(StandardCharsets.UTF_8), "entity=lead"), 422, "file");
    refused(send(new byte[21 * 1024 * 1024], "entity=lead"), 413, "file");
    if (Files.exists(settings.folder())) {
      await().until(() -> isEmpty(settings.folder()));
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void refused(ResponseEntity<JsonNode> answer, int status, String field) {
    assertThat(answer.getStatusCode().value()).as("%s", answer.getBody()).isEqualTo(status);
    assertThat(answer.getBody().at("/violations/0/field").asText()).isEqualTo(field);
  }

  @Test
  void onlyPeopleWithTheRightRolesImport() {
    staff.create(
        new NewAccount(
            "imports-agent",
            "Agent",
            null,
            null,
            "files-stay-closed",
            Set.of(Role.AGENT),
            null,
            null,
            null));
    TestRestTemplate agent = http.withBasicAuth("imports-agent", "files-stay-closed");
    assertThat(agent.getForEntity("/api/v1/imports", JsonNode.class).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(http.getForEntity("/api/v1/imports", JsonNode.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(admin().getForEntity("/api/v1/imports", JsonNode.class).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }
}
