package io.leadloom.record.calling.row;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.calling.CallProcess;
import io.leadloom.record.calling.LeadList;
import io.leadloom.record.calling.LeadLists;
import io.leadloom.record.calling.Processes;
import io.leadloom.record.calling.row.Columns.Column;
import io.leadloom.record.store.RowValues;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The door to the leads of lists, for who keeps the process; nobody else reaches them anywhere (LEAD-008). */
@Component
public class ListLeads {

  private static final int MOST = 200;
  private static final int SHORTEST_SEARCH = 3;
  private static final Pattern DIGITS = Pattern.compile("[+]?[0-9\\s\\p{Z}().\\-]+");
  private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}().\\-]+");

  private final LeadLists lists;
  private final Processes processes;
  private final ListLeadRows rows;
  private final ContactRows people;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final FieldRules rules;
  private final AccountSettings account;
  private final Access access;
  private final Ids ids;
  private final Clock clock;

  ListLeads(
      LeadLists lists,
      Processes processes,
      ListLeadRows rows,
      ContactRows people,
      Schemas schemas,
      FieldConversion conversion,
      FieldRules rules,
      AccountSettings account,
      Access access,
      Ids ids,
      Clock clock) {
    this.lists = lists;
    this.processes = processes;
    this.rows = rows;
    this.people = people;
    this.schemas = schemas;
    this.conversion = conversion;
    this.rules = rules;
    this.account = account;
    this.access = access;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * One page of the leads of a list, the newest first.
   *
   * @param search at least three characters: what the name begins with, or the number; null or blank for all
   */
  @Transactional(readOnly = true)
  public Page<ListLead> page(
      long list, @Nullable String search, @Nullable String cursor, int limit) {
    int read = Page.limit(limit, MOST) + 1;
    long before = before(cursor);
    LeadList of = lists.get(list);
    String part = search == null ? "" : search.strip();
    List<ListLeadRows.Stored> found =
        part.isEmpty() ? rows.page(list, before, read) : found(of, part, before, read);
    boolean more = found.size() > limit;
    List<ListLeadRows.Stored> shown = more ? found.subList(0, limit) : found;
    Shown as = shown(of);
    return new Page<>(
        shown.stream().map(row -> as.of(row, null)).toList(),
        more ? Long.toString(shown.get(limit - 1).id()) : null,
        null);
  }

  private List<ListLeadRows.Stored> found(LeadList list, String part, long before, int read) {
    if (part.length() < SHORTEST_SEARCH) {
      throw RefusedException.invalid(
          "The search is too short",
          Violation.of("search", part, "at least " + SHORTEST_SEARCH + " characters"));
    }
    Columns all = columns(list, schemas.current());
    boolean digits = DIGITS.matcher(part).matches();
    Column sought = digits ? all.phone() : all.title();
    // Who does not see values does not find by them either.
    if (sought == null || access.current().hides(EntityType.LEAD, sought.field().key())) {
      return List.of();
    }
    if (digits) {
      String number = RowKeys.number(part, region(processes.get(list.process())));
      String start = BETWEEN.matcher(part).replaceAll("");
      return rows.numbered(
          list.id(), Objects.requireNonNullElse(number, start), start, before, read);
    }
    String folded = Objects.requireNonNullElse(Folded.of(part), part);
    return rows.titled(list.id(), folded, before, read);
  }

  static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    if (!cursor.matches("[0-9]{1,18}")) {
      throw RefusedException.invalid(
          "The cursor is malformed",
          Violation.of("cursor", cursor, "the 'next' of the page before"));
    }
    return Long.parseLong(cursor);
  }

  /** One lead, with the lists that it came through. */
  @Transactional(readOnly = true)
  public ListLead get(long id) {
    ListLeadRows.Stored row = rows.find(id).orElseThrow(() -> missing(id));
    try {
      return shown(lists.get(row.list())).of(row, rows.moves(id));
    } catch (RefusedException e) {
      throw e.reason() == RefusedException.Reason.NOT_FOUND ? missing(id) : e;
    }
  }

  private static RefusedException missing(long id) {
    return RefusedException.notFound("lead of a lead list", id);
  }

  /** Turns rows into what whoever asks may see of them. */
  private record Shown(Columns columns, RowValues documents) {

    ListLead of(ListLeadRows.Stored row, @Nullable List<ListLead.Move> moves) {
      Values values = documents.read(row.custom());
      Map<String, Object> named = new LinkedHashMap<>();
      for (Column column : columns.all()) {
        Object value = FieldConversion.toNatural(values.get(column.field().key()));
        if (value != null) {
          named.put(column.name(), value);
        }
      }
      return new ListLead(
          row.id(),
          row.list(),
          row.contact(),
          named,
          moves,
          row.createdAt(),
          row.changedAt(),
          row.version());
    }
  }

  private Shown shown(LeadList list) {
    Schema schema = schemas.current();
    return new Shown(
        columns(list, schema).shownTo(access.current()), new RowValues(EntityType.LEAD, schema));
  }

  private Columns columns(LeadList list, Schema schema) {
    return Columns.of(processes.table(list.process()).columns(), schema);
  }

  /** The columns of a list, in the order of its files, that whoever asks may fill (LEAD-044). */
  @Transactional(readOnly = true)
  public Columns columns(long list) {
    Rights rights = access.current();
    return new Columns(
        columns(lists.get(list), schemas.latest()).all().stream()
            .filter(column -> Columns.writes(rights, column))
            .toList());
  }

  /** The names of the columns of a list that are hidden from whoever asks. */
  @Transactional(readOnly = true)
  public Set<String> hidden(long list) {
    Columns all = columns(lists.get(list), schemas.current());
    Columns shown = all.shownTo(access.current());
    return all.all().stream()
        .filter(column -> !shown.all().contains(column))
        .map(Column::name)
        .collect(Collectors.toSet());
  }

  private String region(CallProcess process) {
    String country = process.defaultCountry();
    return country == null ? account.region() : country;
  }

  /**
   * Adds one lead to a list after the same checks as an upload (LEAD-028).
   *
   * @param given values by the names of columns, in JSON-natural form or as texts
   */
  @Transactional
  public ListLead add(long list, Map<String, @Nullable Object> given) {
    Rights rights = access.current();
    Target target = target(lists.open(list, rights), DuplicateMode.SKIP, null, null, rights);
    List<Violation> violations = new ArrayList<>();
    Map<Column, Object> cells = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          Column column = target.columns().named(name).orElse(null);
          if (column == null || !Columns.writes(rights, column)) {
            violations.add(Violation.of(name, value, "a column of the list that you may fill"));
          } else if (value != null && cells.put(column, value) != null) {
            violations.add(Violation.of(name, value, "each column once"));
          }
        });
    Values values = target.check().checked(cells, violations);
    Outcome outcome = write(target, List.of(new Wanted(0, values, violations))).get(0);
    if (outcome.kind() != Outcome.Kind.CREATED) {
      throw RefusedException.invalid(
          "The contact cannot be added", outcome.remarks().toArray(Violation[]::new));
    }
    return get(outcome.lead());
  }

  /**
   * How rows are written into a list that was opened.
   *
   * @param zone what leads without a time zone get; null where time zones are texts like others
   */
  public Target target(
      LeadLists.Opened opened,
      DuplicateMode mode,
      @Nullable Long upload,
      @Nullable String zone,
      Rights rights) {
    String region = region(opened.process());
    return new Target(
        opened.list(),
        Columns.of(opened.columns(), schemas.latest()),
        region,
        new RowCheck(conversion, rules, region, zone),
        mode,
        upload,
        rights.userId());
  }

  /** Writes rows in the current transaction, in their order; the process of the list is locked. */
  public List<Outcome> write(Target target, List<Wanted> wanted) {
    return new ListWriter(rows, people, ids, rules, target, schemas.latest(), clock.instant())
        .write(wanted);
  }
}
