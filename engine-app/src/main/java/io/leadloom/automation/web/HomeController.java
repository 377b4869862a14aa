package io.leadloom.automation.web;

import io.leadloom.platform.AccountSettings;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.Records;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Today's figures for the home page. */
@RestController
@RequestMapping("/api/v1/home")
class HomeController {

  private final Records records;
  private final JdbcTemplate jdbc;
  private final AccountSettings account;
  private final Clock clock;

  HomeController(Records records, JdbcTemplate jdbc, AccountSettings account, Clock clock) {
    this.records = records;
    this.jdbc = jdbc;
    this.account = account;
    this.clock = clock;
  }

  /** What has come in today, what is under way, and what needs somebody. */
  record Figures(
      long leads,
      long leadsToday,
      long runsToday,
      long waiting,
      long failed,
      long tasksDue,
      long automations) {}

  @GetMapping
  Figures today() {
    Instant midnight =
        clock
            .instant()
            .atZone(account.timeZone())
            .toLocalDate()
            .atStartOfDay(account.timeZone())
            .toInstant();
    return new Figures(
        count(EntityType.LEAD, ""),
        count(EntityType.LEAD, "createdAt >= today"),
        number("select count(*) from run where started_at >= ?", Utc.column(midnight)),
        number("select coalesce(sum(waiting), 0) from card_figure where card = ''"),
        number("select coalesce(sum(failed), 0) from card_figure where card = ''"),
        count(EntityType.TASK, "status = \"pending\" and dueAt < now"),
        number("select count(*) from automation where state = 'PUBLISHED'"));
  }

  private long count(EntityType type, String filter) {
    return records.count(type, FilterGrammar.parse(filter));
  }

  private long number(String sql, @Nullable Object... values) {
    Long number = jdbc.queryForObject(sql, Long.class, values);
    return number == null ? 0 : number;
  }
}
