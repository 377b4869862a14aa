package io.leadloom.record.session;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.record.search.RecordReach;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks what records name: other records, users, and the partner company of a lead with its employee. */
final class LinkCheck {

  private static final String LEAD = "lead";
  private static final String REPRESENTATIVE = "partnerRepresentative";

  private final SessionParts parts;
  private final ValueCheck check;
  private final Permits permits;
  private final Function<RecordRef, @Nullable Held> live;

  /**
   * @param live finds a record that is not in the trash
   */
  LinkCheck(
      SessionParts parts,
      ValueCheck check,
      Permits permits,
      Function<RecordRef, @Nullable Held> live) {
    this.parts = parts;
    this.check = check;
    this.permits = permits;
    this.live = live;
  }

  /**
   * Complains about links to records that are not there, and about users who are unknown or, unless they stand there
   * already, inactive (SET-037).
   */
  void check(
      EntityType type,
      @Nullable String typeKey,
      Values values,
      Values before,
      List<Violation> violations) {
    for (Map.Entry<String, @Nullable Object> entry : values.asMap().entrySet()) {
      if (!(entry.getValue() instanceof Long id)) {
        continue;
      }
      Field field = check.field(type, typeKey, entry.getKey());
      if (field == null || (field.readOnly() && field.system())) {
        continue;
      }
      if (field.type() == FieldType.USER
          && !id.equals(before.get(field.key()))
          && !parts.mayBeNamed(id)) {
        violations.add(Violation.of(field.key(), id, "the id of an existing active user"));
      }
      if (field.type() == FieldType.RECORD_LINK && field.link() != null) {
        linked(type, field, field.link(), id, values, before, violations);
      }
    }
    if (type == EntityType.LEAD) {
      representative(values, before, violations);
    }
  }

  private void linked(
      EntityType type,
      Field field,
      EntityType to,
      long id,
      Values values,
      Values before,
      List<Violation> violations) {
    boolean company = type == EntityType.LEAD && field.key().equals(RecordReach.PARTNER);
    Held linked = live.apply(new RecordRef(to, id));
    if (linked == null
        || !(permits.sees(linked.now)
            || (company && permits.ofCompany(id))
            || ofLead(type, field, id, values, before))) {
      violations.add(Violation.of(field.key(), id, "the id of an existing " + to.key()));
    } else if (company
        && !Long.valueOf(id).equals(before.get(field.key()))
        && !Boolean.TRUE.equals(linked.now.values().get("partner"))) {
      violations.add(Violation.of(field.key(), id, "an account that is marked as partner"));
    }
  }

  /** Whoever has a lead makes opportunities of it with its contact and its account, whosever these are (LEAD-105). */
  private boolean ofLead(EntityType type, Field field, long id, Values values, Values before) {
    Long of =
        type == EntityType.OPPORTUNITY ? (values.has(LEAD) ? values : before).number(LEAD) : null;
    Held lead = of == null ? null : live.apply(RecordRef.lead(of));
    return lead != null
        && permits.sees(lead.now)
        && (field.key().equals("contact") || field.key().equals("account"))
        && Long.valueOf(id).equals(lead.now.values().number(field.key()));
  }

  /** Who represents the partner is one of its employees (LEAD-201), and goes with it when another one is named. */
  private void representative(Values values, Values before, List<Violation> violations) {
    if (!values.has(RecordReach.PARTNER) && !values.has(REPRESENTATIVE)) {
      return;
    }
    boolean named = values.has(REPRESENTATIVE);
    Long user = (named ? values : before).number(REPRESENTATIVE);
    Long company = (values.has(RecordReach.PARTNER) ? values : before).number(RecordReach.PARTNER);
    if (user == null || (company != null && company.equals(parts.partnerOf(user)))) {
      return;
    }
    boolean unchanged =
        user.equals(before.number(REPRESENTATIVE))
            && company != null
            && company.equals(before.number(RecordReach.PARTNER));
    if (!named) {
      values.with(REPRESENTATIVE, null);
    } else if (!unchanged) {
      violations.add(
          Violation.of(REPRESENTATIVE, user, "an active employee of the partner company"));
    }
  }
}
