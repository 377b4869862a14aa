package io.leadloom.identity.person;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of personal profiles; who has said nothing has none. */
@Component
class ProfileRows {

  private static final TypeReference<Map<String, List<Availability.Text>>> HOURS =
      new TypeReference<>() {};

  private final JdbcTemplate jdbc;
  private final ObjectMapper json;

  ProfileRows(JdbcTemplate jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  PersonalProfile read(long userId) {
    return jdbc
        .query(
            "select user_id, job_title, mobile, meeting_location, availability, signature, photo,"
                + " follow_up_mail, version"
                + " from personal_profile where user_id = ?",
            (row, n) -> profile(row),
            userId)
        .stream()
        .findFirst()
        .orElseGet(() -> PersonalProfile.empty(userId));
  }

  /** Writes a profile in the place of the one that was read. */
  void write(PersonalProfile profile) {
    Object[] values = {
      profile.jobTitle(),
      profile.mobile(),
      profile.meetingLocation(),
      text(profile.availability()),
      profile.signature(),
      profile.photo(),
      profile.followUpMail(),
      profile.userId()
    };
    int changed =
        jdbc.update(
            "update personal_profile set job_title = ?, mobile = ?, meeting_location = ?, availability = ?,"
                + " signature = ?, photo = ?, follow_up_mail = ?, version = version + 1 where user_id = ?",
            values);
    if (changed == 0) {
      jdbc.update(
          "insert into personal_profile (job_title, mobile, meeting_location, availability, signature, photo, follow_up_mail,"
              + " user_id, version) values (?, ?, ?, ?, ?, ?, ?, ?, 1)",
          values);
    }
  }

  String text(Availability availability) {
    try {
      return json.writeValueAsString(availability.texts());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Times are always text", e);
    }
  }

  private PersonalProfile profile(ResultSet row) throws SQLException {
    try {
      return new PersonalProfile(
          row.getLong("user_id"),
          row.getString("job_title"),
          row.getString("mobile"),
          row.getString("meeting_location"),
          Availability.read(json.readValue(row.getString("availability"), HOURS)),
          row.getString("signature"),
          row.getString("photo"),
          row.getBoolean("follow_up_mail"),
          row.getInt("version"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The hours of a profile are unreadable", e);
    }
  }
}
