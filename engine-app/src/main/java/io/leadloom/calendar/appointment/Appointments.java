package io.leadloom.calendar.appointment;

import io.leadloom.calendar.choice.CalendarChoices;
import io.leadloom.calendar.outside.Span;
import io.leadloom.calendar.time.BusyTimes;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.FormerRecords;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.record.RecordsErased;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appointments (ENG-062 to ENG-069). Whoever reaches the owner or the record sees them; whoever may change what the owner
 * has, or the record, changes them.
 */
@Component
public class Appointments {

  private static final Set<EntityType> WITH = Set.of(EntityType.LEAD, EntityType.CONTACT);
  private static final int SHORTEST = 5;
  private static final int LONGEST = (int) AppointmentRows.LONGEST.toMinutes();
  private static final int LONGEST_NOTES = 5_000;
  private static final int MOST_MERGED = 100;
  private static final Duration FAR = Duration.ofDays(3_660);
  private static final String FAILED = "The appointment cannot be saved";

  private final AppointmentRows rows;
  private final CalendarEntries entries;
  private final AppointmentNews news;
  private final Clashes clashes;
  private final CalendarChoices choices;
  private final Records records;
  private final FormerRecords former;
  private final Access access;
  private final TransactionTemplate transaction;

  /** Does not count as an effect of the request. */
  private final TransactionTemplate reading;

  private final Clock clock;

  Appointments(
      AppointmentRows rows,
      CalendarEntries entries,
      AppointmentNews news,
      Clashes clashes,
      CalendarChoices choices,
      Records records,
      FormerRecords former,
      Access access,
      TransactionTemplate transaction,
      Clock clock) {
    this.rows = rows;
    this.entries = entries;
    this.news = news;
    this.clashes = clashes;
    this.choices = choices;
    this.records = records;
    this.former = former;
    this.access = access;
    this.transaction = transaction;
    this.reading =
        new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
    this.reading.setReadOnly(true);
    this.clock = clock;
  }

  /**
   * A new appointment.
   *
   * @param owner whose it is
   * @param with the lead or contact
   * @param status null for confirmed
   * @param confirm whether it is booked although the time is taken
   */
  public record Wanted(
      long owner,
      RecordRef with,
      @Nullable Instant start,
      @Nullable Integer minutes,
      @Nullable String notes,
      @Nullable AppointmentStatus status,
      boolean confirm) {}

  /** What is to be another way; null stays. */
  public record Change(
      @Nullable Integer version,
      @Nullable Instant start,
      @Nullable Integer minutes,
      @Nullable String notes,
      @Nullable AppointmentStatus status,
      boolean confirm) {}

  /** An appointment, with what could not be asked when it was booked. */
  public record Booked(Appointment appointment, List<BusyTimes.Unasked> unasked) {}

  /** When it was before. */
  public record Moved(Span span, Instant movedAt, @Nullable Long movedBy) {}

  /** Whether somebody reaches what this user owns. */
  public static boolean reaches(Rights rights, long owner, Action action) {
    return Objects.equals(rights.userId(), owner)
        || rights.owners(Section.LEAD, action).reach(owner)
        || rights.owners(Section.CONTACT, action).reach(owner);
  }

  private static boolean reaches(Rights rights, Appointment appointment, Action action) {
    return reaches(rights, appointment.owner(), appointment.with().type(), action);
  }

  private static boolean reaches(Rights rights, long owner, EntityType with, Action action) {
    return Objects.equals(rights.userId(), owner) || rights.owners(with, action).reach(owner);
  }

  /** One of which the reader may see the time at least. */
  public Appointment find(long id, Rights rights) {
    Appointment found =
        Objects.requireNonNull(reading.execute(status -> rows.find(id)))
            .orElseThrow(() -> RefusedException.notFound("appointment", id));
    if (reaches(rights, found.owner(), Action.VIEW)
        || records.as(rights).find(found.with()).isPresent()) {
      return found;
    }
    throw RefusedException.notFound("appointment", id);
  }

  /** The last times that it was moved, newest first. */
  public List<Moved> moves(long id, int most) {
    return Objects.requireNonNull(reading.execute(status -> rows.moves(id, most))).stream()
        .map(move -> new Moved(move.span(), move.movedAt(), move.movedBy()))
        .toList();
  }

  /** Where a page begins. */
  public record After(Instant startsAt, long id) {}

  /** Those of an owner within reach, the latest first. */
  public List<Appointment> ofOwner(long owner, @Nullable After after, int most, Rights rights) {
    if (!reaches(rights, owner, Action.VIEW)) {
      throw RefusedException.notFound("user", owner);
    }
    return Objects.requireNonNull(
        reading.execute(status -> rows.ofOwner(owner, before(after), most)));
  }

  /** Those with a record within reach, and with those that were merged into it, the latest first. */
  public List<Appointment> with(RecordRef ref, @Nullable After after, int most, Rights rights) {
    Record record = reached(ref, rights);
    List<Long> ids = new ArrayList<>();
    ids.add(record.ref().id());
    former.mergedInto(record.ref(), MOST_MERGED).forEach(one -> ids.add(one.id()));
    return Objects.requireNonNull(
        reading.execute(status -> rows.with(ref.type(), ids, before(after), most)));
  }

  private static AppointmentRows.@Nullable Before before(@Nullable After after) {
    return after == null ? null : new AppointmentRows.Before(after.startsAt(), after.id());
  }

  private Record reached(RecordRef ref, Rights rights) {
    if (!WITH.contains(ref.type())) {
      throw refused("record", ref, "a lead or contact, such as lead/42");
    }
    return records
        .as(rights)
        .find(ref)
        .orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
  }

  /** Books one. */
  public Booked book(Wanted wanted, Rights rights, Cause cause) {
    bookable(wanted.with(), rights);
    if (!reaches(rights, wanted.owner(), wanted.with().type(), Action.EDIT)) {
      throw RefusedException.notFound("user", wanted.owner());
    }
    if (records.as(access.of(wanted.owner())).find(wanted.with()).isEmpty()) {
      throw refused("owner", wanted.owner(), "an active user who can see the lead or contact");
    }
    Span span = span(wanted.start(), wanted.minutes());
    AppointmentStatus status =
        Objects.requireNonNullElse(wanted.status(), AppointmentStatus.CONFIRMED);
    checkStatus(status, span);
    String notes = notes(wanted.notes());
    BusyTimes.Found outside = outside(wanted.owner(), span, null, status);
    return Objects.requireNonNull(
        transaction.execute(
            tx -> {
              choices.lock(wanted.owner());
              // It may have been erased while the calendars were asked.
              Record record = bookable(wanted.with(), rights);
              if (!wanted.confirm() && status.takesTime()) {
                clashes.refuse(wanted.owner(), span, null, outside, own(rights, wanted.owner()));
              }
              long id =
                  rows.insert(
                      new AppointmentRows.Fresh(
                          wanted.owner(),
                          record.ref(),
                          span,
                          status,
                          notes,
                          rights.userId(),
                          clock.instant()));
              if (status.takesTime()) {
                entries.follow(rows.find(id).orElseThrow(), cause);
              }
              Appointment booked = rows.find(id).orElseThrow();
              news.booked(booked, cause);
              return new Booked(booked, outside.unasked());
            }));
  }

  private Record bookable(RecordRef ref, Rights rights) {
    Record record = reached(ref, rights);
    if (record.trashedAt() != null) {
      throw refused("record", ref, "a lead or contact that is not in the trash");
    }
    return record;
  }

  private BusyTimes.Found outside(
      long owner, Span span, @Nullable Long appointment, AppointmentStatus status) {
    return status.takesTime()
        ? clashes.outside(owner, span, appointment)
        : new BusyTimes.Found(List.of(), List.of(), clock.instant());
  }

  private static boolean own(Rights rights, long owner) {
    return Objects.equals(rights.userId(), owner);
  }

  /** Moves one, or says how it stands. */
  public Booked change(long id, Change change, Rights rights, Cause cause) {
    Appointment before = changeable(id, rights);
    boolean reached = reaches(rights, before, Action.EDIT);
    Span span = moved(before, change);
    AppointmentStatus status = Objects.requireNonNullElse(change.status(), before.status());
    if (change.status() != null || !span.equals(before.span())) {
      checkStatus(status, span);
    }
    String notes = change.notes() == null ? before.notes() : notes(change.notes());
    boolean moves = !span.equals(before.span());
    boolean takes = status.takesTime() && (moves || !before.status().takesTime());
    // Whose time is taken is more than the lead or contact.
    if (!reached && (moves || takes)) {
      throw RefusedException.forbidden(
          "Your permissions do not let you give the owner of this appointment another time");
    }
    BusyTimes.Found outside =
        takes
            ? outside(before.owner(), span, id, status)
            : new BusyTimes.Found(List.of(), List.of(), clock.instant());
    return Objects.requireNonNull(
        transaction.execute(
            tx -> {
              choices.lock(before.owner());
              Appointment present =
                  rows.find(id).orElseThrow(() -> RefusedException.notFound("appointment", id));
              // What else was read has to be as it was, too.
              if (!Objects.equals(change.version(), present.version())
                  || present.version() != before.version()) {
                throw RefusedException.outdated(
                    "the appointment", change.version(), present.version());
              }
              if (takes && !change.confirm()) {
                clashes.refuse(before.owner(), span, id, outside, own(rights, before.owner()));
              }
              if (moves) {
                rows.moved(before, rights.userId(), clock.instant());
              }
              rows.change(id, present.version(), span, status, notes);
              Appointment after = rows.find(id).orElseThrow();
              if (moves
                  || status.takesTime() != before.status().takesTime()
                  || status.takesTime() && !Objects.equals(notes, before.notes())) {
                entries.follow(after, cause);
              }
              news.changed(before, after, cause);
              return new Booked(rows.find(id).orElseThrow(), outside.unasked());
            }));
  }

  private Appointment changeable(long id, Rights rights) {
    Appointment found = find(id, rights);
    if (!reaches(rights, found, Action.EDIT)
        && !records.as(rights).may(found.with(), Action.EDIT)) {
      throw RefusedException.forbidden("Your permissions let you only look at this appointment");
    }
    return found;
  }

  private Span moved(Appointment before, Change change) {
    if (change.start() == null && change.minutes() == null) {
      return before.span();
    }
    long lasts = Duration.between(before.span().from(), before.span().to()).toMinutes();
    return span(
        Objects.requireNonNullElse(change.start(), before.span().from()),
        Objects.requireNonNullElse(change.minutes(), (int) lasts));
  }

  /** Deletes one for good, and its entry with it. */
  public void delete(long id, Rights rights, Cause cause) {
    Appointment found = changeable(id, rights);
    transaction.executeWithoutResult(
        tx -> {
          choices.lock(found.owner());
          // Somebody else may have deleted it meanwhile.
          rows.find(id)
              .ifPresent(
                  present -> {
                    remove(present, cause);
                    news.deleted(present, cause);
                  });
        });
  }

  private void remove(Appointment appointment, Cause cause) {
    if (appointment.entry() != null) {
      entries.follow(appointment, cause);
    }
    rows.delete(appointment.id());
  }

  @EventListener
  void erased(RecordsErased erased) {
    if (WITH.contains(erased.type())) {
      for (long id : rows.ids(erased.type(), erased.ids())) {
        rows.find(id).ifPresent(found -> remove(found, Cause.system("erasure")));
      }
    }
  }

  private Span span(@Nullable Instant start, @Nullable Integer minutes) {
    Instant now = clock.instant();
    if (start == null
        || start.isBefore(now.minus(FAR))
        || start.isAfter(now.plus(FAR))
        || !start.equals(start.truncatedTo(ChronoUnit.MINUTES))) {
      throw refused("start", start, "a moment such as 2026-03-02T09:30:00Z, on a full minute");
    }
    if (minutes == null || minutes < SHORTEST || minutes > LONGEST) {
      throw refused("minutes", minutes, "a number from " + SHORTEST + " to " + LONGEST);
    }
    return new Span(start, start.plus(Duration.ofMinutes(minutes)));
  }

  private void checkStatus(AppointmentStatus status, Span span) {
    if (status.afterwards() && span.from().isAfter(clock.instant())) {
      throw refused(
          "status",
          status.key(),
          "new, confirmed, cancelled or invalid before the appointment has begun");
    }
  }

  private static @Nullable String notes(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return null;
    }
    if (given.length() > LONGEST_NOTES) {
      throw refused("notes", given.length(), "at most " + LONGEST_NOTES + " characters");
    }
    return given.strip();
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(FAILED, Violation.of(field, value, expectation));
  }
}
