package io.leadloom.calendar.outside;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calendars of one provider. Each call is one question to it, or a few; none of them holds a transaction. */
public interface OutsideCalendars {

  /** At most so many calendars of an account are known. */
  int MOST_CALENDARS = 250;

  CalendarProvider provider();

  /** So many calendars are asked with one question. */
  int atOnce();

  /** The name of the account, as its owner knows it: an address. */
  String owner(String token) throws OutsideFailure;

  /** The calendars of the account. */
  List<Found> calendars(String token) throws OutsideFailure;

  /**
   * When these calendars are busy.
   *
   * @param calendars at most {@link #atOnce}
   * @param zone that of their owner, for providers that tell whole days without a zone
   */
  BusyAnswer busy(String token, List<String> calendars, Span span, ZoneId zone)
      throws OutsideFailure;

  /**
   * Puts an entry into a calendar, or changes the one that is there: also when it is not known whether an earlier try came
   * through, there is one afterwards.
   *
   * @param event what the provider calls it; null when nothing is known
   * @return what the provider calls it
   */
  String write(String token, String calendar, @Nullable String event, Entry entry)
      throws OutsideFailure;

  /** Takes an entry out; nothing happens when it is not there. */
  void remove(String token, String calendar, @Nullable String event, String mark)
      throws OutsideFailure;

  /**
   * A calendar that was found.
   *
   * @param writable whether entries can be put into it
   * @param standard whether it is the one that the account began with
   */
  record Found(String key, String name, boolean writable, boolean standard) {}

  /**
   * A busy time.
   *
   * @param event the entry it comes from, where the provider says so
   */
  record Busy(Span span, @Nullable String event) {}

  /**
   * When calendars are busy.
   *
   * @param busy by the calendar's key, for those that told
   * @param untold why the others did not, by the calendar's key
   */
  record BusyAnswer(Map<String, List<Busy>> busy, Map<String, String> untold) {
    public BusyAnswer {
      busy = Map.copyOf(busy);
      untold = Map.copyOf(untold);
    }
  }

  /**
   * What stands in a calendar.
   *
   * @param mark 32 hexadecimal digits of ours, by which it is found again
   * @param change which change of it this is: tries of one change have the same, and no other change has it
   */
  record Entry(
      String mark,
      String change,
      String title,
      @Nullable String notes,
      @Nullable String place,
      Span span) {}
}
