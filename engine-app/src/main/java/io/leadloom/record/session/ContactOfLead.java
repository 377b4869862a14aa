package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.record.Record;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import io.leadloom.schema.deal.MappingPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the contact of a new lead by e-mail or phone, or creates it from the lead's values (VOC-006, LEAD-162). */
final class ContactOfLead {

  /** What lets nobody write to a person. */
  private static final List<String> REFUSALS = List.of("doNotEmail", "doNotText");

  private static final List<String> IDENTIFYING =
      List.of("firstName", "lastName", "email", "phone");

  private final SessionParts parts;
  private final Schema schema;
  private final Uniqueness uniqueness;
  private final RecordChanges changes;
  private final ValueCheck check;
  private final Permits permits;

  ContactOfLead(
      SessionParts parts,
      Schema schema,
      Uniqueness uniqueness,
      RecordChanges changes,
      ValueCheck check,
      Permits permits) {
    this.parts = parts;
    this.schema = schema;
    this.uniqueness = uniqueness;
    this.changes = changes;
    this.check = check;
    this.permits = permits;
  }

  /** Whoever wants no messages as a lead wants none as the contact that the lead goes on as (LEAD-104, LEAD-105). */
  void keepRefusals(
      Record lead, Function<RecordRef, @Nullable Held> live, Cause cause, Instant now) {
    Long contact = lead.values().number("contact");
    Held person = contact == null ? null : live.apply(RecordRef.contact(contact));
    if (person == null) {
      return;
    }
    Values refused = Values.none();
    for (String key : REFUSALS) {
      if (Boolean.TRUE.equals(lead.values().get(key))
          && !Boolean.TRUE.equals(person.now.values().get(key))) {
        refused.with(key, true);
      }
    }
    if (!refused.keys().isEmpty()) {
      changes.update(person, refused, null, cause, now);
    }
  }

  /** The id of the contact; null when nothing identifies one. */
  @Nullable Long of(Values lead, Cause cause, Instant now) {
    Long found = uniqueness.contact(lead);
    if (found != null) {
      return found;
    }
    if (IDENTIFYING.stream().allMatch(key -> lead.get(key) == null)) {
      return null;
    }
    Values values = Values.none();
    // What tells who it is comes along, also where nobody mapped it.
    IDENTIFYING.stream()
        .filter(key -> lead.get(key) != null)
        .forEach(key -> values.with(key, lead.get(key)));
    schema
        .deals()
        .pairs()
        .getOrDefault(MappingPage.CONTACT, Map.of())
        .forEach(
            (from, to) -> {
              Field source = schema.field(from).orElse(null);
              Field target = schema.field(to).orElse(null);
              // A text that is longer than its own may be is left out.
              if (source != null
                  && target != null
                  && parts.rules.check(target, lead.get(source.key()))
                      instanceof Converted.Value value
                  && value.value() != null) {
                values.with(target.key(), value.value());
              }
            });
    RecordRef ref = RecordRef.contact(parts.ids.next(EntityType.CONTACT.key()));
    List<Violation> taken = new ArrayList<>();
    uniqueness.check(ref, null, values, Values.none(), taken);
    taken.forEach(violation -> values.with(violation.field(), null));
    boolean ofPartner = permits.ofPartner(EntityType.LEAD);
    if (values.get("owner") == null || ofPartner) {
      // Nobody owns the lead of a partner yet, but whoever brought it in knows the contact.
      values.with("owner", ofPartner ? cause.userId() : lead.get("owner"));
    }
    REFUSALS.stream()
        .filter(key -> Boolean.TRUE.equals(lead.get(key)))
        .forEach(key -> values.with(key, true));
    check.complete(EntityType.CONTACT, null, values, false, List.of());
    changes.create(ref, null, values, cause, now);
    return ref.id();
  }
}
