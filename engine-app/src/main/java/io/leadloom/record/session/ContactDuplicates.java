package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.record.store.Claim;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where duplicate contacts are not allowed, one with the e-mail address or phone number of another is refused when
 * somebody writes it, and updates that other one when it comes in by itself: from files, forms, connectors and messages
 * (ENG-101). Addresses are compared without letter case and numbers in international form, as they are kept (SET-016).
 */
final class ContactDuplicates {

  private final SessionParts parts;
  private final Uniqueness uniqueness;
  private final SessionState state;
  private final Permits permits;
  private final ValueCheck check;
  private final Function<RecordRef, @Nullable Held> live;
  private final Change change;

  ContactDuplicates(
      SessionParts parts,
      Uniqueness uniqueness,
      SessionState state,
      Permits permits,
      ValueCheck check,
      Function<RecordRef, @Nullable Held> live,
      Change change) {
    this.parts = parts;
    this.uniqueness = uniqueness;
    this.state = state;
    this.permits = permits;
    this.check = check;
    this.live = live;
    this.change = change;
  }

  /** How values of a record are changed. */
  interface Change {
    WriteResult of(Held held, Values given, @Nullable String said, Cause cause, Instant now);
  }

  /**
   * Writes a new entry of a contact that is here to that contact, if whoever brings it may write there; null when it is a
   * contact of its own.
   */
  @Nullable WriteResult again(
      EntityType type, Values given, Values checked, Cause cause, Instant now) {
    Held contact = meant(type, checked, cause);
    if (contact == null) {
      return null;
    }
    WriteResult refusal = permits.refusal(contact, Action.EDIT);
    if (refusal instanceof WriteResult.Missing) {
      List<Violation> violations = new ArrayList<>();
      check(RecordRef.contact(0), checked, Values.none(), violations);
      return new WriteResult.Refused(violations);
    }
    return refusal != null ? refusal : change.of(contact, filled(given), null, cause, now);
  }

  /** Leaves the contact that an entry means as it is, where those that are there are kept; null when there is none. */
  @Nullable WriteResult kept(RecordCommand.Upsert upsert, Cause cause) {
    if (!upsert.keep() || upsert.type() != EntityType.CONTACT) {
      return null;
    }
    Values checked = check.checked(upsert.type(), null, upsert.values(), cause, new ArrayList<>());
    Held contact = meant(upsert.type(), checked, cause);
    return contact == null || !permits.sees(contact.now)
        ? null
        : new WriteResult.Written(contact.now.ref(), contact.now.version(), false, false);
  }

  /** The contact that a new one with these values is another entry of. */
  private @Nullable Held meant(EntityType type, Values values, Cause cause) {
    boolean byHand = cause.kind() == Cause.Kind.USER || cause.kind() == Cause.Kind.API;
    if (type != EntityType.CONTACT || byHand || parts.duplicateContacts()) {
      return null;
    }
    Long contact = uniqueness.contact(values);
    return contact == null ? null : live.apply(RecordRef.contact(contact));
  }

  /** What is said; a cell that is blank leaves the value as it is (LEAD-072). */
  private static Values filled(Values given) {
    Values filled = Values.none();
    given
        .asMap()
        .forEach(
            (key, value) -> {
              if (value != null && !(value instanceof String text && text.isBlank())) {
                filled.with(key, value);
              }
            });
    return filled;
  }

  /**
   * Complains about an address or number that another contact has.
   *
   * @param before the values of the contact as it stands, which it keeps whoever else has them; none for a new one
   */
  void check(RecordRef ref, Values values, Values before, List<Violation> violations) {
    if (ref.type() != EntityType.CONTACT || parts.duplicateContacts()) {
      return;
    }
    List<Claim> had = Uniqueness.identity(before);
    List<Claim> wanted = Uniqueness.identity(values);
    uniqueness.load(wanted);
    for (Claim claim : wanted) {
      Long owner = state.owner(claim);
      if (owner != null && owner != ref.id() && !had.contains(claim)) {
        String field = claim.fieldId() == Claim.CONTACT_EMAIL ? "email" : "phone";
        RecordRef holder = RecordRef.contact(owner);
        violations.add(
            Violation.of(
                field,
                FieldConversion.toNatural(values.get(field)),
                WriteResult.TAKEN
                    + "contact has"
                    + (permits.sees(holder) ? "; " + holder + " has it" : "")));
      }
    }
  }
}
