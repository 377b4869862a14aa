package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import io.leadloom.schema.deal.MappingPage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the contact of a new lead by e-mail or phone, or creates it from the lead's values (VOC-006, LEAD-162). */
final class ContactOfLead {

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

  /** The id of the contact; null when nothing identifies one. */
  @Nullable Long of(Values lead, Cause cause, Instant now) {
    Long found = uniqueness.contact(lead);
    if (found != null) {
      return found;
    }
    Values values = Values.none();
    schema
        .deals()
        .pairs()
        .getOrDefault(MappingPage.CONTACT, Map.of())
        .forEach(
            (from, to) -> {
              Field source = schema.field(from).orElse(null);
              Field target = schema.field(to).orElse(null);
              if (source != null && target != null) {
                values.with(target.key(), lead.get(source.key()));
              }
            });
    if (IDENTIFYING.stream().allMatch(key -> values.get(key) == null)) {
      return null;
    }
    boolean ofPartner = permits.ofPartner(EntityType.LEAD);
    if (values.get("owner") == null || ofPartner) {
      // Nobody owns the lead of a partner yet, but whoever brought it in knows the contact.
      values.with("owner", ofPartner ? cause.userId() : lead.get("owner"));
    }
    check.complete(EntityType.CONTACT, null, values, false, List.of());
    RecordRef ref = RecordRef.contact(parts.ids.next(EntityType.CONTACT.key()));
    changes.create(ref, null, values, cause, now);
    return ref.id();
  }
}
