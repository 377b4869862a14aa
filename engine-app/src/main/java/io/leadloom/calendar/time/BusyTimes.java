package io.leadloom.calendar.time;

import io.leadloom.calendar.account.AccountTokens;
import io.leadloom.calendar.choice.CalendarChoices;
import io.leadloom.calendar.choice.OwnCalendar;
import io.leadloom.calendar.outside.Outside;
import io.leadloom.calendar.outside.OutsideCalendars.Busy;
import io.leadloom.calendar.outside.OutsideCalendars.BusyAnswer;
import io.leadloom.calendar.outside.OutsideFailure;
import io.leadloom.calendar.outside.Span;
import io.leadloom.platform.company.MeetingTimes;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * When the conflict calendars of somebody are busy (SET-047). All accounts are asked at the same time, for eight seconds
 * at most; what they said counts for a minute, except for whoever books. A provider that does not answer holds nobody up:
 * the answer says that it could not be asked.
 */
@Component
public class BusyTimes {

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int KEPT = 500;
  private static final int THREADS = 16;
  private static final int WAITING = 200;

  private final CalendarChoices choices;
  private final AccountTokens tokens;
  private final Outside outside;
  private final MeetingTimes meetings;
  private final Clock clock;
  private final ThreadPoolExecutor threads;
  private final Map<Question, Answer> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
          return size() > KEPT;
        }
      };

  BusyTimes(
      CalendarChoices choices,
      AccountTokens tokens,
      Outside outside,
      MeetingTimes meetings,
      Clock clock) {
    this.choices = choices;
    this.tokens = tokens;
    this.outside = outside;
    this.meetings = meetings;
    this.clock = clock;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "calendar-question");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  private record Question(long account, List<String> calendars, Span span, ZoneId zone) {}

  private record Answer(BusyAnswer busy, Instant at) {}

  /** A busy time of a calendar. */
  public record Taken(Span span, @Nullable String event, OwnCalendar calendar) {}

  /** A calendar that could not be asked. */
  public record Unasked(OwnCalendar calendar, String reason) {}

  /**
   * What the calendars say.
   *
   * @param at when the oldest part of it was asked
   */
  public record Found(List<Taken> taken, List<Unasked> unasked, Instant at) {}

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /**
   * Busy times of a user.
   *
   * @param now whether what was said a moment ago is not enough
   */
  public Found of(long userId, Span span, boolean now) {
    Map<Long, List<OwnCalendar>> accounts =
        choices.checked(userId).stream()
            .collect(
                Collectors.groupingBy(
                    OwnCalendar::accountId, LinkedHashMap::new, Collectors.toList()));
    ZoneId zone = meetings.of(userId).zone();
    Instant begun = clock.instant();
    Instant oldest = begun;
    List<Taken> taken = new ArrayList<>();
    List<Unasked> unasked = new ArrayList<>();
    Map<Long, Future<Answer>> asked = new LinkedHashMap<>();
    for (Map.Entry<Long, List<OwnCalendar>> account : accounts.entrySet()) {
      Question question =
          new Question(
              account.getKey(),
              account.getValue().stream().map(OwnCalendar::key).sorted().toList(),
              span,
              zone);
      Answer known = now ? null : known(question, begun);
      if (known != null) {
        oldest = known.at().isBefore(oldest) ? known.at() : oldest;
        collect(known.busy(), account.getValue(), taken, unasked);
        continue;
      }
      try {
        asked.put(account.getKey(), threads.submit(() -> ask(question, account.getValue())));
      } catch (RejectedExecutionException e) {
        silent(account.getValue(), "Too many questions are under way", unasked);
      }
    }
    long until = System.nanoTime() + PATIENCE.toNanos();
    asked.forEach(
        (account, answer) -> {
          List<OwnCalendar> calendars = accounts.getOrDefault(account, List.of());
          try {
            collect(
                answer.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS).busy(),
                calendars,
                taken,
                unasked);
          } catch (ExecutionException e) {
            String reason =
                e.getCause() instanceof OutsideFailure failure
                    ? failure.getMessage()
                    : "It cannot be asked now";
            silent(calendars, reason, unasked);
          } catch (TimeoutException e) {
            answer.cancel(true);
            silent(calendars, "No answer within " + PATIENCE.toSeconds() + " seconds", unasked);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            silent(calendars, "The question was given up", unasked);
          }
        });
    return new Found(List.copyOf(taken), List.copyOf(unasked), oldest);
  }

  private @Nullable Answer known(Question question, Instant now) {
    synchronized (kept) {
      Answer answer = kept.get(question);
      return answer != null && !answer.at().isAfter(now) && answer.at().plus(FRESH).isAfter(now)
          ? answer
          : null;
    }
  }

  private Answer ask(Question question, List<OwnCalendar> calendars) throws OutsideFailure {
    BusyAnswer busy =
        tokens.call(
            question.account(),
            token ->
                outside
                    .calendars(calendars.get(0).provider())
                    .busy(token, question.calendars(), question.span(), question.zone()));
    Answer answer = new Answer(busy, clock.instant());
    synchronized (kept) {
      kept.put(question, answer);
    }
    return answer;
  }

  /** Forgets what an account said, because something was written into its calendars. */
  public void forget(long accountId) {
    synchronized (kept) {
      kept.keySet().removeIf(question -> question.account() == accountId);
    }
  }

  private static void silent(List<OwnCalendar> calendars, String reason, List<Unasked> unasked) {
    calendars.forEach(calendar -> unasked.add(new Unasked(calendar, reason)));
  }

  private static void collect(
      BusyAnswer answer, List<OwnCalendar> calendars, List<Taken> taken, List<Unasked> unasked) {
    for (OwnCalendar calendar : calendars) {
      List<Busy> busy = answer.busy().get(calendar.key());
      if (busy == null) {
        unasked.add(
            new Unasked(
                calendar,
                answer
                    .untold()
                    .getOrDefault(calendar.key(), "The provider says nothing about it")));
      } else {
        busy.forEach(one -> taken.add(new Taken(one.span(), one.event(), calendar)));
      }
    }
  }
}
