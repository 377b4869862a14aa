package io.leadloom.record.calling.row;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.stereotype.Component;

/**
 * Gives the leads of lists that are there already their contacts, of whom no more is known than the number (VOC-006). Each
 * page is committed by itself, and its ids are taken before it, so that nobody who makes contacts meanwhile waits for long;
 * a second try goes on where the first one ended.
 */
@Component
class ContactsOfLeads implements JavaMigration {

  private static final int PAGE = 1_000;
  private static final String SERIES = "contact";

  private record Lead(long id, long process, String number, LocalDateTime createdAt) {}

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1002");
  }

  @Override
  public String getDescription() {
    return "contacts of leads of lists";
  }

  @Override
  public Integer getChecksum() {
    return 1;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return false;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    boolean committing = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      List<Lead> page = after(connection, 0);
      while (!page.isEmpty()) {
        long id = reserved(connection, page.size());
        connection.commit();
        give(connection, page, id);
        connection.commit();
        page = after(connection, page.get(page.size() - 1).id());
      }
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(committing);
    }
  }

  private static List<Lead> after(Connection connection, long last) throws SQLException {
    List<Lead> page = new ArrayList<>();
    try (PreparedStatement read =
        connection.prepareStatement(
            "select r.id, l.process_id, r.number, r.created_at from list_lead r join lead_list l on l.id = r.list_id"
                + " where r.id > ? and r.number is not null and r.contact_id is null order by r.id limit "
                + PAGE)) {
      read.setLong(1, last);
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          page.add(
              new Lead(
                  rows.getLong(1),
                  rows.getLong(2),
                  rows.getString(3),
                  rows.getObject(4, LocalDateTime.class)));
        }
      }
    }
    return page;
  }

  private static void give(Connection connection, List<Lead> leads, long first)
      throws SQLException {
    long id = first;
    try (PreparedStatement made =
            connection.prepareStatement(
                "insert ignore into process_contact (id, process_id, number, number_key, created_at)"
                    + " values (?, ?, ?, ?, ?)");
        PreparedStatement given =
            connection.prepareStatement(
                "update list_lead set contact_id = (select id from process_contact"
                    + " where process_id = ? and number_key = ?) where id = ?")) {
      for (Lead lead : leads) {
        byte[] key = RowKeys.ofNumber(lead.number()).bytes();
        made.setLong(1, id++);
        made.setLong(2, lead.process());
        made.setString(3, lead.number());
        made.setBytes(4, key);
        made.setObject(5, lead.createdAt());
        made.addBatch();
        given.setLong(1, lead.process());
        given.setBytes(2, key);
        given.setLong(3, lead.id());
        given.addBatch();
      }
      made.executeBatch();
      given.executeBatch();
    }
  }

  /** The first of so many ids of contacts. */
  private static long reserved(Connection connection, int size) throws SQLException {
    try (PreparedStatement begun =
            connection.prepareStatement(
                "insert ignore into id_block (name, next_id) values (?, 1)");
        PreparedStatement read =
            connection.prepareStatement("select next_id from id_block where name = ? for update");
        PreparedStatement taken =
            connection.prepareStatement(
                "update id_block set next_id = next_id + ? where name = ?")) {
      begun.setString(1, SERIES);
      begun.executeUpdate();
      read.setString(1, SERIES);
      long first;
      try (ResultSet row = read.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("There are no ids of contacts");
        }
        first = row.getLong(1);
      }
      taken.setLong(1, size);
      taken.setString(2, SERIES);
      taken.executeUpdate();
      return first;
    }
  }
}
