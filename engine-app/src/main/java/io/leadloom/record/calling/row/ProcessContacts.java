package io.leadloom.record.calling.row;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.calling.CallProcess;
import io.leadloom.record.calling.Processes;
import io.leadloom.record.calling.row.Columns.Column;
import io.leadloom.record.store.RowValues;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.schema.deal.MappingPage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The door to the contacts of processes, for who keeps the process; nobody else reaches them anywhere (VOC-006, VOC-010). */
@Component
public class ProcessContacts {

  private static final int MOST = 200;
  private static final List<String> NAMES = List.of("name", "firstName", "lastName");
  private static final int SHORTEST_SEARCH = 3;
  private static final Pattern DIGITS = Pattern.compile("[+]?[0-9\\s\\p{Z}().\\-]+");
  private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}().\\-]+");

  private final Processes processes;
  private final ContactRows rows;
  private final Schemas schemas;
  private final AccountSettings account;
  private final Access access;

  ProcessContacts(
      Processes processes,
      ContactRows rows,
      Schemas schemas,
      AccountSettings account,
      Access access) {
    this.processes = processes;
    this.rows = rows;
    this.schemas = schemas;
    this.account = account;
    this.access = access;
  }

  /**
   * One page of the contacts of a process, the newest first.
   *
   * @param search at least three characters: what the name begins with, or the number; null or blank for all
   */
  @Transactional(readOnly = true)
  public Page<ProcessContact> page(
      long process, @Nullable String search, @Nullable String cursor, int limit) {
    int read = Page.limit(limit, MOST) + 1;
    long before = ListLeads.before(cursor);
    CallProcess of = processes.get(process);
    String part = search == null ? "" : search.strip();
    Shown as = shown(of);
    List<ContactRows.Stored> found =
        part.isEmpty() ? rows.page(process, before, read) : found(of, part, before, read, as);
    boolean more = found.size() > limit;
    List<ContactRows.Stored> kept = more ? found.subList(0, limit) : found;
    Map<Long, Long> leads = rows.leads(kept.stream().map(ContactRows.Stored::id).toList());
    return new Page<>(
        kept.stream().map(row -> as.of(row, leads.getOrDefault(row.id(), 0L), null)).toList(),
        more ? Long.toString(kept.get(limit - 1).id()) : null,
        null);
  }

  private List<ContactRows.Stored> found(
      CallProcess process, String part, long before, int read, Shown as) {
    if (part.length() < SHORTEST_SEARCH) {
      throw RefusedException.invalid(
          "The search is too short",
          Violation.of("search", part, "at least " + SHORTEST_SEARCH + " characters"));
    }
    boolean digits = DIGITS.matcher(part).matches();
    // Who does not see values does not find by them either.
    if (digits ? !as.numbers() : !as.names()) {
      return List.of();
    }
    if (digits) {
      String country = process.defaultCountry();
      String number = RowKeys.number(part, country == null ? account.region() : country);
      String start = BETWEEN.matcher(part).replaceAll("");
      return rows.numbered(
          process.id(), Objects.requireNonNullElse(number, start), start, before, read);
    }
    return rows.called(
        process.id(), Objects.requireNonNullElse(Folded.of(part), part), before, read);
  }

  /** One contact, with its latest leads. */
  @Transactional(readOnly = true)
  public ProcessContact get(long id) {
    ContactRows.Stored row = rows.find(id).orElseThrow(() -> missing(id));
    try {
      Shown as = shown(processes.get(row.process()));
      long leads = rows.leads(List.of(id)).getOrDefault(id, 0L);
      return as.of(row, leads, rows.some(id));
    } catch (RefusedException e) {
      throw e.reason() == RefusedException.Reason.NOT_FOUND ? missing(id) : e;
    }
  }

  private static RefusedException missing(long id) {
    return RefusedException.notFound("contact of a process", id);
  }

  /** Turns rows into what whoever asks may see of them. */
  private record Shown(Set<String> hidden, boolean names, boolean numbers, RowValues documents) {

    ProcessContact of(
        ContactRows.Stored row, long leads, @Nullable List<ProcessContact.OfList> some) {
      Values values = documents.read(row.custom());
      Map<String, Object> seen = new LinkedHashMap<>();
      for (String key : values.keys()) {
        Object value = FieldConversion.toNatural(values.get(key));
        if (value != null && !hidden.contains(key)) {
          seen.put(key, value);
        }
      }
      return new ProcessContact(
          row.id(),
          row.process(),
          names ? row.name() : null,
          numbers ? row.number() : null,
          seen,
          leads,
          some,
          row.createdAt());
    }
  }

  /** What is hidden of leads of lists is hidden of their contacts too: it is the same name and number. */
  private Shown shown(CallProcess process) {
    Rights rights = access.current();
    Schema schema = schemas.current();
    Columns columns = Columns.of(processes.table(process.id()).columns(), schema);
    boolean names =
        open(rights, columns.title())
            && NAMES.stream()
                .noneMatch(
                    key ->
                        rights.hides(EntityType.CONTACT, key)
                            || rights.hides(EntityType.LEAD, key));
    boolean numbers = open(rights, columns.phone()) && !rights.hides(EntityType.CONTACT, "phone");
    return new Shown(
        hidden(rights, schema, names, numbers),
        names,
        numbers,
        new RowValues(EntityType.CONTACT, schema));
  }

  /** The fields of contacts that are hidden, or are filled by a field of leads that is. */
  private static Set<String> hidden(Rights rights, Schema schema, boolean names, boolean numbers) {
    Set<String> hidden = new HashSet<>();
    for (Field field : schema.fields(EntityType.CONTACT)) {
      String key = field.key();
      boolean number = key.equals("phone") || field.type() == FieldType.PHONE;
      boolean name = NAMES.contains(key);
      if (rights.hides(EntityType.CONTACT, key)
          || rights.hides(EntityType.LEAD, key)
          || number && !numbers
          || name && !names) {
        hidden.add(key);
      }
    }
    schema
        .deals()
        .pairs()
        .getOrDefault(MappingPage.CONTACT, Map.of())
        .forEach(
            (from, to) ->
                schema
                    .field(from)
                    .filter(source -> rights.hides(source.entity(), source.key()))
                    .flatMap(source -> schema.field(to))
                    .ifPresent(target -> hidden.add(target.key())));
    return hidden;
  }

  private static boolean open(Rights rights, @Nullable Column column) {
    return column == null || !rights.hides(EntityType.LEAD, column.field().key());
  }
}
