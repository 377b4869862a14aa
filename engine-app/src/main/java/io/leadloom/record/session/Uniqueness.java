package io.leadloom.record.session;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.record.Record;
import io.leadloom.record.WriteResult;
import io.leadloom.record.store.Claim;
import io.leadloom.record.store.Claims;
import io.leadloom.record.store.CompanyForms;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which record holds which unique value, within one session. */
final class Uniqueness {

  private final Schema schema;
  private final SessionState state;
  private final Claims claims;
  private final Permits permits;

  Uniqueness(Schema schema, SessionState state, Claims claims, Permits permits) {
    this.permits = permits;
    this.schema = schema;
    this.state = state;
    this.claims = claims;
  }

  /** Looks up who holds these, with one query per field. */
  void load(Collection<Claim> wanted) {
    List<Claim> fresh =
        wanted.stream().filter(claim -> !state.ownerKnown(claim)).distinct().toList();
    if (!fresh.isEmpty()) {
      var owners = claims.owners(fresh);
      fresh.forEach(claim -> state.ownerLoaded(claim, owners.get(claim)));
    }
  }

  /** The claims that a record with these values makes on unique fields. */
  List<Claim> claims(EntityType type, @Nullable String activityType, Values values) {
    List<Claim> made = new ArrayList<>();
    for (Field field : uniqueFields(type, activityType)) {
      Claim claim = claim(field, values.get(field.key()));
      if (claim != null) {
        made.add(claim);
      }
    }
    return made;
  }

  private List<Field> uniqueFields(EntityType type, @Nullable String activityType) {
    List<Field> fields = new ArrayList<>();
    for (Field field : schema.fields(type)) {
      if (field.unique()) {
        fields.add(field);
      }
    }
    if (activityType != null) {
      schema.activityFields(activityType).stream().filter(Field::unique).forEach(fields::add);
    }
    return fields;
  }

  private static @Nullable Claim claim(Field field, @Nullable Object value) {
    String folded = value instanceof String text ? CompanyForms.of(field, text) : natural(value);
    return folded == null ? null : new Claim(field.id(), folded);
  }

  private static @Nullable String natural(@Nullable Object value) {
    return value == null ? null : String.valueOf(FieldConversion.toNatural(value));
  }

  /** The claims by which leads find their contact (VOC-006). */
  static List<Claim> identity(Values values) {
    List<Claim> identity = new ArrayList<>(2);
    String email = Folded.of(values.text("email"));
    if (email != null) {
      identity.add(new Claim(Claim.CONTACT_EMAIL, email));
    }
    String phone = Folded.of(values.text("phone"));
    if (phone != null) {
      identity.add(new Claim(Claim.CONTACT_PHONE, phone));
    }
    return identity;
  }

  /** The contacts that have some of these addresses. */
  List<RecordRef> contacts(Collection<Claim> claims) {
    return claims.stream()
        .filter(
            claim ->
                claim.fieldId() == Claim.CONTACT_EMAIL || claim.fieldId() == Claim.CONTACT_PHONE)
        .map(state::owner)
        .filter(Objects::nonNull)
        .distinct()
        .map(RecordRef::contact)
        .toList();
  }

  /** The live contact that an e-mail address or phone number means. */
  @Nullable Long contact(Values values) {
    List<Claim> identity = identity(values);
    load(identity);
    return identity.stream().map(state::owner).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /**
   * Complains about values that another live record has.
   *
   * @param before the values of the record as it stands, which it keeps whoever else has them; none for a new one
   */
  void check(
      RecordRef ref,
      @Nullable String activityType,
      Values values,
      Values before,
      List<Violation> violations) {
    List<Claim> wanted = claims(ref.type(), activityType, values);
    if (wanted.isEmpty()) {
      return;
    }
    load(wanted);
    for (Field field : uniqueFields(ref.type(), activityType)) {
      Claim claim = claim(field, values.get(field.key()));
      if (claim == null || claim.equals(claim(field, before.get(field.key())))) {
        continue;
      }
      Long owner = state.owner(claim);
      if (owner != null && owner != ref.id()) {
        violations.add(
            Violation.of(
                field.key(),
                FieldConversion.toNatural(values.get(field.key())),
                WriteResult.TAKEN + ref.type().key() + " has" + holder(ref, owner)));
      }
    }
  }

  /** Who has it, for one who may know. */
  private String holder(RecordRef ref, long owner) {
    RecordRef holder = new RecordRef(ref.type(), owner);
    return permits.sees(holder) ? "; " + holder + " has it" : "";
  }

  /** Hands the values of a record over from its former to its present state; null for none. */
  void move(@Nullable Record before, @Nullable Record after) {
    List<Claim> old = before == null || before.trashedAt() != null ? List.of() : all(before);
    List<Claim> wanted = after == null || after.trashedAt() != null ? List.of() : all(after);
    // A contact takes an address that whoever had it first has given up.
    boolean shared = after != null && after.ref().type() == EntityType.CONTACT;
    if (old.equals(wanted) && !shared) {
      return;
    }
    load(old);
    load(wanted);
    for (Claim claim : old) {
      if (before != null
          && !wanted.contains(claim)
          && Objects.equals(state.owner(claim), before.ref().id())) {
        state.own(claim, null);
      }
    }
    for (Claim claim : wanted) {
      if (after != null && state.owner(claim) == null) {
        state.own(claim, after.ref().id());
      }
    }
  }

  private List<Claim> all(Record record) {
    List<Claim> all = claims(record.ref().type(), record.activityType(), record.values());
    if (record.ref().type() == EntityType.CONTACT) {
      all.addAll(identity(record.values()));
    }
    return all;
  }
}
