package io.leadloom.journal.consume;

import io.leadloom.journal.JournalEvent;
import io.leadloom.platform.RecordRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Events of several partitions, by partition and then in order, and the claims they were read under.
 *
 * @param ends where the cursors stand after the batch beside its own events: what follows them is not wanted
 */
record Batch(List<JournalEvent> events, Map<Integer, Claim> claims, Map<Claim, Long> ends) {

  /** The claim under which the event was read. */
  Claim claim(JournalEvent event) {
    return Objects.requireNonNull(claims.get(event.partition()));
  }

  /** Where the cursors stand after the batch. */
  Map<Claim, Long> positions() {
    Map<Claim, Long> positions = new LinkedHashMap<>();
    for (JournalEvent event : events) {
      positions.put(claim(event), event.sequence());
    }
    positions.putAll(ends);
    return positions;
  }

  /** The first half: both halves handled one after the other keep every partition's order. */
  Batch firstHalf() {
    return new Batch(events.subList(0, events.size() / 2), claims, Map.of());
  }

  Batch secondHalf() {
    return new Batch(events.subList(events.size() / 2, events.size()), claims, ends);
  }

  /** The root records of those events whose partition has parked events. */
  Set<RecordRef> perhapsBlocked() {
    Set<Integer> suspects = new HashSet<>();
    claims.values().stream()
        .filter(claim -> claim.parked)
        .forEach(claim -> suspects.add(claim.partition));
    if (suspects.isEmpty()) {
      return Set.of();
    }
    return events.stream()
        .filter(event -> suspects.contains(event.partition()))
        .map(event -> event.entry().root())
        .collect(Collectors.toSet());
  }
}
