package io.leadloom.automation.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows beside its state: kept with it while it waits.
 *
 * @param trigger the key of the trigger type that started it
 * @param subject the activity or task that the trigger was about, or the record itself, as {@code task/7}
 * @param cause the cause of the event that started it
 * @param callers the ids of the automations that called it, outermost first
 * @param parent the delivery-like key {@code run:card:visit} of the card that waits for its end; null for none
 * @param tasks the ids of the tasks that its cards created, by card
 * @param responses the delivery keys of the answers that its cards received, by card
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
record RunContext(
    String trigger,
    String subject,
    Cause cause,
    List<Long> callers,
    @Nullable String parent,
    Map<String, Long> tasks,
    Map<String, String> responses) {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  RunContext {
    callers = callers == null ? List.of() : callers;
    tasks = tasks == null ? Map.of() : tasks;
    responses = responses == null ? Map.of() : responses;
  }

  RecordRef subjectRef() {
    return ref(subject);
  }

  static RecordRef ref(String text) {
    int slash = text.indexOf('/');
    EntityType type = EntityType.of(text.substring(0, slash)).orElseThrow();
    return new RecordRef(type, Long.parseLong(text.substring(slash + 1)));
  }

  String json() {
    return write(this);
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static RunContext read(String json) {
    try {
      return JSON.readValue(json, RunContext.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A run's context cannot be read", e);
    }
  }
}
