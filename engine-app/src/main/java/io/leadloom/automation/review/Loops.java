package io.leadloom.automation.review;

import io.leadloom.automation.trigger.Reentry;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds circles of automations in which each starts the next without end. What an automation does only once, such as
 * setting a field to the value that it has by then, ends a circle unless another automation of it undoes that.
 */
final class Loops {

  /** Longer ones are rarer than what it takes to look for them. */
  private static final int LONGEST = 5;

  private static final int MOST = 5;
  private static final int MOST_LOOKS = 50_000;

  private final Map<TriggerType, List<Member>> byTrigger = new EnumMap<>(TriggerType.class);
  private final Map<String, List<Member>> byKey = new HashMap<>();
  private final Member draft;
  private final List<List<Step>> found = new ArrayList<>();
  private final Set<List<Long>> known = new HashSet<>();
  private final List<Step> path = new ArrayList<>();
  private int looks;

  /** One automation. */
  record Member(
      long id, String key, String name, Trigger trigger, Reentry reentry, List<Cause> causes) {}

  /** What an automation makes happen, which starts the next of the circle. */
  record Step(Member member, Cause cause) {}

  private Loops(Member draft, Collection<Member> others) {
    this.draft = draft;
    add(draft);
    others.forEach(this::add);
  }

  /** The circles that this automation is part of, each beginning with it; at most five. */
  static List<List<Step>> through(Member draft, Collection<Member> others) {
    Loops loops = new Loops(draft, others);
    loops.from(draft);
    return loops.found;
  }

  private void add(Member member) {
    if (endless(member.reentry())) {
      byTrigger.computeIfAbsent(member.trigger().type(), type -> new ArrayList<>()).add(member);
      byKey.put(member.key(), List.of(member));
    }
  }

  private static boolean endless(Reentry reentry) {
    return switch (reentry.policy()) {
      case EVERY_TIME, NOT_WHILE_RUNNING -> true;
      case ONCE_PER_RECORD, ONCE_PER_DAYS -> false;
    };
  }

  private void from(Member member) {
    for (Cause cause : member.causes()) {
      for (Member next : candidates(cause)) {
        if (found.size() == MOST || ++looks > MOST_LOOKS) {
          return;
        }
        if (cause.event() == TriggerType.CALLED || cause.starts(next.trigger())) {
          path.add(new Step(member, cause));
          goOn(next);
          path.remove(path.size() - 1);
        }
      }
    }
  }

  /** A call starts an automation whatever its trigger is. */
  private List<Member> candidates(Cause cause) {
    return cause.event() == TriggerType.CALLED
        ? byKey.getOrDefault(String.valueOf(cause.detail()), List.of())
        : byTrigger.getOrDefault(cause.event(), List.of());
  }

  private void goOn(Member next) {
    if (next.id() == draft.id()) {
      close();
    } else if (path.size() < LONGEST
        && path.stream().noneMatch(step -> step.member().id() == next.id())) {
      from(next);
    }
  }

  private void close() {
    boolean endless =
        path.stream()
            .map(Step::cause)
            .allMatch(
                cause ->
                    cause.always()
                        || path.stream()
                            .flatMap(step -> step.member().causes().stream())
                            .anyMatch(other -> other.undoes(cause)));
    if (endless && known.add(path.stream().map(step -> step.member().id()).toList())) {
      found.add(List.copyOf(path));
    }
  }
}
