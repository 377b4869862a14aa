package io.leadloom.platform.company;

import io.leadloom.platform.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The one row of the account. */
@Component
class CompanyRows {

  private static final String SELECT =
      "select name, email, phone, website, street, zip, city, state, country, time_zone, language, logo,"
          + " version, changed_at, changed_by from company where id = 1";

  private final JdbcTemplate jdbc;

  CompanyRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  int version() {
    return Objects.requireNonNull(
        jdbc.queryForObject("select version from company where id = 1", Integer.class));
  }

  CompanyInfo read() {
    return Objects.requireNonNull(jdbc.queryForObject(SELECT, (row, n) -> info(row)));
  }

  CompanyInfo lock() {
    return Objects.requireNonNull(
        jdbc.queryForObject(SELECT + " for update", (row, n) -> info(row)));
  }

  void write(CompanyInfo info, Instant at, String by) {
    ZoneId zone = info.timeZone();
    jdbc.update(
        "update company set name = ?, email = ?, phone = ?, website = ?, street = ?, zip = ?, city = ?, state = ?,"
            + " country = ?, time_zone = ?, language = ?, logo = ?, version = version + 1, changed_at = ?, changed_by = ?"
            + " where id = 1",
        info.name(),
        info.email(),
        info.phone(),
        info.website(),
        info.address().street(),
        info.address().zip(),
        info.address().city(),
        info.address().state(),
        info.address().country(),
        zone == null ? null : zone.getId(),
        info.language(),
        info.logo(),
        Utc.column(at),
        by);
  }

  private static CompanyInfo info(ResultSet row) throws SQLException {
    String zone = row.getString("time_zone");
    return new CompanyInfo(
        row.getString("name"),
        row.getString("email"),
        row.getString("phone"),
        row.getString("website"),
        new CompanyInfo.Address(
            row.getString("street"),
            row.getString("zip"),
            row.getString("city"),
            row.getString("state"),
            row.getString("country")),
        zone == null ? null : ZoneId.of(zone),
        row.getString("language"),
        row.getString("logo"),
        row.getInt("version"),
        moment(row),
        row.getString("changed_by"));
  }

  private static @Nullable Instant moment(ResultSet row) throws SQLException {
    return Utc.moment(row.getObject("changed_at", LocalDateTime.class));
  }
}
