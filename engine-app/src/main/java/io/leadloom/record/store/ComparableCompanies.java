package io.leadloom.record.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives the unique names and web addresses of companies that are there already the form in which they are compared since
 * the complete form of leads (LEAD-178). Of companies that have come to share one, the oldest keeps it.
 */
@Component
class ComparableCompanies implements JavaMigration {

  private static final Logger LOG = LoggerFactory.getLogger(ComparableCompanies.class);
  private static final long NAME = 201;
  private static final long WEBSITE = 202;
  private static final int PAGE = 1_000;

  private record Company(long id, @Nullable String name, @Nullable String website) {}

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("0542");
  }

  @Override
  public String getDescription() {
    return "comparable names and addresses of companies";
  }

  @Override
  public Integer getChecksum() {
    return 1;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    try (PreparedStatement forget =
        connection.prepareStatement("delete from unique_value where claim >= ? and claim < ?")) {
      forget.setBytes(1, key(NAME, ""));
      forget.setBytes(2, key(WEBSITE + 1, ""));
      forget.executeUpdate();
    }
    long last = 0;
    List<Company> page = after(connection, last);
    while (!page.isEmpty()) {
      claim(connection, page);
      last = page.get(page.size() - 1).id();
      page = after(connection, last);
    }
  }

  private static List<Company> after(Connection connection, long last) throws SQLException {
    List<Company> page = new ArrayList<>();
    try (PreparedStatement read =
        connection.prepareStatement(
            "select id, name, website from accounts where id > ? and trashed_at is null"
                + " order by id limit "
                + PAGE)) {
      read.setLong(1, last);
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          page.add(new Company(rows.getLong(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return page;
  }

  private static void claim(Connection connection, List<Company> companies) throws SQLException {
    try (PreparedStatement claim =
        connection.prepareStatement(
            "insert ignore into unique_value (claim, record_id) values (?, ?)")) {
      List<Long> claimants = new ArrayList<>();
      for (Company company : companies) {
        add(claim, NAME, CompanyForms.name(company.name()), company.id(), claimants);
        add(claim, WEBSITE, CompanyForms.website(company.website()), company.id(), claimants);
      }
      int[] made = claim.executeBatch();
      for (int i = 0; i < made.length; i++) {
        if (made[i] == 0) {
          LOG.warn(
              "Account {} shares its name or web address with an older one; both keep it: see the duplicates",
              claimants.get(i));
        }
      }
    }
  }

  private static void add(
      PreparedStatement claim, long field, @Nullable String form, long id, List<Long> claimants)
      throws SQLException {
    if (form != null) {
      claim.setBytes(1, key(field, form));
      claim.setLong(2, id);
      claim.addBatch();
      claimants.add(id);
    }
  }

  private static byte[] key(long field, String form) {
    byte[] value = form.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + value.length).putLong(field).put(value).array();
  }
}
