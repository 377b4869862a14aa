package io.leadloom.automation.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
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

  private final Access access;

  HomeController(
      Records records, JdbcTemplate jdbc, AccountSettings account, Clock clock, Access access) {
    this.access = access;
    this.records = records;
    this.jdbc = jdbc;
    this.account = account;
    this.clock = clock;
  }

  /** What has come in today, what is under way, and what needs somebody; null for what the reader may not see. */
  record Figures(
      @Nullable Long leads,
      @Nullable Long leadsToday,
      @Nullable Long runsToday,
      @Nullable Long waiting,
      @Nullable Long failed,
      @Nullable Long tasksDue,
      @Nullable Long automations) {}

  @GetMapping
  Figures today() {
    Instant midnight =
        clock
            .instant()
            .atZone(account.timeZone())
            .toLocalDate()
            .atStartOfDay(account.timeZone())
            .toInstant();
    Rights rights = access.current();
    boolean automations = rights.may(Section.AUTOMATIONS, Action.VIEW);
    return new Figures(
        count(EntityType.LEAD, "", rights),
        count(EntityType.LEAD, "createdAt >= today", rights),
        automations
            ? number("select count(*) from run where started_at >= ?", Utc.column(midnight))
            : null,
        automations
            ? number("select coalesce(sum(waiting), 0) from card_figure where card = ''")
            : null,
        automations
            ? number("select coalesce(sum(failed), 0) from card_figure where card = ''")
            : null,
        count(EntityType.TASK, "status = \"pending\" and dueAt < now", rights),
        automations ? number("select count(*) from automation where state = 'PUBLISHED'") : null);
  }

  private @Nullable Long count(EntityType type, String filter, Rights rights) {
    return rights.may(Section.of(type), Action.VIEW)
        ? records.as(rights).count(type, FilterGrammar.parse(filter))
        : null;
  }

  private long number(String sql, @Nullable Object... values) {
    Long number = jdbc.queryForObject(sql, Long.class, values);
    return number == null ? 0 : number;
  }
}
