package io.leadloom.record.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.Records;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@LeadloomTest
class IdempotencyAndHistoryTest {

  @Autowired private MockMvc http;
  @Autowired private Records records;

  private ResultActions post(String path, String key, String body) throws Exception {
    return http.perform(
        request(HttpMethod.POST, "/api/v1" + path)
            .with(httpBasic("admin", "leadloom"))
            .header("Idempotency-Key", key)
            .contentType(MediaType.APPLICATION_JSON)
            .content(body));
  }

  private static String unique() {
    return UUID.randomUUID().toString();
  }

  private long count(String city) {
    return records.count(EntityType.LEAD, FilterGrammar.parse("city = \"" + city + "\""));
  }

  @Test
  void aRepeatedRequestGetsTheSameAnswerAndHasNoSecondEffect() throws Exception {
    String key = unique();
    String body = "{\"values\": {\"phone\": \"+4930123456\", \"city\": \"%s\"}}".formatted(key);
    String first =
        post("/leads", key, body)
            .andExpect(status().isCreated())
            .andReturn()
            .getResponse()
            .getContentAsString();
    post("/leads", key, body)
        .andExpect(status().isCreated())
        .andExpect(header().string("Idempotency-Replayed", "true"))
        .andExpect(header().exists("Location"))
        .andExpect(content().json(first));
    assertThat(count(key)).isOne();
    post("/leads", key, body.replace("}}", ", \"zip\": \"1\"}}"))
        .andExpect(status().isUnprocessableEntity())
        .andExpect(jsonPath("$.violations[0].field").value("Idempotency-Key"));
  }

  @Test
  void ofManyConcurrentRepetitionsOneHasAnEffect() throws Exception {
    String key = unique();
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(
            pool.submit(
                () -> {
                  start.await();
                  return post(
                          "/leads",
                          key,
                          "{\"values\": {\"phone\": \"+4930123456\", \"city\": \"%s\"}}"
                              .formatted(key))
                      .andReturn()
                      .getResponse()
                      .getStatus();
                }));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(201, 409);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(count(key)).isOne();
  }

  @Test
  void historyAndTimelineTellWhatHappenedAndWhy() throws Exception {
    String lead =
        post("/leads", unique(), "{\"values\": {\"phone\": \"+4930123456\", \"city\": \"Pune\"}}")
            .andReturn()
            .getResponse()
            .getContentAsString();
    int id = JsonPath.read(lead, "$.id");
    http.perform(
            request(HttpMethod.PATCH, "/api/v1/leads/" + id)
                .with(httpBasic("admin", "leadloom"))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"values\": {\"city\": \"Goa\"}}"))
        .andExpect(status().isOk());
    post(
            "/activities",
            unique(),
            "{\"type\": \"email-opened\", \"values\": {\"lead\": %d}}".formatted(id))
        .andExpect(status().isCreated());
    http.perform(
            request(HttpMethod.GET, "/api/v1/leads/" + id + "/history")
                .with(httpBasic("admin", "leadloom")))
        .andExpect(jsonPath("$.items[*].kind", hasItems("lead.created", "lead.updated")))
        .andExpect(
            jsonPath("$.items[?(@.changes[0].after == 'Goa')].changes[0].before").value("Pune"));
    String page =
        http.perform(
                request(HttpMethod.GET, "/api/v1/leads/" + id + "/timeline?limit=2")
                    .with(httpBasic("admin", "leadloom")))
            .andExpect(status().isOk())
            .andExpect(jsonPath("$.items[*].kind", hasItems("activity.created", "lead.updated")))
            .andReturn()
            .getResponse()
            .getContentAsString();
    http.perform(
            request(
                    HttpMethod.GET,
                    "/api/v1/leads/" + id + "/timeline?cursor={c}",
                    JsonPath.<String>read(page, "$.next"))
                .with(httpBasic("admin", "leadloom")))
        .andExpect(jsonPath("$.items[*].kind", hasItems("lead.updated", "lead.created")));
  }
}
