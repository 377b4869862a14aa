package io.leadloom.record.web;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@LeadloomTest
class RecordApiTest {

  @Autowired private MockMvc http;
  @Autowired private MutableClock clock;

  private ResultActions call(HttpMethod method, String path, String body) throws Exception {
    return http.perform(
        request(method, "/api/v1" + path)
            .with(httpBasic("admin", "leadloom"))
            .contentType(MediaType.APPLICATION_JSON)
            .content(body));
  }

  private ResultActions get(String path, Object... variables) throws Exception {
    return http.perform(
        request(HttpMethod.GET, "/api/v1" + path, variables).with(httpBasic("admin", "leadloom")));
  }

  private static String unique() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  private int lead(String values) throws Exception {
    String body =
        call(
                HttpMethod.POST,
                "/leads",
                "{\"values\": " + values.replace("}", ", \"phone\": \"+4930123456\"}") + "}")
            .andExpect(status().isCreated())
            .andReturn()
            .getResponse()
            .getContentAsString();
    return JsonPath.read(body, "$.id");
  }

  @Test
  void aRecordIsCreatedReadChangedTrashedAndRestored() throws Exception {
    int id = lead("{\"firstName\": \"Ana\", \"city\": \"Pune\"}");
    get("/leads/" + id)
        .andExpect(jsonPath("$.values.name").value("Ana"))
        .andExpect(jsonPath("$.version").value(1));
    call(HttpMethod.PATCH, "/leads/" + id, "{\"version\": 1, \"values\": {\"city\": \"Goa\"}}")
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.version").value(2));
    call(HttpMethod.PATCH, "/leads/" + id, "{\"version\": 1, \"values\": {\"city\": \"Delhi\"}}")
        .andExpect(status().isConflict())
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
        .andExpect(jsonPath("$.expectedVersion").value(1))
        .andExpect(jsonPath("$.current.values.city").value("Goa"))
        .andExpect(jsonPath("$.yours.city").value("Delhi"));
    call(HttpMethod.DELETE, "/leads/" + id, "").andExpect(status().isNoContent());
    call(HttpMethod.PATCH, "/leads/" + id, "{\"values\": {\"city\": \"x\"}}")
        .andExpect(status().isNotFound());
    get("/leads/trash?limit=200").andExpect(jsonPath("$.items[*].id", hasItem(id)));
    call(HttpMethod.POST, "/leads/" + id + "/restore", "").andExpect(status().isOk());
    get("/leads/trash?limit=200").andExpect(jsonPath("$.items[*].id", not(hasItem(id))));
  }

  @Test
  void LEAD_110_theTrashShowsWhatWasTrashedLastFirstPageByPage() throws Exception {
    String city = unique();
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(lead("{\"city\": \"%s\"}".formatted(city)));
    }
    for (int id : List.of(ids.get(1), ids.get(2), ids.get(0))) {
      clock.advance(Duration.ofSeconds(1));
      call(HttpMethod.DELETE, "/leads/" + id, "").andExpect(status().isNoContent());
    }
    String filter = "city = \"" + city + "\"";
    String first =
        get("/leads/trash?filter={f}&limit=2", filter)
            .andExpect(jsonPath("$.items[*].id", contains(ids.get(0), ids.get(2))))
            .andReturn()
            .getResponse()
            .getContentAsString();
    String next = JsonPath.read(first, "$.next");
    get("/leads/trash?filter={f}&limit=2&cursor={c}", filter, next)
        .andExpect(jsonPath("$.items[*].id", contains(ids.get(1))))
        .andExpect(jsonPath("$.next").doesNotExist());
  }

  @Test
  void aBulkCallJudgesEachRecordOnItsOwn() throws Exception {
    String email = unique() + "@example.com";
    call(
            HttpMethod.POST,
            "/leads/bulk",
            "{\"match\": \"email\", \"records\": [{\"values\": {\"email\": \"%s\"}}, {\"values\": {\"email\": 3}},"
                    .formatted(email)
                + " {\"values\": {\"email\": \"%s\", \"city\": \"Goa\"}}, {\"values\": {\"nope\": 1}}, null]}"
                    .formatted(email))
        .andExpect(status().isOk())
        .andExpect(
            jsonPath(
                "$.results[*].outcome",
                contains("created", "refused", "updated", "refused", "refused")))
        .andExpect(jsonPath("$.results[1].violations[0].field").value("email"))
        .andExpect(jsonPath("$.results[4].violations[0].field").value("phone"));
  }

  @Test
  void pagesNeitherRepeatNorHideRecordsThatStayWhileOthersCome() throws Exception {
    String city = unique();
    for (int i = 0; i < 5; i++) {
      lead("{\"city\": \"%s\", \"company\": \"c%d\"}".formatted(city, i));
    }
    String first =
        get(
                "/leads?filter={f}&sort=company&limit=2&count=true&fields=company",
                "city = \"" + city + "\"")
            .andExpect(jsonPath("$.items[*].values.company", contains("c0", "c1")))
            .andExpect(jsonPath("$.total").value(5))
            .andReturn()
            .getResponse()
            .getContentAsString();
    lead("{\"city\": \"%s\", \"company\": \"c0a\"}".formatted(city));
    String next = JsonPath.read(first, "$.next");
    get("/leads?filter={f}&sort=company&limit=3&cursor={c}", "city = \"" + city + "\"", next)
        .andExpect(jsonPath("$.items[*].values.company", contains("c2", "c3", "c4")))
        .andExpect(jsonPath("$.next").doesNotExist());
    get("/leads?filter={f}&sort=city&cursor={c}", "city = \"" + city + "\"", next)
        .andExpect(status().isUnprocessableEntity());
    get("/leads?cursor={c}", "A" + next).andExpect(status().isUnprocessableEntity());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          {"values": {"city": "x"}                  | 400 | malformed
          {"values": {"city": "x"}, "extra": 1}     | 422 | extra
          {"values": ["city"]}                      | 422 | values
          {"values": {"city": 5}}                   | 422 | city
          {"values": {"lastActivityAt": "now"}}     | 422 | lastActivityAt
          {"values": {"citi": "Pune"}}              | 422 | citi
          {"values": {"city": "a", "city": "b"}}    | 400 | Duplicate
          [1, 2]                                    | 422 | object
          {"values": {}} {"values": {}}             | 422 |
          nonsense                                  | 400 | line 1
          """)
  void badInputIsRefusedWithWhatWasWrong(String body, int status, String shown) throws Exception {
    call(HttpMethod.POST, "/leads", body)
        .andExpect(status().is(status))
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
        .andExpect(content().string(containsString(shown == null ? "" : shown)))
        .andExpect(content().string(not(containsString("Exception"))))
        .andExpect(content().string(not(containsString("\tat "))));
  }

  @Test
  void deepAndHugeInputIsRefused() throws Exception {
    call(
            HttpMethod.POST,
            "/leads",
            "{\"values\": {\"city\": " + "[".repeat(2000) + "]".repeat(2000) + "}}")
        .andExpect(status().isPayloadTooLarge());
    call(HttpMethod.POST, "/leads", "{\"values\": {\"city\": \"" + "x".repeat(10_000_000) + "\"}}")
        .andExpect(status().isPayloadTooLarge());
    call(HttpMethod.POST, "/leads", "{\"values\": {\"city\": \"" + "x".repeat(17_000_000) + "\"}}")
        .andExpect(status().isPayloadTooLarge());
    call(HttpMethod.POST, "/leads", "{\"values\": {\"score\": 1" + "0".repeat(200) + "}}")
        .andExpect(status().is4xxClientError());
  }

  @Test
  void wrongAddressesMethodsAndMediaTypesAreProblemsToo() throws Exception {
    get("/nothing")
        .andExpect(status().isNotFound())
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    call(HttpMethod.PUT, "/leads", "{}").andExpect(status().isMethodNotAllowed());
    get("/leads?limit=ten")
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.violations[0].field").value("limit"));
    get("/leads?limit=1000").andExpect(status().isUnprocessableEntity());
    get("/leads/999999999999").andExpect(status().isNotFound());
    get("/leads?sort=nope").andExpect(status().isUnprocessableEntity());
  }

  @Test
  void tagsAndListsOfARecordCanBeChanged() throws Exception {
    int id = lead("{\"city\": \"Pune\"}");
    String tag = "Tag " + unique();
    call(HttpMethod.POST, "/leads/" + id + "/tags", "{\"tags\": [\"%s\"]}".formatted(tag))
        .andExpect(jsonPath("$.tags", contains(tag)));
    get("/leads?filter={f}", "has tag \"" + tag.toUpperCase(java.util.Locale.ROOT) + "\"")
        .andExpect(jsonPath("$.items[*].id", contains(id)));
    String list =
        call(HttpMethod.POST, "/lists", "{\"name\": \"List %s\"}".formatted(unique()))
            .andExpect(status().isCreated())
            .andReturn()
            .getResponse()
            .getContentAsString();
    int listId = JsonPath.read(list, "$.id");
    call(
            HttpMethod.POST,
            "/lists/" + listId + "/members",
            "{\"refs\": [\"lead/%d\", \"lead/999999999\"]}".formatted(id))
        .andExpect(jsonPath("$.results[*].outcome", contains("changed", "missing")));
    get("/leads?filter={f}", "in list " + listId)
        .andExpect(jsonPath("$.items[*].id", contains(id)));
    get("/lists/" + listId + "/members")
        .andExpect(jsonPath("$.items[*].ref", contains("lead/" + id)));
    call(
        HttpMethod.DELETE,
        "/lists/" + listId + "/members",
        "{\"refs\": [\"lead/%d\"]}".formatted(id));
    get("/lists/" + listId).andExpect(jsonPath("$.members").value(0));
  }
}
