package io.leadloom.automation.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.notice.Notices;
import io.leadloom.connection.Deliveries;
import io.leadloom.identity.Users;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operator;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession;
import io.leadloom.record.followup.FollowUps;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reminds the owner of a lead at the moment that a follow-up was planned for: inside Leadloom, and by mail unless that is
 * switched off for all (LEAD-214) or by the person (LEAD-091).
 */
@Component
final class FollowUpReminders implements TimeSource {

  private static final int TRIES = 8;

  private final Notices notices;
  private final LiveUpdates updates;
  private final Users users;
  private final Schemas schemas;
  private final Deliveries deliveries;
  private final ObjectMapper json;
  private final AccountSettings account;
  private final String url;

  FollowUpReminders(
      Notices notices,
      LiveUpdates updates,
      Users users,
      Schemas schemas,
      Deliveries deliveries,
      ObjectMapper json,
      AccountSettings account,
      @Value("${leadloom.url:http://localhost:${server.port:8080}}") String url) {
    this.notices = notices;
    this.updates = updates;
    this.users = users;
    this.schemas = schemas;
    this.deliveries = deliveries;
    this.json = json;
    this.account = account;
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** A notice, with what makes its mail go once however often it is told. */
  private record Due(
      Notices.New notice, RecordRef about, String key, Instant at, @Nullable String lead) {}

  @Override
  public EntityType type() {
    return EntityType.TASK;
  }

  @Override
  public Filter candidates(Instant from, Instant to) {
    return new Filter.And(
        List.of(
            TimeSource.test("status", Operator.EQUALS, "pending"),
            TimeSource.test("type", Operator.EQUALS, FollowUps.TYPE),
            TimeSource.test("remindAt", Operator.BETWEEN, from.toString(), to.toString())));
  }

  @Override
  public @Nullable JournalEntry event(Record record, Instant from, Instant to) {
    return null;
  }

  @Override
  public void tell(RecordSession session, List<Long> ids, Instant from, Instant to) {
    Set<Long> leads = new LinkedHashSet<>();
    for (long id : ids) {
      session
          .get(RecordRef.task(id))
          .map(task -> task.values().number("lead"))
          .ifPresent(leads::add);
    }
    session.preload(EntityType.LEAD, leads);
    List<Due> due = new ArrayList<>();
    for (long id : ids) {
      session
          .get(RecordRef.task(id))
          .filter(task -> task.trashedAt() == null)
          .map(task -> notice(task, session, from, to))
          .ifPresent(due::add);
    }
    notices.write(due.stream().map(Due::notice).toList(), to);
    Set<Long> told = due.stream().map(each -> each.notice().userId()).collect(Collectors.toSet());
    mail(due, told);
    AfterCommit.run(() -> told.forEach(user -> updates.publish("notice.created", user)));
  }

  private void mail(List<Due> due, Set<Long> told) {
    if (due.isEmpty() || !schemas.current().leadSettings().followUpMail()) {
      return;
    }
    Set<Long> without = users.withoutReminderMail(told);
    List<Deliveries.Request> mails = new ArrayList<>();
    for (Due each : due) {
      Notices.New notice = each.notice();
      String address =
          without.contains(notice.userId())
              ? null
              : users.find(notice.userId()).map(Users.Person::email).orElse(null);
      if (address != null) {
        ReminderMail mail = mail(each);
        String body =
            json.createObjectNode()
                .put("subject", mail.subject())
                .put("text", mail.text())
                .toString();
        mails.add(
            new Deliveries.Request(
                each.key(),
                Deliveries.Channel.EMAIL,
                each.about(),
                address,
                body,
                TRIES,
                null,
                false,
                Cause.system("follow-up")));
      }
    }
    deliveries.enqueue(mails);
  }

  private ReminderMail mail(Due due) {
    Notices.New notice = due.notice();
    Users.Reader reader =
        users.reader(notice.userId()).orElseGet(() -> new Users.Reader(null, null));
    String locale = reader.locale();
    String zone = reader.timeZone();
    String page = due.about().type() == EntityType.LEAD ? "/leads/" : "/tasks/";
    return ReminderMail.of(
        notice.subject(),
        notice.text(),
        due.lead(),
        due.at(),
        url + page + due.about().id(),
        Locale.forLanguageTag(locale == null ? account.language().orElse("en") : locale),
        zone == null ? account.timeZone() : ZoneId.of(zone));
  }

  private boolean active(@Nullable Long user) {
    return user != null && users.find(user).filter(Users.Person::active).isPresent();
  }

  private @Nullable Due notice(Record task, RecordSession session, Instant from, Instant to) {
    Values values = task.values();
    Instant at = values.get("remindAt") instanceof Instant moment ? moment : null;
    Long lead = values.number("lead");
    Long owner = values.number("owner");
    String name = null;
    if (lead != null) {
      // Whose lead it is by now, not whose it was when the follow-up was planned.
      Values found = session.get(RecordRef.lead(lead)).map(Record::values).orElse(null);
      Long present = found == null ? null : found.number("owner");
      name = found == null ? null : found.text("name");
      owner = active(present) ? present : owner;
    }
    if (at == null || !at.isAfter(from) || at.isAfter(to) || owner == null || !active(owner)) {
      return null;
    }
    String title = values.text("title");
    String notes = values.text("notes");
    RecordRef about = lead == null ? task.ref() : RecordRef.lead(lead);
    Notices.New notice =
        new Notices.New(
            owner,
            title == null ? "Follow-up" : title,
            notes == null ? "" : notes,
            about,
            null,
            null,
            null);
    return new Due(notice, about, "follow-up:" + task.ref().id() + ":" + at, at, name);
  }
}
