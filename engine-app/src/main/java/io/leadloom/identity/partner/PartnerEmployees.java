package io.leadloom.identity.partner;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.PartnerCompanies;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The door to who works for which partner company. Such a user reaches the leads of that company and no others, whoever
 * owns them (LEAD-007). Refuses accounts that are not marked as partner, administrators, and changes of what somebody else
 * changed.
 */
@Component
public class PartnerEmployees {

  private final Staff staff;
  private final JdbcTemplate jdbc;
  private final AuditTrail trail;
  private final ObjectProvider<PartnerCompanies> companies;

  PartnerEmployees(
      Staff staff,
      JdbcTemplate jdbc,
      AuditTrail trail,
      ObjectProvider<PartnerCompanies> companies) {
    this.staff = staff;
    this.jdbc = jdbc;
    this.trail = trail;
    this.companies = companies;
  }

  /**
   * The partner company of a user.
   *
   * @param account the account that it is; null for who works here
   * @param name what it is called; null when the account is no partner any more
   * @param version the base of optimistic locking; 0 before anything was said
   */
  public record Employment(@Nullable Long account, @Nullable String name, int version) {}

  public Employment of(long userId) {
    staff.account(userId);
    return kept(userId);
  }

  /** The users who work for a partner company (LEAD-201). */
  public Set<Long> employees(long account) {
    return Set.copyOf(
        jdbc.queryForList(
            "select user_id from partner_employee where account_id = ?", Long.class, account));
  }

  /**
   * Says for which partner company a user works.
   *
   * @param account null for none
   * @param version the version the caller has seen; null to write whatever stands there
   */
  public Employment change(long userId, @Nullable Long account, @Nullable Integer version) {
    return staff.alone(
        () -> {
          Account user = staff.account(userId);
          Employment before = kept(userId);
          if (version != null && version != before.version()) {
            throw RefusedException.outdated("the partner company", version, before.version());
          }
          String name = account == null ? null : checked(user, account);
          if (!Objects.equals(account, before.account())) {
            write(userId, account, before.version());
            trail.record(
                AuditEvent.of("user.partner-company-changed", "user", userId, user.name())
                    .change("partnerCompany", shown(before), account == null ? null : name));
          }
          return kept(userId);
        });
  }

  private String checked(Account user, long account) {
    if (user.administrator()) {
      throw RefusedException.invalid(
          "Administrators work for nobody else",
          Violation.of("account", account, "nothing for a user with the role crm_admin"));
    }
    String name = name(account);
    if (name == null) {
      throw RefusedException.invalid(
          "The account is no partner company",
          Violation.of("account", account, "the id of an account that is marked as partner"));
    }
    return name;
  }

  private void write(long userId, @Nullable Long account, int before) {
    if (before == 0) {
      jdbc.update(
          "insert into partner_employee (user_id, account_id, version) values (?, ?, 1)",
          userId,
          account);
    } else {
      jdbc.update(
          "update partner_employee set account_id = ?, version = ? where user_id = ?",
          account,
          before + 1,
          userId);
    }
  }

  private Employment kept(long userId) {
    return jdbc
        .query(
            "select account_id, version from partner_employee where user_id = ?",
            (row, number) -> {
              Long account = row.getObject(1, Long.class);
              return new Employment(account, account == null ? null : name(account), row.getInt(2));
            },
            userId)
        .stream()
        .findFirst()
        .orElseGet(() -> new Employment(null, null, 0));
  }

  private @Nullable String name(long account) {
    PartnerCompanies known = companies.getIfAvailable();
    return known == null ? null : known.name(account).orElse(null);
  }

  private static @Nullable String shown(Employment before) {
    Long account = before.account();
    return account == null ? null : Objects.requireNonNullElse(before.name(), "#" + account);
  }
}
