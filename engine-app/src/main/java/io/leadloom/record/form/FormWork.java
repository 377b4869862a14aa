package io.leadloom.record.form;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.WriteResult.Forbidden;
import io.leadloom.record.WriteResult.Refused;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One saving of the form in one session: everything is tried, so that everything that fails is known. */
final class FormWork {

  /** Where a value of the lead that comes from its contact is filled in. */
  private static final Map<String, String> FROM =
      Map.of("email", "contactEmail", "phone", "contactPhone");

  private static final List<String> NAMES = List.of("firstName", "lastName");

  private final Records records;
  private final RecordSession session;
  private final FormEntry entry;
  private final Values before;
  private final Rights rights;
  private final Cause cause;

  FormWork(Records records, FormEntry entry, Values before, Rights rights, Cause cause) {
    this.records = records;
    this.session = records.open();
    this.entry = entry;
    this.before = before;
    this.rights = rights;
    this.cause = cause;
  }

  WriteResult save(@Nullable RecordRef lead, @Nullable Integer version, @Nullable String comment) {
    Set<String> failing = entry.wrongKeys();
    RecordRef company = company(failing);
    RecordRef contact = contact(company, failing);
    Values values = Values.none();
    entry
        .lead
        .asMap()
        .forEach(
            (key, value) -> {
              if (!failing.contains(key)) {
                values.with(key, value);
              }
            });
    if (company != null) {
      values.with(FormInput.COMPANY, company.id());
    }
    if (contact != null) {
      values.with(FormInput.CONTACT, contact.id());
    }
    person(values, contact);
    WriteResult written =
        session.apply(
            lead == null
                ? new RecordCommand.Create(EntityType.LEAD, null, values, true, true)
                : new RecordCommand.Update(lead, version, values, comment),
            cause);
    if (written instanceof Refused refused) {
      refused
          .violations()
          .forEach(
              violation ->
                  entry.wrong(
                      input(EntityType.LEAD, violation.field(), violation.field()),
                      violation.value(),
                      violation.expectation()));
    } else if (!(written instanceof Written)) {
      return written;
    }
    if (!entry.violations().isEmpty()) {
      return new Refused(entry.violations());
    }
    belong(company);
    session.flush();
    return written;
  }

  /** Makes the company that is new (LEAD-183), or complains about it (LEAD-175 to LEAD-179). */
  private @Nullable RecordRef company(Set<String> failing) {
    if (!entry.newCompany || entry.company.isEmpty()) {
      return null;
    }
    Values values = Values.none();
    entry
        .company
        .asMap()
        .forEach(
            (field, value) -> {
              if (!failing.contains(input(EntityType.ACCOUNT, field, field))) {
                values.with(field, value);
              }
            });
    owned(EntityType.ACCOUNT, values);
    return made(EntityType.ACCOUNT, values, FormInput.NEW_COMPANY);
  }

  /** Makes the contact that is new, or sees to it that the chosen one is of the company (LEAD-194). */
  private @Nullable RecordRef contact(@Nullable RecordRef company, Set<String> failing) {
    Long existing = entry.existingCompany();
    if (entry.newContact) {
      Values values = Values.none();
      entry
          .contact
          .asMap()
          .forEach(
              (field, value) -> {
                if (!failing.contains(input(EntityType.CONTACT, field, field))) {
                  values.with(field, value);
                }
              });
      Long of = company == null ? existing : (Long) company.id();
      if (of != null && writable(EntityType.CONTACT, "account") && reached(of, company)) {
        values.with("account", of);
      }
      handOver(values);
      owned(EntityType.CONTACT, values);
      return made(EntityType.CONTACT, values, FormInput.NEW_CONTACT);
    }
    Long chosen = entry.existingContact();
    if (chosen != null && existing != null && entry.rematched()) {
      records
          .find(RecordRef.contact(chosen))
          .filter(person -> ofAnother(person, existing))
          .ifPresent(
              person ->
                  entry.wrong(
                      FormInput.CONTACT, chosen, "a contact of the company that is chosen"));
    }
    return null;
  }

  /** Whether somebody belongs to a company, and not to this one. */
  private static boolean ofAnother(Record person, long company) {
    Long of = person.values().number("account");
    return of != null && of != company;
  }

  private boolean reached(long company, @Nullable RecordRef fresh) {
    return fresh != null || records.find(RecordRef.account(company)).isPresent();
  }

  private @Nullable RecordRef made(EntityType type, Values values, String tick) {
    // The entry asks for what the form has; mandatory fields that it has no input for wait for
    // somebody who can fill them.
    WriteResult result = session.apply(new RecordCommand.Create(type, null, values, false), cause);
    if (result instanceof Written written) {
      return written.ref();
    }
    if (result instanceof Forbidden) {
      entry.wrong(
          tick,
          true,
          "one that is here already: your permissions do not include adding " + type.path());
    } else if (result instanceof Refused refused) {
      for (Violation violation : refused.violations()) {
        String key = input(type, violation.field(), tick);
        boolean taken = violation.expectation().startsWith(WriteResult.TAKEN);
        entry.wrong(
            key,
            violation.value(),
            taken
                ? taken(type == EntityType.ACCOUNT ? "company" : "contact")
                : key.equals(tick)
                    ? violation.field() + ": " + violation.expectation()
                    : violation.expectation());
      }
    }
    return null;
  }

  private static String taken(String kind) {
    return "one that no "
        + kind
        + " here has yet: check it, or clear New "
        + kind
        + " and choose the existing "
        + kind;
  }

  /** What the lead says of reaching the person stays with the person, unless the entry says otherwise. */
  private void handOver(Values person) {
    for (String field : FROM.keySet()) {
      Object known = before.get(field);
      if (known != null
          && !entry.contact.has(field)
          && !rights.hides(EntityType.LEAD, field)
          && writable(EntityType.CONTACT, field)) {
        person.with(field, known);
      }
    }
  }

  /** A new record beside the lead is for whoever gets the lead. */
  private void owned(EntityType type, Values values) {
    Long owner = entry.lead.has("owner") ? entry.lead.number("owner") : before.number("owner");
    boolean wrong = entry.wrongKeys().contains("owner");
    if (owner != null
        && !wrong
        && writable(type, "owner")
        && rights.owners(type, Action.VIEW).reach(owner)) {
      values.with("owner", owner);
    }
  }

  private boolean writable(EntityType type, String field) {
    return !rights.hides(type, field) && !rights.onlyReads(type, field);
  }

  /** A lead shows who its contact is: as far as the writer may know and write it. */
  private void person(Values values, @Nullable RecordRef made) {
    Long chosen = made == null ? entry.existingContact() : (Long) made.id();
    if (chosen == null || chosen.equals(before.number(FormInput.CONTACT))) {
      return;
    }
    Record person =
        made == null
            ? records.find(RecordRef.contact(chosen)).orElse(null)
            : session.get(made).orElse(null);
    if (person == null) {
      return;
    }
    boolean named = NAMES.stream().anyMatch(field -> person.values().get(field) != null);
    for (String field : FormEntry.FROM_CONTACT) {
      if (!writable(EntityType.LEAD, field)) {
        continue;
      }
      Object known = person.values().get(field);
      if (rights.hides(EntityType.CONTACT, field)) {
        if (made == null && ofFormer(field)) {
          values.with(field, null);
        }
      } else if (known != null || (named && NAMES.contains(field))) {
        // What the customer sent is not lost because the contact does not have it.
        values.with(field, known);
      }
    }
  }

  /** Whether the lead has this from the contact that it had. */
  private boolean ofFormer(String field) {
    Long former = before.number(FormInput.CONTACT);
    Object known = before.get(field);
    return known != null
        && former != null
        && records
            .find(RecordRef.contact(former))
            .map(person -> known.equals(person.values().get(field)))
            .orElse(true);
  }

  /** A contact that has no company belongs to the one of the lead, if the writer may say so. */
  private void belong(@Nullable RecordRef fresh) {
    Long chosen = entry.existingContact();
    Long company = fresh == null ? entry.existingCompany() : (Long) fresh.id();
    if (company == null
        || chosen == null
        || !entry.rematched()
        || !writable(EntityType.CONTACT, "account")
        || !reached(company, fresh)) {
      return;
    }
    records
        .find(RecordRef.contact(chosen))
        .filter(person -> person.values().get("account") == null)
        .ifPresent(
            person ->
                session.apply(
                    new RecordCommand.Update(person.ref(), null, Values.of("account", company)),
                    cause));
  }

  /** The input that fills a field. */
  private static String input(EntityType entity, String field, String otherwise) {
    return FormInput.ALL.stream()
        .filter(input -> input.entity() == entity && input.field().equals(field))
        .map(FormInput::key)
        .findFirst()
        .orElse(entity == EntityType.LEAD ? FROM.getOrDefault(field, otherwise) : otherwise);
  }
}
