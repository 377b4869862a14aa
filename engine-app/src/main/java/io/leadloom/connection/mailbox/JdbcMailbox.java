package io.leadloom.connection.mailbox;

import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Mailbox as a table. */
@Component
class JdbcMailbox implements Mailbox {

  private static final int SUBJECT = 1_000;
  private static final String COLUMNS =
      "id, delivery_key, channel, root_type, root_id, recipient, subject, plain, html, received_at";

  private final JdbcTemplate jdbc;

  JdbcMailbox(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void keep(List<Message> messages) {
    jdbc.batchUpdate(
        "insert into mailbox (delivery_key, channel, root_type, root_id, recipient, subject, plain, html, received_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on duplicate key update delivery_key = mailbox.delivery_key",
        messages,
        Math.max(1, messages.size()),
        (statement, message) -> {
          statement.setBytes(1, message.key().getBytes(StandardCharsets.UTF_8));
          statement.setInt(2, message.channel().ordinal() + 1);
          RecordRef root = message.root();
          statement.setString(3, root == null ? null : root.type().key());
          statement.setObject(4, root == null ? null : root.id());
          statement.setString(5, message.to());
          String subject = message.subject();
          statement.setString(
              6, subject.length() > SUBJECT ? subject.substring(0, SUBJECT) : subject);
          statement.setString(7, message.text());
          statement.setString(8, message.html());
          statement.setObject(9, LocalDateTime.ofInstant(message.at(), ZoneOffset.UTC));
        });
  }

  @Override
  @Transactional(readOnly = true)
  public Page<Message> list(
      @Nullable String search, @Nullable Long before, int limit, boolean letters) {
    StringBuilder sql = new StringBuilder("select " + COLUMNS + " from mailbox where id < ?");
    List<Object> arguments = new ArrayList<>();
    arguments.add(before == null ? Long.MAX_VALUE : before);
    if (search != null && !search.isBlank()) {
      String like = "%" + search.strip().replaceAll("([!%_])", "!$1") + "%";
      sql.append(" and (recipient like ? escape '!' or subject like ? escape '!')");
      arguments.add(like);
      arguments.add(like);
    }
    if (!letters) {
      sql.append(" and root_type is not null");
    }
    sql.append(" order by id desc limit ?");
    arguments.add(limit + 1);
    List<Message> found = jdbc.query(sql.toString(), (row, n) -> message(row), arguments.toArray());
    boolean more = found.size() > limit;
    List<Message> items = more ? found.subList(0, limit) : found;
    return new Page<>(items, more ? Long.toString(items.get(limit - 1).id()) : null, null);
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<Message> find(long id) {
    return jdbc
        .query("select " + COLUMNS + " from mailbox where id = ?", (row, n) -> message(row), id)
        .stream()
        .findFirst();
  }

  private static Message message(ResultSet row) throws SQLException {
    String type = row.getString("root_type");
    return new Message(
        row.getLong("id"),
        new String(row.getBytes("delivery_key"), StandardCharsets.UTF_8),
        Channel.values()[row.getInt("channel") - 1],
        type == null
            ? null
            : new RecordRef(
                EntityType.of(type)
                    .orElseThrow(() -> new IllegalStateException("No entity type " + type)),
                row.getLong("root_id")),
        row.getString("recipient"),
        row.getString("subject"),
        row.getString("plain"),
        row.getString("html"),
        row.getObject("received_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
  }
}
