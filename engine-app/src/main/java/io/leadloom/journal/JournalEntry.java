package io.leadloom.journal;

import io.leadloom.platform.Cause;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something that happened to a record, about to be journaled.
 *
 * @param at when it happened
 * @param kind what happened
 * @param subject the record it happened to
 * @param root the record whose order it keeps: the lead of an activity, task or note, otherwise the subject itself
 * @param changes the fields that changed, by key
 * @param detail small facts that triggers match on: {@code type} (activity or task type), {@code tag}, {@code formerly}
 *     (its earlier names, folded, on a line each), {@code list},
 *     {@code automation}, {@code delivery}; {@code lead} of an activity or task of an opportunity is the id of the lead that it is
 *     linked to as well
 * @param cause who or what caused it
 */
public record JournalEntry(
    Instant at,
    JournalKind kind,
    RecordRef subject,
    RecordRef root,
    Map<String, FieldChange> changes,
    Map<String, String> detail,
    Cause cause) {

  /** The detail with the id of the lead that an activity or task of an opportunity is linked to as well. */
  public static final String LEAD = "lead";

  public JournalEntry {
    changes = changes instanceof LateChanges ? changes : Map.copyOf(changes);
    detail = Map.copyOf(detail);
  }

  /** The same event as one of another record. */
  public JournalEntry of(RecordRef other) {
    return new JournalEntry(at, kind, subject, other, changes, detail, cause);
  }

  /** The folded names of the tag that it is about: the present one and those it had before; empty when it is about none. */
  public List<String> tagNames() {
    String tag = Folded.of(detail.get("tag"));
    String former = detail.get("formerly");
    if (tag == null || former == null) {
      return tag == null ? List.of() : List.of(tag);
    }
    List<String> names = new ArrayList<>(List.of(former.split("\n")));
    names.add(tag);
    return names;
  }
}
