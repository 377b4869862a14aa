package io.leadloom.record.deal;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteAttempts;
import io.leadloom.record.WriteResult;
import io.leadloom.record.session.Completeness;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.schema.deal.MappingPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Converts leads to deals and clients, and contacts to leads, each in one transaction (LEAD-106). The values go as the mappings
 * say; fields that are kept back from whoever converts are left out.
 */
@Component
public class Conversions {

  private static final String CONTACT = "contact";
  private static final String ACCOUNT = "account";
  private static final String CLIENT = "client";

  private final Records records;
  private final Schemas schemas;
  private final WriteAttempts attempts;

  Conversions(Records records, Schemas schemas, PlatformTransactionManager transactions) {
    this.records = records;
    this.schemas = schemas;
    this.attempts = new WriteAttempts(transactions);
  }

  /**
   * What to convert with.
   *
   * @param version of the lead that the user has seen; null for any
   * @param values of the deal, beside and in place of those that come from the lead
   * @param missing values of the lead itself that it lacks (LEAD-218)
   */
  public record Asked(@Nullable Integer version, Values values, Values missing) {}

  /**
   * What a conversion would do.
   *
   * @param missing the keys of the lead's fields that have to be filled in first
   * @param values what the deal would get from the lead
   * @param existing what the lead has become already
   */
  public record Preview(List<String> missing, Values values, @Nullable Long existing) {}

  /** Shows what a conversion would do. */
  public Preview preview(long leadId, ConversionKind kind, Rights rights) {
    Record lead = found(RecordRef.lead(leadId), rights);
    Schema schema = schemas.current();
    Values values =
        kind == ConversionKind.DEAL
            ? mapped(lead.values(), kind.page(), EntityType.OPPORTUNITY, schema, rights)
            : Values.none();
    return new Preview(lacks(lead, schema), values, lead.values().number(kind.field()));
  }

  private static List<String> lacks(Record lead, Schema schema) {
    if (Boolean.TRUE.equals(lead.values().get("incomplete"))) {
      return Completeness.missing(lead.values(), schema.leadSettings());
    }
    return lead.values().get(CONTACT) == null ? List.of(CONTACT) : List.of();
  }

  /** Converts a lead; returns what it has become. */
  public RecordRef convert(
      long leadId, ConversionKind kind, Asked asked, Rights rights, Cause cause) {
    return attempts.run(
        () -> {
          Record lead = found(RecordRef.lead(leadId), rights);
          if (!records.as(rights).may(lead.ref(), Action.EDIT)) {
            throw RefusedException.forbidden("Your permissions do not include this for the lead");
          }
          RecordSession session = records.as(rights).open();
          int version = session.get(lead.ref()).map(Record::version).orElse(lead.version());
          if (asked.version() != null && asked.version() != version) {
            throw new RefusedException(
                Reason.CONFLICT,
                "The lead was changed in the meantime",
                List.of(Violation.of("version", asked.version(), "version " + version)));
          }
          RecordRef into = convert(session, lead.ref(), kind, asked, rights, cause);
          session.flush();
          return into;
        });
  }

  /**
   * Converts a lead within a session; what was done before a refusal has to be rolled back.
   *
   * @throws RefusedException when it cannot be converted
   */
  RecordRef convert(
      RecordSession session,
      RecordRef ref,
      ConversionKind kind,
      Asked asked,
      Rights rights,
      Cause cause) {
    Schema schema = schemas.current();
    Record lead = session.get(ref).orElseThrow(() -> RefusedException.notFound("lead", ref.id()));
    Long existing = lead.values().number(kind.field());
    if (existing != null) {
      throw new RefusedException(
          Reason.CONFLICT,
          "The lead has been converted already",
          List.of(
              Violation.of(
                  kind.field(),
                  existing,
                  "a lead without one: see /" + kind.into().path() + "/" + existing)));
    }
    if (schema.deals().pairs().getOrDefault(kind.page(), Map.of()).isEmpty()) {
      throw new RefusedException(
          Reason.CONFLICT,
          "No field of leads goes anywhere: an administrator sets the mapping in the settings",
          List.of(Violation.of("mapping", kind.key(), "at least one pair of fields")));
    }
    if (!asked.missing().isEmpty()) {
      written(session.apply(new RecordCommand.Update(ref, null, asked.missing()), cause));
      lead = session.get(ref).orElseThrow();
    }
    List<String> lacks = lacks(lead, schema);
    if (!lacks.isEmpty()) {
      throw new RefusedException(
          Reason.INVALID,
          "The lead is not complete",
          lacks.stream().map(key -> Violation.of(key, null, "a value of the lead")).toList());
    }
    RecordRef into =
        kind == ConversionKind.DEAL
            ? deal(session, lead, asked.values(), schema, rights, cause)
            : client(session, lead, schema, rights, cause);
    written(session.apply(new RecordCommand.Convert(ref, kind.into(), into.id()), cause));
    return into;
  }

  private static RecordRef deal(
      RecordSession session, Record lead, Values given, Schema schema, Rights rights, Cause cause) {
    Values values = mapped(lead.values(), MappingPage.DEAL, EntityType.OPPORTUNITY, schema, rights);
    given.asMap().forEach(values::with);
    if (values.get("name") == null) {
      values.with("name", name(lead, rights));
    }
    // Its contact and account come with the lead, also where the writer may not set them.
    values.with("lead", lead.ref().id());
    if (values.get(CONTACT) != null) {
      values.with(CONTACT, lead.values().get(CONTACT));
    }
    return written(session.apply(new RecordCommand.Create(EntityType.OPPORTUNITY, values), cause))
        .ref();
  }

  /** What a deal is called that nobody named: as its lead, as far as whoever converts sees that. */
  private static String name(Record lead, Rights rights) {
    for (String key : List.of("leadName", "name")) {
      String name = lead.values().text(key);
      boolean hidden =
          rights.hides(EntityType.LEAD, key)
              || key.equals("name")
                  && (rights.hides(EntityType.LEAD, "firstName")
                      || rights.hides(EntityType.LEAD, "lastName"));
      if (name != null && !hidden) {
        return name;
      }
    }
    return "Lead " + lead.ref().id();
  }

  /** Marks contact and account as client (VOC-004); without an account, what would go to it stays on the lead. */
  private static RecordRef client(
      RecordSession session, Record lead, Schema schema, Rights rights, Cause cause) {
    Long contact = lead.values().number(CONTACT);
    Long account = lead.values().number(ACCOUNT);
    if (contact == null) {
      throw new IllegalStateException("A lead without contact has passed");
    }
    RecordRef person = RecordRef.contact(contact);
    RecordRef marked = mark(session, lead, person, schema, rights, cause);
    if (account != null) {
      mark(session, lead, RecordRef.account(account), schema, rights, cause);
    }
    return marked;
  }

  /** Returns who got the mark: the survivor of one that was merged. */
  private static RecordRef mark(
      RecordSession session,
      Record lead,
      RecordRef ref,
      Schema schema,
      Rights rights,
      Cause cause) {
    Values values = Values.none();
    mapped(lead.values(), MappingPage.CLIENT, ref.type(), schema, rights)
        .asMap()
        .forEach(
            (key, value) -> {
              if (value != null) {
                values.with(key, value);
              }
            });
    values.with(CLIENT, true);
    return written(session.apply(new RecordCommand.Update(ref, null, values), cause)).ref();
  }

  /** The values of a lead in the fields that they go to. */
  private static Values mapped(
      Values lead, MappingPage page, EntityType to, Schema schema, Rights rights) {
    Values values = Values.none();
    schema
        .deals()
        .pairs()
        .getOrDefault(page, Map.of())
        .forEach(
            (source, target) -> {
              Field from = schema.field(source).orElse(null);
              Field into = schema.field(target).orElse(null);
              if (from != null
                  && into != null
                  && into.entity() == to
                  && open(from, rights)
                  && writable(into, rights)
                  && lead.get(from.key()) != null) {
                values.with(into.key(), lead.get(from.key()));
              }
            });
    return values;
  }

  private static boolean open(Field field, Rights rights) {
    return !rights.hides(field.entity(), field.key());
  }

  private static boolean writable(Field field, Rights rights) {
    return open(field, rights) && !rights.onlyReads(field.entity(), field.key());
  }

  /** Makes a lead of a contact, which stays (LEAD-161). */
  public RecordRef lead(long contactId, Values given, Rights rights, Cause cause) {
    return attempts.run(
        () -> {
          Record contact = found(RecordRef.contact(contactId), rights);
          Schema schema = schemas.current();
          Map<Long, Long> pairs =
              schema.deals().pairs().getOrDefault(MappingPage.CONTACT, Map.of());
          if (pairs.isEmpty()) {
            throw new RefusedException(
                Reason.CONFLICT,
                "No field of contacts goes anywhere: an administrator sets the mapping in the settings",
                List.of(Violation.of("mapping", "contact", "at least one pair of fields")));
          }
          Values values = Values.none();
          pairs.forEach(
              (target, source) -> {
                Field from = schema.field(source).orElse(null);
                Field into = schema.field(target).orElse(null);
                if (from != null
                    && into != null
                    && !into.readOnly()
                    && open(from, rights)
                    && writable(into, rights)
                    && contact.values().get(from.key()) != null) {
                  values.with(into.key(), contact.values().get(from.key()));
                }
              });
          given.asMap().forEach(values::with);
          values.with(CONTACT, contactId);
          RecordSession session = records.as(rights).open();
          RecordRef lead =
              written(session.apply(new RecordCommand.Create(EntityType.LEAD, values), cause))
                  .ref();
          session.flush();
          return lead;
        });
  }

  /** Takes the mark away when what the lead became is deleted (LEAD-080). */
  public void undo(long leadId, ConversionKind kind, Rights rights, Cause cause) {
    attempts.run(
        () -> {
          Record lead = found(RecordRef.lead(leadId), rights);
          Long into = lead.values().number(kind.field());
          if (into == null) {
            throw RefusedException.notFound(kind.key() + " of the lead", leadId);
          }
          RecordSession session = records.as(rights).open();
          // A client that was merged goes on as another contact.
          Record became = session.standing(new RecordRef(kind.into(), into)).orElse(null);
          boolean there =
              became != null
                  && became.trashedAt() == null
                  && (kind == ConversionKind.DEAL
                      || Boolean.TRUE.equals(became.values().get(CLIENT)));
          if (there) {
            throw new RefusedException(
                Reason.CONFLICT,
                "What the lead has become is still there",
                List.of(
                    Violation.of(
                        kind.field(),
                        into,
                        "one that is deleted: see /" + kind.into().path() + "/" + into)));
          }
          written(session.apply(new RecordCommand.Convert(lead.ref(), kind.into(), null), cause));
          session.flush();
          return lead;
        });
  }

  private Record found(RecordRef ref, Rights rights) {
    return records
        .as(rights)
        .find(ref)
        .filter(record -> record.trashedAt() == null)
        .orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
  }

  private static WriteResult.Written written(WriteResult result) {
    if (result instanceof WriteResult.Written written) {
      return written;
    }
    if (result instanceof WriteResult.Refused refused) {
      throw new RefusedException(
          Reason.INVALID, "Some values are not acceptable", new ArrayList<>(refused.violations()));
    }
    if (result instanceof WriteResult.Forbidden forbidden) {
      throw RefusedException.forbidden(
          "Your permissions do not include this for " + forbidden.what());
    }
    if (result instanceof WriteResult.Missing missing) {
      throw RefusedException.notFound(missing.ref().type().key(), missing.ref().id());
    }
    throw new RefusedException(Reason.CONFLICT, "It was changed in the meantime", List.of());
  }
}
