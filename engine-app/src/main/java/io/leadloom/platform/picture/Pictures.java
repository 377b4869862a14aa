package io.leadloom.platform.picture;

import io.leadloom.platform.Utc;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The pictures in the database, one per owner. Works in the caller's transaction. */
@Component
public class Pictures {

  private final JdbcTemplate jdbc;
  private final Clock clock;

  Pictures(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Puts a picture in the place of the owner's present one. */
  public void put(String owner, Picture picture) {
    remove(owner);
    jdbc.update(
        "insert into picture (owner, media_type, hash, content, changed_at) values (?, ?, ?, ?, ?)",
        owner,
        picture.mediaType(),
        picture.hash(),
        picture.content(),
        Utc.column(clock.instant()));
  }

  /** Removes the owner's picture; nothing happens when there is none. */
  public void remove(String owner) {
    jdbc.update("delete from picture where owner = ?", owner);
  }

  /** The owner's picture. */
  public Optional<Picture> find(String owner) {
    return jdbc
        .query(
            "select media_type, hash, content from picture where owner = ?",
            (row, n) -> new Picture(row.getString(1), row.getString(2), row.getBytes(3)),
            owner)
        .stream()
        .findFirst();
  }
}
