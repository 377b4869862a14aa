package io.leadloom.sample;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Staff.NewAccount;
import io.leadloom.platform.company.MeetingTimes;
import io.leadloom.platform.company.MeetingTimes.Hours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Twelve users in a hierarchy of four levels, and their two teams. */
final class SampleStaff {

  private static final String PASSWORD = "leadloom";
  private static final String INDIA = "Asia/Kolkata";
  private static final String BERLIN = "Europe/Berlin";

  /** Superiors are named by their place in this list. */
  private static final List<NewAccount> USERS =
      List.of(
          user("admin", "Asha Rao", Role.ADMINISTRATOR, INDIA, null),
          user("manager", "Vikram Mehta", Role.MANAGER, INDIA, 0L),
          user("elena.petrova", "Elena Petrova", Role.MARKETEER, BERLIN, 0L),
          user("priya.nair", "Priya Nair", Role.MANAGER, INDIA, 1L),
          user("daniel.weber", "Daniel Weber", Role.MANAGER, BERLIN, 1L),
          user("sales", "Rahul Sharma", Role.SALES, INDIA, 3L),
          user("neha.gupta", "Neha Gupta", Role.SALES, INDIA, 3L),
          user("arjun.reddy", "Arjun Reddy", Role.SALES, INDIA, 3L),
          user("sara.khan", "Sara Khan", Role.SALES, INDIA, 3L),
          user("tom.fischer", "Tom Fischer", Role.SALES, BERLIN, 4L),
          user("mei.lin", "Mei Lin", Role.SALES, "Asia/Singapore", 4L),
          user("kavya.iyer", "Kavya Iyer", Role.MARKETEER, INDIA, 2L));

  static final int SIZE = USERS.size();

  private SampleStaff() {}

  private static NewAccount user(
      String login, String name, Role role, String timeZone, @Nullable Long superior) {
    String email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@leadloom.example";
    return new NewAccount(
        login, name, email, null, PASSWORD, Set.of(role), timeZone, null, superior);
  }

  static void enroll(Staff staff) {
    List<Account> accounts = staff.enroll(USERS);
    staff.createTeam(
        "India Sales", ids(accounts, "sales", "neha.gupta", "arjun.reddy", "sara.khan"));
    staff.createTeam("International Sales", ids(accounts, "tom.fischer", "mei.lin"));
  }

  /** Everybody can be met on weekdays, some in the morning earlier, some with a longer break, so that times are offered. */
  static void hours(Staff staff, MeetingTimes times) {
    List<String> logins = USERS.stream().map(NewAccount::login).toList();
    for (Account account : staff.accounts()) {
      int place = logins.indexOf(account.login());
      if (place >= 0) {
        times.begin(account.id(), week(place));
      }
    }
  }

  private static Map<DayOfWeek, List<Hours>> week(int place) {
    LocalTime begin = LocalTime.of(9, 0).plusMinutes(30L * (place % 3));
    LocalTime noon = LocalTime.of(13, 0);
    LocalTime back = noon.plusMinutes(30L + 30L * (place % 2));
    LocalTime end = begin.plusHours(9);
    Map<DayOfWeek, List<Hours>> week = new EnumMap<>(DayOfWeek.class);
    for (DayOfWeek day : EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY)) {
      week.put(day, List.of(new Hours(begin, noon), new Hours(back, end)));
    }
    week.put(DayOfWeek.FRIDAY, List.of(new Hours(begin, noon), new Hours(back, end.minusHours(2))));
    return week;
  }

  private static List<Long> ids(List<Account> accounts, String... logins) {
    List<String> wanted = List.of(logins);
    return accounts.stream()
        .filter(account -> wanted.contains(account.login()))
        .map(Account::id)
        .toList();
  }
}
