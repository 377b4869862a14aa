package io.leadloom.record.calling;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A working area of a call centre. Nothing is shared between two of them (vocabulary, "Process").
 *
 * @param tableDefinition the id of the definition that it is built on
 * @param timeZone an IANA name: what new lead lists begin with
 * @param defaultCountry the ISO code of the country of numbers without a country code; null for none
 * @param supervisors the ids of those who keep its lead lists and campaigns (LEAD-002), by name
 * @param agents the ids of its other people, by name
 * @param lists how many lead lists it has
 * @param version the base of optimistic locking
 */
public record CallProcess(
    long id,
    String name,
    long tableDefinition,
    String timeZone,
    @Nullable String defaultCountry,
    List<Long> supervisors,
    List<Long> agents,
    int lists,
    int version) {

  public CallProcess {
    supervisors = List.copyOf(supervisors);
    agents = List.copyOf(agents);
  }

  /** Everybody who works in it. */
  List<Long> people() {
    return Stream.concat(supervisors.stream(), agents.stream()).toList();
  }
}
