package io.leadloom.sample;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.platform.Utc;
import io.leadloom.platform.company.MeetingTimes;
import io.leadloom.record.Lists;
import io.leadloom.record.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the sample company into an empty installation, once. It runs after the web server is up, so that the first
 * answer does not wait, and before the journal's consumers start, so that no automation reacts to 2,000 leads at once.
 */
@Component
@ConditionalOnProperty(name = "leadloom.sample-data", havingValue = "true")
class SampleData implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SampleData.class);

  private final Staff staff;
  private final Users users;
  private final MeetingTimes times;
  private final Records records;
  private final Lists lists;
  private final SampleFields fields;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private boolean done;

  SampleData(
      Staff staff,
      Users users,
      MeetingTimes times,
      Records records,
      Lists lists,
      SampleFields fields,
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Clock clock) {
    this.staff = staff;
    this.users = users;
    this.times = times;
    this.records = records;
    this.lists = lists;
    this.fields = fields;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public int getPhase() {
    // The web server starts 2,048 below the greatest phase, the journal's consumers in it.
    return Integer.MAX_VALUE - 100;
  }

  @Override
  public void start() {
    done = true;
    if (loaded() || !(staff.isEmpty() || interrupted())) {
      return;
    }
    Instant begin = clock.instant();
    if (staff.isEmpty()) {
      SampleStaff.enroll(staff);
    }
    SampleStaff.hours(staff, times);
    fields.define();
    transaction.executeWithoutResult(
        status -> {
          // First, so that of two nodes only one loads: the other waits here and fails on the key.
          jdbc.update("insert into sample_data (id, loaded_at) values (1, ?)", Utc.column(begin));
          writeRecords();
        });
    LOG.info(
        "Loaded the sample company in {} ms",
        java.time.Duration.between(begin, clock.instant()).toMillis());
  }

  private void writeRecords() {
    List<Long> india = team("India Sales");
    List<Long> abroad = team("International Sales");
    long manager = users.byLogin("manager").orElseThrow().id();
    Lists.StaticList bangalore =
        lists.create("Bangalore Leads", "Everybody who lives in Bangalore", manager);
    Lists.StaticList newsletter =
        lists.create("Newsletter", "Gets the monthly newsletter", manager);
    lists.create("Other Leads", "Leads that do not come from Bangalore", manager);
    lists.create("Not Interested", "Asked not to hear from us", manager);
    new SampleRecords(records, clock.instant(), india, abroad)
        .write(bangalore.id(), newsletter.id());
  }

  private List<Long> team(String name) {
    return users.team(name).orElseThrow().members();
  }

  private boolean loaded() {
    Integer rows = jdbc.queryForObject("select count(*) from sample_data", Integer.class);
    return rows != null && rows > 0;
  }

  /** Whether an earlier first start ended between the users and the records. */
  private boolean interrupted() {
    List<Account> accounts = staff.accounts();
    return accounts.size() == SampleStaff.SIZE && users.team("International Sales").isPresent();
  }

  @Override
  public void stop() {
    done = false;
  }

  @Override
  public boolean isRunning() {
    return done;
  }
}
