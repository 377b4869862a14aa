package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Every endpoint that names a thing, called with the id of somebody else's: it is as if it were not there. The endpoints
 * are those of the permission matrix, so that a new one is called too or has to be named here.
 */
@LeadloomTest
class ForeignIdsTest {

  /** What everybody may see, and what is named by handles or runs: other tests have those. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "GET /api/v1/(users|sales-groups|automations|teams)/.*"
              // Tags belong to nobody.
              + "|(GET|PATCH|DELETE|POST) /api/v1/tags/.*"
              + "|GET /api/openapi.*"
              // RunApiTest
              + "|POST /api/v1/automations/\\{id}/start|GET /api/v1/runs/\\{id}"
              // Everybody has the own ones: CalendarsTest
              + "|(POST|DELETE) /api/v1/profile/integrations/\\{provider}.*"
              // BrowserSessionsTest, SecondFactorTest
              + "|DELETE /api/v1/sessions/\\{handle}|DELETE /api/v1/session/devices/\\{handle}");

  private static final Map<Character, Role> REACHING_SOME =
      Map.of(
          'm', Role.MANAGER,
          's', Role.SALES,
          'p', Role.PARTNER_SUPERVISOR,
          'u', Role.SUPERVISOR,
          'g', Role.AGENT);

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private final Map<String, Long> foreign = new LinkedHashMap<>();
  private People people;
  private Caller admin;

  @BeforeEach
  void makeThingsOfSomebodyElse() {
    people = new People(http, staff);
    admin = people.admin();
    Somebody owner = people.hire(null, Role.SALES);
    Caller api = owner.api();
    long lead = api.make("leads", Map.of("lastName", "Foreign"));
    foreign.put("leads", lead);
    foreign.put("contacts", api.make("contacts", Map.of("lastName", "Foreign")));
    foreign.put("accounts", api.make("accounts", Map.of("name", "Foreign " + lead)));
    foreign.put(
        "opportunities",
        api.make("opportunities", Map.of("name", "Foreign", "contact", foreign.get("contacts"))));
    foreign.put(
        "activities",
        api.post(
                "/activities",
                Map.of("type", "email-sent", "values", Map.of("lead", lead, "subject", "Foreign")))
            .is(201)
            .id());
    foreign.put(
        "tasks", api.make("tasks", Map.of("type", "call", "title", "Foreign", "lead", lead)));
    foreign.put("notes", api.make("notes", Map.of("text", "Foreign", "lead", lead)));
    foreign.put(
        "files", api.post("/leads/" + lead + "/files?name=foreign.txt", "words").is(201).id());
    foreign.put("appointments", appointment(api, lead));
    foreign.put("lists", api.post("/lists", Map.of("name", "Foreign " + lead)).is(201).id());
    foreign.put(
        "smart-lists",
        api.post("/smart-lists", Map.of("entity", "lead", "name", "Foreign " + lead)).is(201).id());
    foreign.put(
        "lead-view",
        api.post(
                "/lead-view/tabs",
                Map.of("kind", "custom", "name", "Foreign", "url", "https://example.com/"))
            .is(201)
            .id());
    foreign.put(
        "api-keys",
        api.post("/api-keys", Map.of("name", "Foreign", "scopes", List.of("read"))).is(201).id());
    foreign.put(
        "bulk-actions",
        api.post(
                "/leads/bulk-actions",
                Map.of(
                    "operation",
                    "delete",
                    "name",
                    "Foreign",
                    "ids",
                    List.of(lead),
                    "scheduledAt",
                    Instant.now().plus(Duration.ofDays(100)).toString()))
            .is(202)
            .id());
    makeProcessOf(owner, lead);
    foreign.put("imports", prepared(people.hire(null, Role.MANAGER).api()));
  }

  private static long appointment(Caller api, long lead) {
    Instant start = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.HOURS);
    return api.post(
            "/appointments",
            Map.of("record", "lead/" + lead, "start", start.toString(), "minutes", 30))
        .is(201)
        .id();
  }

  /** A process of a supervisor with a list and a campaign. */
  private void makeProcessOf(Somebody supervisor, long number) {
    String name = "Foreign " + number;
    long table =
        admin
            .post(
                "/table-definitions",
                Map.of(
                    "name",
                    name,
                    "columns",
                    List.of(Map.of("name", "phone1", "field", "phone", "primary", true))))
            .is(201)
            .id();
    long process =
        admin
            .post(
                "/processes",
                Map.of(
                    "name",
                    name,
                    "tableDefinition",
                    table,
                    "timeZone",
                    "Asia/Kolkata",
                    "supervisors",
                    List.of(supervisor.id())))
            .is(201)
            .id();
    foreign.put("processes", process);
    String path = "/processes/" + process;
    Map<String, Object> list =
        Map.of("name", name, "timeZone", "Asia/Kolkata", "owner", supervisor.id());
    foreign.put("lead-lists", supervisor.api().post(path + "/lead-lists", list).is(201).id());
    String leads = "/lead-lists/" + foreign.get("lead-lists") + "/leads";
    Map<String, Object> values = Map.of("phone1", "+493012345678");
    Caller.Answer lead = supervisor.api().post(leads, Map.of("values", values)).is(201);
    foreign.put("list-leads", lead.id());
    foreign.put("process-contacts", lead.json().path("contact").asLong());
    foreign.put("list-uploads", uploaded(supervisor.api(), foreign.get("lead-lists")));
    foreign.put(
        "dialling-campaigns",
        supervisor.api().post(path + "/campaigns", Map.of("name", name)).is(201).id());
  }

  /** An upload into a lead list that waits for its headers to be mapped. */
  private static long uploaded(Caller caller, Long list) {
    return caller
        .upload("/lead-lists/" + list + "/uploads?map=true&name=foreign.csv", "phone1\n1\n")
        .is(202)
        .id();
  }

  /** An import that waits to be started. */
  private long prepared(Caller caller) {
    try {
      String answer =
          http.perform(
                  post("/api/v1/imports?prepare=true&entity=lead&name=foreign.csv")
                      .with(httpBasic(caller.login(), caller.password()))
                      .contentType("text/csv")
                      .content("Email\nforeign@example.com\n"))
              .andReturn()
              .getResponse()
              .getContentAsString();
      return new Caller.Answer(202, answer).id();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void leaveNoFile() {
    admin.post("/imports/" + foreign.get("imports") + "/cancel").is(200);
    admin.post("/bulk-actions/" + foreign.get("bulk-actions") + "/cancel").is(200);
    admin.post("/list-uploads/" + foreign.get("list-uploads") + "/cancel").is(200);
  }

  private Object body(String method, String path) {
    if (path.endsWith("/merges/undo")) {
      return Map.of("merge", 1);
    }
    if (path.contains("/appointments/")) {
      return Map.of("version", 1, "notes", "taken");
    }
    if (path.endsWith("/tags")) {
      return Map.of("tags", List.of("taken"));
    }
    if (path.endsWith("/members")) {
      return Map.of("refs", List.of("lead/" + foreign.get("leads")));
    }
    if (path.endsWith("/undo")) {
      return Map.of("name", "taken");
    }
    if (path.endsWith("/read")) {
      return Map.of("encoding", "UTF-8");
    }
    if (path.contains("list-uploads")) {
      return path.endsWith("/start") ? Map.of("mapping", Map.of("phone1", "phone1")) : null;
    }
    if (path.endsWith("/start") || path.endsWith("/check")) {
      return Map.of("columns", List.of(Map.of("field", "email")));
    }
    if (path.endsWith("/starts")) {
      return Map.of("state", "open");
    }
    if (path.endsWith("/merge")) {
      return Map.of("records", List.of(Map.of("id", 1)));
    }
    if (path.endsWith("/visitor")) {
      return Map.of("code", "taken");
    }
    if (path.contains("/messages")) {
      return Map.of("channel", "sms", "text", "taken");
    }
    if (path.contains("/conversions/") || path.endsWith("/lead")) {
      return Map.of();
    }
    if (path.endsWith("/shares")) {
      return Map.of("user", 1, "access", "view", "duration", Map.of("amount", 1, "unit", "hours"));
    }
    if (path.endsWith("/shares/stop")) {
      return Map.of();
    }
    if (path.endsWith("/follow-ups")) {
      return Map.of("comment", "taken");
    }
    if (path.endsWith("lead-lists/{id}/leads")) {
      return Map.of("values", Map.of("phone1", "+493012345679"));
    }
    if (path.endsWith("lead-lists/{id}/campaigns")) {
      return Map.of("release", List.of(foreign.get("dialling-campaigns")));
    }
    if (path.endsWith("lists/{id}")
        || path.endsWith("tabs/{id}")
        || path.matches(".*[/-](lead-lists|campaigns)(/.*)?")) {
      return Map.of("name", "Taken");
    }
    return method.equals("PATCH") ? Map.of("values", Map.of()) : null;
  }

  /** Of the records: the others are seen by nobody else at all. */
  private Map<String, Integer> versions() {
    Map<String, Integer> versions = new LinkedHashMap<>();
    foreign.forEach(
        (kind, id) -> {
          if (!List.of(
                  "files",
                  "lists",
                  "smart-lists",
                  "lead-view",
                  "api-keys",
                  "imports",
                  "bulk-actions",
                  "dialling-campaigns",
                  "list-uploads")
              .contains(kind)) {
            versions.put(
                kind, admin.get("/" + kind + "/" + id).is(200).json().path("version").asInt());
          }
        });
    return versions;
  }

  @Test
  void noEndpointTellsOfOrChangesWhatBelongsToSomebodyOutOfReach() {
    Map<String, Integer> before = versions();
    Map<Character, Caller> callers = new LinkedHashMap<>();
    REACHING_SOME.forEach((column, role) -> callers.put(column, people.hire(null, role).api()));
    List<String> wrong = new ArrayList<>();
    int calls = 0;
    for (Map.Entry<String, String> row : PermissionMatrixTest.expected().entrySet()) {
      String[] words = row.getKey().split(" ");
      if (!words[1].contains("{") || ELSEWHERE.matcher(row.getKey()).matches()) {
        continue;
      }
      String kind = words[1].replaceAll("/api/v1/([a-z-]+)/.*", "$1");
      for (Map.Entry<Character, Caller> caller : callers.entrySet()) {
        if (row.getValue().indexOf(caller.getKey()) < 0) {
          continue;
        }
        Long id = foreign.get(kind);
        if (id == null || !words[1].contains("{id}")) {
          wrong.add(row.getKey() + " is open to " + row.getValue() + ": there is no foreign id");
          continue;
        }
        calls++;
        Caller.Answer answer =
            caller
                .getValue()
                .call(
                    HttpMethod.valueOf(words[0]),
                    words[1]
                        .substring("/api/v1".length())
                        .replace("{id}", id.toString())
                        .replace("conversions/{kind}", "conversions/deal"),
                    words[0].equals("GET") ? null : body(words[0], words[1]));
        if (answer.status() != 404) {
          wrong.add(row.getKey() + " as " + caller.getKey() + " " + answer);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(calls).isGreaterThan(100);
    assertThat(versions()).isEqualTo(before);
  }
}
