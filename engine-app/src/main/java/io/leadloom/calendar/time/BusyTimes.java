package io.leadloom.calendar.time;

import io.leadloom.calendar.account.AccountTokens;
import io.leadloom.calendar.choice.CalendarChoices;
import io.leadloom.calendar.choice.OwnCalendar;
import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.calendar.outside.Outside;
import io.leadloom.calendar.outside.OutsideCalendars.Busy;
import io.leadloom.calendar.outside.OutsideCalendars.BusyAnswer;
import io.leadloom.calendar.outside.OutsideFailure;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import io.leadloom.calendar.outside.Span;
import io.leadloom.platform.company.MeetingTimes;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
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
 * at most, the primary calendar and those that accounts began with first; what was told by then counts, and for a minute
 * afterwards, except for whoever books. Each provider has threads of its own: one that does not answer holds nobody up,
 * and the answer says that it could not be asked.
 */
@Component
public class BusyTimes {

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int KEPT = 500;
  private static final int THREADS = 8;
  private static final int WAITING = 100;

  private final CalendarChoices choices;
  private final AccountTokens tokens;
  private final Outside outside;
  private final MeetingTimes meetings;
  private final Clock clock;
  private final Map<CalendarProvider, ThreadPoolExecutor> threads =
      new EnumMap<>(CalendarProvider.class);
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
    for (CalendarProvider provider : CalendarProvider.values()) {
      threads.put(provider, threads(provider));
    }
  }

  private static ThreadPoolExecutor threads(CalendarProvider provider) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "calendar-question-" + provider.key());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
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
    threads.values().forEach(ThreadPoolExecutor::shutdownNow);
  }

  /**
   * Busy times of a user.
   *
   * @param now whether what was said a moment ago is not enough
   */
  public Found of(long userId, Span span, boolean now) {
    Map<Long, List<OwnCalendar>> accounts =
        choices.checked(userId).stream()
            // Within an account those that it began with come first already.
            .sorted(Comparator.comparing(OwnCalendar::primary).reversed())
            .collect(
                Collectors.groupingBy(
                    OwnCalendar::accountId, LinkedHashMap::new, Collectors.toList()));
    ZoneId zone = meetings.of(userId).zone();
    Instant begun = clock.instant();
    List<Part> parts = new ArrayList<>();
    List<Future<?>> tasks = new ArrayList<>();
    for (List<OwnCalendar> calendars : accounts.values()) {
      List<Part> ofAccount = parts(calendars, span, zone);
      parts.addAll(ofAccount);
      List<Part> open =
          ofAccount.stream().filter(part -> now || !part.known(known(part, begun))).toList();
      if (!open.isEmpty()) {
        try {
          tasks.add(pool(calendars.get(0).provider()).submit(() -> ask(open)));
        } catch (RejectedExecutionException e) {
          fail(open, new OutsideFailure(Kind.LATER, "Too many questions are under way"));
        }
      }
    }
    long until = System.nanoTime() + PATIENCE.toNanos();
    Instant oldest = begun;
    List<Taken> taken = new ArrayList<>();
    List<Unasked> unasked = new ArrayList<>();
    for (Part part : parts) {
      try {
        Answer answer =
            part.answer().get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        oldest = answer.at().isBefore(oldest) ? answer.at() : oldest;
        collect(answer.busy(), part.calendars(), taken, unasked);
      } catch (ExecutionException e) {
        silent(part, reason(e.getCause()), unasked);
      } catch (TimeoutException e) {
        silent(part, "No answer within " + PATIENCE.toSeconds() + " seconds", unasked);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        silent(part, "The question was given up", unasked);
      }
    }
    tasks.forEach(task -> task.cancel(true));
    return new Found(List.copyOf(taken), List.copyOf(unasked), oldest);
  }

  /** Calendars of one account that are asked about together, and what they say. */
  private record Part(
      Question question, List<OwnCalendar> calendars, CompletableFuture<Answer> answer) {

    boolean known(@Nullable Answer given) {
      return given != null && answer.complete(given);
    }
  }

  private List<Part> parts(List<OwnCalendar> calendars, Span span, ZoneId zone) {
    OwnCalendar first = calendars.get(0);
    int atOnce = outside.calendars(first.provider()).atOnce();
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < calendars.size(); from += atOnce) {
      List<OwnCalendar> some = calendars.subList(from, Math.min(calendars.size(), from + atOnce));
      List<String> keys = some.stream().map(OwnCalendar::key).toList();
      parts.add(
          new Part(
              new Question(first.accountId(), keys, span, zone), some, new CompletableFuture<>()));
    }
    return parts;
  }

  private ThreadPoolExecutor pool(CalendarProvider provider) {
    return Objects.requireNonNull(threads.get(provider));
  }

  private static void fail(List<Part> parts, Exception why) {
    parts.forEach(part -> part.answer().completeExceptionally(why));
  }

  private static String reason(@Nullable Throwable why) {
    return why instanceof OutsideFailure failure ? failure.getMessage() : "It cannot be asked now";
  }

  private @Nullable Answer known(Part part, Instant now) {
    return known(part.question(), now);
  }

  private @Nullable Answer known(Question question, Instant now) {
    synchronized (kept) {
      Answer answer = kept.get(question);
      return answer != null && !answer.at().isAfter(now) && answer.at().plus(FRESH).isAfter(now)
          ? answer
          : null;
    }
  }

  /** One part of an account after the other; when one fails, the others would too. */
  private void ask(List<Part> parts) {
    boolean refused = false;
    try {
      for (Part part : parts) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        Answer answer = ask(part.question(), part.calendars());
        part.answer().complete(answer);
        refused = refused || !answer.busy().untold().isEmpty();
      }
    } catch (OutsideFailure | RuntimeException e) {
      fail(parts, e);
    }
    if (refused) {
      // Perhaps a calendar is not there any more.
      choices.lookAgain(parts.get(0).question().account());
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

  private static void silent(Part part, String reason, List<Unasked> unasked) {
    part.calendars().forEach(calendar -> unasked.add(new Unasked(calendar, reason)));
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
