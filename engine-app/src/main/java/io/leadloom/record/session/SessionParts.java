package io.leadloom.record.session;

import io.leadloom.identity.Users;
import io.leadloom.journal.Journal;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.Ids;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.general.GeneralSettings;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.LeadScoring;
import io.leadloom.record.RecordSession;
import io.leadloom.record.mark.FormerNames;
import io.leadloom.record.points.LeadLedger;
import io.leadloom.record.search.SharedReach;
import io.leadloom.record.store.Claims;
import io.leadloom.record.store.MergedRecords;
import io.leadloom.record.store.RecordStore;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Opens sessions and holds what they work with. */
@Component
public class SessionParts {

  final JdbcTemplate jdbc;
  final RecordStore store;
  final Claims claims;
  final Marks marks;
  final Schemas schemas;
  final FieldRules rules;
  final Ids ids;
  final Clock clock;
  final ObjectProvider<Journal> journal;
  final ObjectProvider<Users> users;
  final LiveUpdates live;
  private final ObjectProvider<Access> access;
  private final ObjectProvider<GeneralSettings> general;
  final MergedRecords merged;
  final ObjectProvider<LeadLedger> ledger;
  final ObjectProvider<LeadScoring> scoring;
  private final AccountSettings account;
  final SharedReach shares;

  SessionParts(
      JdbcTemplate jdbc,
      BatchedRows batched,
      FormerNames former,
      RecordStore store,
      Schemas schemas,
      FieldRules rules,
      Ids ids,
      Clock clock,
      ObjectProvider<Journal> journal,
      ObjectProvider<Users> users,
      LiveUpdates live,
      ObjectProvider<Access> access,
      ObjectProvider<GeneralSettings> general,
      MergedRecords merged,
      ObjectProvider<LeadLedger> ledger,
      ObjectProvider<LeadScoring> scoring,
      AccountSettings account,
      SharedReach shares) {
    this.shares = shares;
    this.account = account;
    this.general = general;
    this.ledger = ledger;
    this.scoring = scoring;
    this.jdbc = jdbc;
    this.store = store;
    this.claims = new Claims(jdbc, batched);
    this.marks = new Marks(jdbc, batched, former);
    this.schemas = schemas;
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
    this.journal = journal;
    this.users = users;
    this.live = live;
    this.access = access;
    this.merged = merged;
  }

  /** A session in the current transaction, on the field definitions of now, for somebody with these rights. */
  public RecordSession open(Rights rights) {
    return new WorkSession(this, schemas.current(), rights);
  }

  /** The currency of amounts without one. */
  String currency() {
    return account.currency();
  }

  /** The partner company whose active employee a user is; null for everybody else. */
  @Nullable Long partnerOf(long user) {
    Access doors = access.getIfAvailable();
    return doors == null ? null : doors.of(user).partner();
  }

  /** Whether contacts may have the e-mail address or phone number of another (SET-015). */
  boolean duplicateContacts() {
    GeneralSettings settings = general.getIfAvailable();
    return settings == null || settings.state().duplicateContacts();
  }

  /** Whether records may be given to this user. */
  boolean mayBeNamed(long id) {
    Users directory = users.getIfAvailable();
    return directory == null || directory.find(id).filter(Users.Person::active).isPresent();
  }
}
