package io.leadloom.record.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Users, leads and calls for the tests of bulk actions. */
@Component
class Office {

  private static final String PASSWORD = "long enough for a test";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockMvc http;
  private final Staff staff;
  private final Records records;
  private final BulkWork work;

  Office(MockMvc http, Staff staff, Records records, BulkWork work) {
    this.http = http;
    this.staff = staff;
    this.records = records;
    this.work = work;
  }

  /** Somebody who can call. */
  record Person(long id, String login, String password) {}

  static final Person ADMIN = new Person(0, "admin", "leadloom");

  /** What came back. */
  record Answer(int status, String text) {

    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    Answer is(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }

    long id() {
      return json().path("id").asLong();
    }

    String violation() {
      return json().path("violations").path(0).path("field").asText();
    }
  }

  /** What cannot be done to a lead whose zip says so. */
  @Bean
  static BulkOperation stumble() {
    return new BulkOperation() {
      @Override
      public String key() {
        return "test-stumble";
      }

      @Override
      public boolean suits(EntityType type) {
        return type == EntityType.LEAD;
      }

      @Override
      public Action needs() {
        return Action.EDIT;
      }

      @Override
      public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
        return settings;
      }

      @Override
      public List<Outcome> perform(Chunk chunk, JsonNode settings) {
        return chunk.members().stream().map(Office::stumble).toList();
      }
    };
  }

  private static BulkOperation.Outcome stumble(BulkOperation.Member member) {
    if ("spoilt".equals(member.record().values().get("zip"))) {
      throw new IllegalStateException("This cannot be done");
    }
    return new BulkOperation.Done(true, null);
  }

  static String city() {
    return "c" + UUID.randomUUID().toString().substring(0, 12);
  }

  Person hire(Role role) {
    String login = "bulk-" + UUID.randomUUID().toString().substring(0, 8);
    long id =
        staff
            .enroll(
                List.of(
                    new Staff.NewAccount(
                        login, login, null, null, PASSWORD, Set.of(role), null, null, null)))
            .get(0)
            .id();
    return new Person(id, login, PASSWORD);
  }

  void deactivate(Person person) {
    Account account = staff.account(person.id());
    staff.change(
        person.id(),
        new Staff.AccountChange(
            account.version(), null, null, null, null, null, false, null, null, null));
  }

  List<Long> leads(int count, String city, @Nullable Person owner) {
    List<RecordCommand> commands = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Values values = Values.of("city", city).with("lastName", "L" + n);
      if (owner != null) {
        values.with("owner", owner.id());
      }
      commands.add(new RecordCommand.Create(EntityType.LEAD, values));
    }
    return records.write(commands, Cause.system("test")).stream()
        .map(result -> ((WriteResult.Written) result).ref().id())
        .toList();
  }

  Record lead(long id) {
    return records.find(RecordRef.lead(id)).orElseThrow();
  }

  @Nullable Object value(long id, String field) {
    return lead(id).values().get(field);
  }

  void set(long id, String field, @Nullable Object value) {
    assertThat(
            records.write(
                List.of(
                    new RecordCommand.Update(RecordRef.lead(id), null, Values.of(field, value))),
                Cause.system("test")))
        .allMatch(WriteResult.Written.class::isInstance);
  }

  Answer call(
      Person who, HttpMethod method, String path, @Nullable Object body, String... headers) {
    try {
      MockHttpServletRequestBuilder request =
          MockMvcRequestBuilders.request(method, "/api/v1" + path)
              .with(httpBasic(who.login(), who.password()));
      if (body != null) {
        request.contentType(MediaType.APPLICATION_JSON).content(JSON.writeValueAsBytes(body));
      }
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      MockHttpServletResponse response = http.perform(request).andReturn().getResponse();
      return new Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(Person who, String path) {
    return call(who, HttpMethod.GET, path, null);
  }

  Answer post(Person who, String path) {
    return call(who, HttpMethod.POST, path, null);
  }

  /** Makes a choice of a classifying field and gives its id. */
  long choice(String path, Map<String, Object> values) {
    return call(ADMIN, HttpMethod.POST, "/schema/" + path, values).is(201).id();
  }

  List<JsonNode> choices(String path) {
    List<JsonNode> choices = new ArrayList<>();
    get(ADMIN, "/schema/" + path).is(200).json().path("items").forEach(choices::add);
    return choices;
  }

  /** The body of an order. */
  static Map<String, Object> order(
      String operation,
      Map<String, ?> settings,
      @Nullable List<Long> ids,
      @Nullable String filter) {
    Map<String, Object> body = new HashMap<>();
    body.put("operation", operation);
    body.put("name", "Test " + operation);
    body.put("settings", settings);
    if (ids != null) {
      body.put("ids", ids);
    }
    if (filter != null) {
      body.put("filter", filter);
    }
    return body;
  }

  /** Orders something for leads and gives its id. */
  long order(Person who, String operation, Map<String, ?> settings, List<Long> ids) {
    return call(who, HttpMethod.POST, "/leads/bulk-actions", order(operation, settings, ids, null))
        .is(202)
        .id();
  }

  long orderFor(Person who, String operation, Map<String, ?> settings, String city) {
    return call(
            who,
            HttpMethod.POST,
            "/leads/bulk-actions",
            order(operation, settings, null, "city = \"" + city + "\""))
        .is(202)
        .id();
  }

  /** Works a job off, as far as it goes now. */
  JsonNode run(Person who, long id) {
    boolean more = true;
    while (more) {
      more = work.page(id);
    }
    return get(who, "/bulk-actions/" + id).is(200).json();
  }

  JsonNode undo(Person who, long id) {
    return run(who, post(who, "/bulk-actions/" + id + "/undo").is(202).id());
  }

  /** The reasons of failures, by the id of the record. */
  Map<Long, String> failures(Person who, long id) {
    Map<Long, String> reasons = new HashMap<>();
    get(who, "/bulk-actions/" + id + "/records?result=failed")
        .is(200)
        .json()
        .path("items")
        .forEach(item -> reasons.put(item.path("id").asLong(), item.path("reason").asText()));
    return reasons;
  }
}
