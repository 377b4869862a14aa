package io.leadloom.journal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.jayway.jsonpath.JsonPath;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** An administrator sends events again that a consumer failed on for good. */
@LeadloomTest(properties = "leadloom.test.database=dead-letters")
@Import(DeadLettersApiTest.WithFailingConsumer.class)
class DeadLettersApiTest {

  private static final String CONSUMER = "failing";
  private static final String LETTERS = "/api/v1/journal/dead-letters";

  @Autowired private MockMvc http;
  @Autowired private Journal journal;
  @Autowired private Failing consumer;
  @Autowired private MutableClock clock;
  @Autowired private TransactionTemplate transaction;

  @Test
  void anEventThatFailedForGoodIsReplayedAndHasItsEffectOnceBeforeLaterOnes() throws Exception {
    RecordRef sick = RecordRef.lead(13);
    String letter = dead(sick);
    happened(sick, "later");
    happened(RecordRef.lead(14), "other");
    await().until(() -> consumer.handled.contains("other"));

    // Nothing has changed: it fails again, all its tries over, and is a dead letter again.
    assertThat(call(post(LETTERS + "/" + letter + "/replay")).getStatus()).isEqualTo(204);
    assertThat(failedForGood(sick)).isEqualTo(letter);

    consumer.ill = RecordRef.lead(0);
    assertThat(call(post(LETTERS + "/" + letter + "/replay")).getStatus()).isEqualTo(204);
    await()
        .untilAsserted(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              assertThat(consumer.handled).contains("first", "later");
            });
    assertThat(letters()).isEmpty();
    assertThat(consumer.handled).containsOnlyOnce("first", "later", "other");
    assertThat(call(post(LETTERS + "/" + letter + "/replay")).getStatus()).isEqualTo(404);
  }

  @Test
  void aDiscardedDeadLetterIsGoneForGood() throws Exception {
    String letter = dead(RecordRef.lead(15));
    assertThat(call(post(LETTERS + "/" + letter + "/discard")).getStatus()).isEqualTo(204);
    assertThat(letters()).isEmpty();
    assertThat(call(post(LETTERS + "/" + letter + "/replay")).getStatus()).isEqualTo(404);
    assertThat(consumer.handled).isEmpty();
  }

  @Test
  void onlyAdministratorsReplay() throws Exception {
    assertThat(
            http.perform(post(LETTERS + "/1-failing/replay").with(httpBasic("sales", "leadloom")))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(403);
  }

  /** An event of the record fails until it is a dead letter; its id. */
  private String dead(RecordRef root) throws Exception {
    consumer.handled.clear();
    consumer.ill = root;
    happened(root, "first");
    return failedForGood(root);
  }

  private String failedForGood(RecordRef root) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              clock.advance(Duration.ofMinutes(1));
              assertThat(letters()).hasSize(1);
            });
    Map<String, Object> letter = letters().get(0);
    assertThat(letter)
        .containsEntry("consumer", CONSUMER)
        .containsEntry("root", root.toString())
        .containsEntry("attempts", 6);
    assertThat(String.valueOf(letter.get("error"))).contains("not this one");
    return String.valueOf(letter.get("id"));
  }

  private List<Map<String, Object>> letters() {
    try {
      String page = call(get(LETTERS).param("consumer", CONSUMER)).getContentAsString();
      return JsonPath.read(page, "$.items");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void happened(RecordRef root, String what) {
    JournalEntry entry =
        new JournalEntry(
            clock.instant(),
            JournalKind.UPDATED,
            root,
            root,
            Map.of(),
            Map.of("what", what),
            Cause.system("test"));
    transaction.executeWithoutResult(status -> journal.append(List.of(entry)));
  }

  private MockHttpServletResponse call(MockHttpServletRequestBuilder request) throws Exception {
    return http.perform(request.with(httpBasic("admin", "leadloom"))).andReturn().getResponse();
  }

  /** Fails on the events of one record. */
  static class Failing implements JournalConsumer {

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private volatile RecordRef ill = RecordRef.lead(0);

    @Override
    public String name() {
      return CONSUMER;
    }

    @Override
    public void handle(List<JournalEvent> events) {
      List<String> all = new ArrayList<>();
      for (JournalEvent event : events) {
        if (event.entry().root().equals(ill)) {
          throw new IllegalStateException("not this one");
        }
        all.add(event.entry().detail().getOrDefault("what", ""));
      }
      handled.addAll(all);
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class WithFailingConsumer {

    @Bean
    Failing failing() {
      return new Failing();
    }
  }
}
