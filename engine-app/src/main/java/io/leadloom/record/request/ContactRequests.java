package io.leadloom.record.request;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Imports and bulk actions of contacts in one list, newest first (ENG-103 to ENG-107). */
@Component
public class ContactRequests {

  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})-([12])-([0-9]{1,18})");
  private static final int IMPORT = 1;
  private static final int BULK = 2;

  /** Those that have begun; before that an import is only being looked at. */
  private static final String IMPORTS =
      "select 1 as kind, id, file_name as name, status, '' as operation, 0 as undoes, created_by, created_at,"
          + " handled_rows as total, created_rows as c1, updated_rows as c2, unchanged_rows + skipped_rows as c3,"
          + " refused_rows as c4, 0 as c5 from import_job where entity = 'CONTACT'"
          + " and status in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')";

  private static final String BULKS =
      "select 2 as kind, id, name, case when status in (3, 4) then 'DONE' else 'RUNNING' end as status, operation,"
          + " case when undo_of is null then 0 else 1 end as undoes, created_by, created_at,"
          + " total, 0 as c1, changed as c2, handled - changed - failed as c3, failed as c4, 0 as c5"
          + " from bulk_action where entity = "
          + EntityType.CONTACT.code()
          + " and operation in ('update', 'allocate', 'add-tags', 'remove-tags', 'add-to-list', 'remove-from-list',"
          + " 'delete', 'restore', 'erase', 'undo-import')";

  private final JdbcTemplate jdbc;

  ContactRequests(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Requests that somebody may know of: imports within the reach of theirs, and bulk actions of those whose contacts they
   * may change in bulk, as on the page of jobs.
   */
  @Transactional(readOnly = true)
  public Page<ContactRequest> list(Rights rights, @Nullable String cursor, int limit) {
    List<Object> arguments = new ArrayList<>();
    int most = limit + 1;
    String sql =
        "select * from (("
            + IMPORTS
            + reach(rights.owners(Section.IMPORTS, Action.VIEW), null, rights)
            + before(IMPORT, cursor, arguments)
            + newest(most)
            + ") union all ("
            + BULKS
            + reach(rights.owners(EntityType.CONTACT, Action.BULK), rights.userId(), rights)
            + before(BULK, cursor, arguments)
            + newest(most)
            + ")) r order by created_at desc, kind desc, id desc limit "
            + most;
    List<Found> found = jdbc.query(sql, ContactRequests::read, arguments.toArray());
    boolean more = found.size() > limit;
    List<Found> shown = more ? found.subList(0, limit) : found;
    return new Page<>(
        shown.stream().map(Found::request).toList(),
        more ? shown.get(limit - 1).cursor() : null,
        null);
  }

  private record Found(int kind, ContactRequest request) {

    String cursor() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, request.at())
          + "-"
          + kind
          + "-"
          + request.id();
    }
  }

  private static String newest(int most) {
    return " order by created_at desc, id desc limit " + most;
  }

  private static String reach(Owners owners, @Nullable Long self, Rights rights) {
    if (rights.everything() || owners.all()) {
      return "";
    }
    List<Long> ids = new ArrayList<>(owners.ids());
    if (self != null) {
      ids.add(self);
    }
    return ids.isEmpty() ? " and 1 = 0" : " and created_by in (" + Ids.listed(ids) + ")";
  }

  private static String before(int kind, @Nullable String cursor, List<Object> arguments) {
    if (cursor == null || cursor.isBlank()) {
      return "";
    }
    Matcher matcher = CURSOR.matcher(cursor);
    if (!matcher.matches()) {
      throw RefusedException.invalid(
          "The cursor is not one",
          Violation.of("cursor", cursor, "the 'next' of the page before, unchanged"));
    }
    Object at =
        Objects.requireNonNull(
            Utc.column(Instant.EPOCH.plus(Long.parseLong(matcher.group(1)), ChronoUnit.MICROS)));
    int last = Integer.parseInt(matcher.group(2));
    if (kind > last) {
      arguments.add(at);
      return " and created_at < ?";
    }
    if (kind < last) {
      arguments.add(at);
      return " and created_at <= ?";
    }
    Collections.addAll(arguments, at, at, Long.parseLong(matcher.group(3)));
    return " and created_at <= ? and (created_at < ? or id < ?)";
  }

  private static Found read(ResultSet row, int n) throws SQLException {
    int kind = row.getInt("kind");
    String operation = row.getString("operation");
    boolean undo = row.getInt("undoes") == 1;
    ContactRequest.Type type = type(kind, operation, undo);
    boolean completed = !row.getString("status").equals("RUNNING");
    long total = row.getLong("total");
    long changed = row.getLong("c2");
    boolean deletes = type == ContactRequest.Type.BULK_DELETE;
    long created = row.getLong("c1");
    long failed = row.getLong("c4");
    long skipped =
        kind == BULK && completed ? total - changed - failed : Math.max(0, row.getLong("c3"));
    return new Found(
        kind,
        new ContactRequest(
            type,
            row.getLong("id"),
            row.getString("name"),
            row.getObject("created_by", Long.class),
            Objects.requireNonNull(Utc.moment(row.getObject("created_at", LocalDateTime.class))),
            completed,
            total,
            created,
            deletes ? 0 : changed,
            skipped,
            failed,
            deletes ? changed : 0));
  }

  private static ContactRequest.Type type(int kind, String operation, boolean undo) {
    if (kind == IMPORT) {
      return ContactRequest.Type.IMPORT;
    }
    // Taking a deletion back brings contacts back, which is no deletion.
    boolean deletes = operation.equals("delete") || operation.equals("erase");
    return deletes && !undo ? ContactRequest.Type.BULK_DELETE : ContactRequest.Type.BULK_UPDATE;
  }
}
