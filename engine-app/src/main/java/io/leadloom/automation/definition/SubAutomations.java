package io.leadloom.automation.definition;

import io.leadloom.automation.Problem;
import io.leadloom.automation.card.send.AutomationSend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Refuses calls that come back to an automation of the chain, and chains deeper than 5 (AUT-D12). */
final class SubAutomations {

  private final Map<Long, List<Long>> calls;
  private final Function<Long, String> names;

  /**
   * @param calls whom each live automation calls, the one under check with its new calls
   */
  SubAutomations(Map<Long, List<Long>> calls, Function<Long, String> names) {
    this.calls = calls;
    this.names = names;
  }

  /** What is wrong with the calls of this automation. */
  Optional<Problem> check(long automation) {
    for (long caller : calls.keySet()) {
      List<Long> chain = tooLong(caller, new ArrayList<>());
      if (!chain.isEmpty() && chain.contains(automation)) {
        String shown = String.join(" → ", chain.stream().map(names).toList());
        boolean cycle = chain.indexOf(chain.get(chain.size() - 1)) < chain.size() - 1;
        String expectation =
            cycle
                ? "automations that do not call each other in a circle"
                : "a chain of calls of at most " + AutomationSend.MOST_CALLS;
        return Optional.of(new Problem(null, null, "automation.send", shown, expectation, null));
      }
    }
    return Optional.empty();
  }

  /** The first chain from here that is a circle or too deep; empty when there is none. */
  private List<Long> tooLong(long automation, List<Long> chain) {
    if (chain.contains(automation) || chain.size() > AutomationSend.MOST_CALLS) {
      List<Long> whole = new ArrayList<>(chain);
      whole.add(automation);
      return whole;
    }
    chain.add(automation);
    for (long called : calls.getOrDefault(automation, List.of())) {
      List<Long> bad = tooLong(called, chain);
      if (!bad.isEmpty()) {
        return bad;
      }
    }
    chain.remove(chain.size() - 1);
    return List.of();
  }
}
