package io.leadloom.record.followup;

import io.leadloom.identity.Users;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
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
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Follow-ups of leads (LEAD-088 to LEAD-097): each is noted for good with what it changed, as an activity of the lead too;
 * the planned one is a pending task of type follow-up (VOC-008), of which a lead has at most one. They belong to the lead
 * as its stage does: who may edit the lead notes and plans them, whatever he may do with activities and tasks of their
 * own, and replaces what a colleague has planned (LEAD-097).
 */
@Component
public class FollowUps {

  /** The key of both the activity type and the task type. */
  public static final String TYPE = "follow-up";

  /** The fields that the form of a follow-up changes, in its order. */
  public static final List<String> CLASSIFYING = List.of("stage", "status", "group", "rating");

  private static final int LONGEST_COMMENT = 10_000;
  private static final int PAGE = 200;
  private static final Duration FURTHEST = Duration.ofDays(3_653);

  private final Records records;
  private final Schemas schemas;
  private final FollowUpRows rows;
  private final JdbcTemplate jdbc;
  private final Ids ids;
  private final Clock clock;
  private final Users users;
  private final WriteAttempts attempts;

  FollowUps(
      Records records,
      Schemas schemas,
      FollowUpRows rows,
      JdbcTemplate jdbc,
      Ids ids,
      Clock clock,
      Users users,
      PlatformTransactionManager transactions) {
    this.records = records;
    this.schemas = schemas;
    this.rows = rows;
    this.jdbc = jdbc;
    this.ids = ids;
    this.clock = clock;
    this.users = users;
    this.attempts = new WriteAttempts(transactions);
  }

  /** A classifying value before and after. */
  public record Move(@Nullable String before, @Nullable String after) {}

  /**
   * A follow-up as it was noted.
   *
   * @param moves stage, status, group and rating, also those that did not change
   * @param nextAt when the next contact was planned; null for none
   */
  public record Entry(
      long id,
      Instant at,
      @Nullable Long userId,
      Map<String, Move> moves,
      @Nullable Instant nextAt,
      @Nullable String comment) {
    public Entry {
      moves = Map.copyOf(moves);
    }
  }

  /**
   * What to note.
   *
   * @param version of the lead that the user has seen; null to note it whatever stands there
   * @param values classifying values that are to change
   * @param nextAt when the next contact is planned; null for none
   */
  public record New(
      @Nullable Integer version,
      Values values,
      @Nullable Instant nextAt,
      @Nullable String comment) {}

  /** The follow-ups of a lead, newest first; those before an id when there are more than a page. */
  public List<Entry> of(long leadId, @Nullable Long before, Rights rights) {
    RecordRef ref = RecordRef.lead(leadId);
    if (records.as(rights).find(ref).isEmpty()) {
      throw RefusedException.notFound("lead", leadId);
    }
    return rows
        .before(leadId, before == null ? Long.MAX_VALUE : before, PAGE, schemas.current())
        .stream()
        .map(entry -> seen(entry, rights))
        .toList();
  }

  /** The entry as somebody sees it: without fields that are hidden from them. */
  private static Entry seen(Entry entry, Rights rights) {
    Map<String, Move> moves = new LinkedHashMap<>(entry.moves());
    moves.keySet().removeIf(key -> rights.hides(EntityType.LEAD, key));
    return new Entry(
        entry.id(), entry.at(), entry.userId(), moves, entry.nextAt(), entry.comment());
  }

  /**
   * Notes a follow-up and plans the next one, all or nothing. Two at once on a lead come one after the other, so that the
   * second replaces the plan of the first (LEAD-097).
   */
  public Entry note(long leadId, New asked, Rights rights, Cause cause) {
    Instant now = clock.instant();
    check(asked, now);
    return attempts.run(
        () -> {
          // The first statement of the transaction: all that is read after it is as the one before
          // has left it.
          jdbc.queryForList("select id from leads where id = ? for update", Long.class, leadId);
          Record before = lead(leadId, rights);
          converted(before);
          if (asked.version() != null && asked.version() != before.version()) {
            throw conflict(asked.version());
          }
          RecordSession session = records.as(rights).open();
          if (!asked.values().isEmpty()) {
            written(
                session.apply(new RecordCommand.Update(before.ref(), null, asked.values()), cause));
          }
          session.flush();
          Record after = session.get(before.ref()).orElse(before);
          plan(before, asked, now, cause);
          Entry entry =
              new Entry(
                  ids.next("follow_up"),
                  now,
                  cause.userId(),
                  moves(before, after),
                  asked.nextAt(),
                  comment(asked));
          rows.insert(leadId, entry, schemas.current());
          return seen(entry, rights);
        });
  }

  private static void check(New asked, Instant now) {
    if (asked.nextAt() != null
        && (!asked.nextAt().isAfter(now) || asked.nextAt().isAfter(now.plus(FURTHEST)))) {
      throw RefusedException.invalid(
          "The follow-up cannot be planned",
          Violation.of("time", asked.nextAt(), "a moment in the future, within ten years"));
    }
    if (asked.comment() != null && asked.comment().length() > LONGEST_COMMENT) {
      throw RefusedException.invalid(
          "The comment is too long",
          Violation.of("comment", null, "a text of at most " + LONGEST_COMMENT + " characters"));
    }
    for (String key : asked.values().keys()) {
      if (!CLASSIFYING.contains(key)) {
        throw RefusedException.invalid(
            "A follow-up does not change this",
            Violation.of(key, asked.values().get(key), "stage, status, group or rating"));
      }
    }
  }

  /** Work on a converted lead goes on with what it has become (LEAD-079). */
  private static void converted(Record lead) {
    for (String key : List.of(RecordCommand.Convert.DEAL, RecordCommand.Convert.CLIENT)) {
      Long into = lead.values().number(key);
      if (into != null) {
        throw new RefusedException(
            RefusedException.Reason.CONFLICT,
            "The lead has been converted",
            List.of(Violation.of(key, into, "a lead that is not converted")));
      }
    }
  }

  private Record lead(long id, Rights rights) {
    RecordRef ref = RecordRef.lead(id);
    Record lead =
        records
            .as(rights)
            .find(ref)
            .filter(found -> found.trashedAt() == null)
            .orElseThrow(() -> RefusedException.notFound("lead", id));
    if (!records.as(rights).may(ref, Action.EDIT)) {
      throw RefusedException.forbidden("You may not change this lead");
    }
    return lead;
  }

  /** Ends what was planned, notes the contact as an activity, and plans the next one in its place (LEAD-097). */
  private void plan(Record lead, New asked, Instant now, Cause cause) {
    RecordSession session = records.open();
    for (long task : planned(lead.ref().id())) {
      RecordRef ref = RecordRef.task(task);
      boolean due =
          session.get(ref).map(found -> found.values().get("dueAt")).orElse(null)
                  instanceof Instant at
              && !at.isAfter(now);
      written(
          session.apply(
              new RecordCommand.Update(
                  ref, null, Values.of("status", due ? "completed" : "cancelled")),
              cause));
    }
    String comment = comment(asked);
    written(
        session.apply(
            new RecordCommand.Create(
                EntityType.ACTIVITY,
                TYPE,
                Values.of("lead", lead.ref().id()).with("notes", comment).with("happenedAt", now)),
            cause));
    if (asked.nextAt() != null) {
      written(
          session.apply(
              new RecordCommand.Create(
                  EntityType.TASK,
                  Values.of("type", TYPE)
                      .with("title", title(lead))
                      .with("notes", comment)
                      .with("lead", lead.ref().id())
                      .with("owner", owner(lead, cause))
                      .with("dueAt", asked.nextAt())
                      .with("remindAt", asked.nextAt())),
              cause));
    }
    session.flush();
  }

  /** Whoever is to be reminded: the owner of the lead, unless there is none who works here any more (LEAD-091). */
  private @Nullable Long owner(Record lead, Cause cause) {
    Long owner = lead.values().number("owner");
    boolean active = owner != null && users.find(owner).filter(Users.Person::active).isPresent();
    return active ? owner : cause.userId();
  }

  private static String title(Record lead) {
    String name = lead.values().text("name");
    String shown = name == null ? "lead " + lead.ref().id() : name;
    return "Follow-up: " + (shown.length() > 200 ? shown.substring(0, 200) : shown);
  }

  private List<Long> planned(long leadId) {
    return jdbc.queryForList(
        "select id from tasks where lead_id = ? and type = ? and status = 'pending' and trashed_at is null",
        Long.class,
        leadId,
        TYPE);
  }

  private static @Nullable String comment(New asked) {
    return asked.comment() == null || asked.comment().isBlank() ? null : asked.comment().strip();
  }

  private static Map<String, Move> moves(Record before, Record after) {
    Map<String, Move> moves = new LinkedHashMap<>();
    for (String key : CLASSIFYING) {
      String was = before.values().text(key);
      String is = after.values().text(key);
      if (was != null || is != null) {
        moves.put(key, new Move(was, is));
      }
    }
    return moves;
  }

  private static void written(WriteResult result) {
    if (result instanceof WriteResult.Refused refused) {
      throw new RefusedException(
          Reason.INVALID, "The follow-up cannot be saved", refused.violations());
    }
    if (!(result instanceof WriteResult.Written)) {
      throw RefusedException.forbidden("You may not change this");
    }
  }

  private static RefusedException conflict(int version) {
    return new RefusedException(
        Reason.CONFLICT,
        "The lead was changed meanwhile",
        List.of(Violation.of("version", version, "the version of the lead as it is now")));
  }
}
