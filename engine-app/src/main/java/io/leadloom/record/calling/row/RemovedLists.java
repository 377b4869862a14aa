package io.leadloom.record.calling.row;

import io.leadloom.platform.tick.Ticking;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the leads of lists that are gone, some at a time, and the contacts that have none left; nobody reaches the leads any
 * more (LEAD-022).
 */
@Component
class RemovedLists extends Ticking {

  private static final long EVERY_MILLIS = 2_000;
  private static final int PIECE = 1_000;

  private final JdbcTemplate jdbc;
  private final ContactRows contacts;
  private final TransactionTemplate transaction;

  RemovedLists(JdbcTemplate jdbc, ContactRows contacts, PlatformTransactionManager transactions) {
    super("removed-lists", true, EVERY_MILLIS);
    this.jdbc = jdbc;
    this.contacts = contacts;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  protected void look() {
    List<Long> gone =
        jdbc.queryForList(
            "select list_id from list_removal order by list_id limit 100", Long.class);
    for (Long list : gone) {
      boolean more = true;
      while (more && isRunning()) {
        more = Boolean.TRUE.equals(transaction.execute(tx -> piece(list)));
      }
    }
  }

  /** Deletes some leads; returns false when there were none. */
  private boolean piece(long list) {
    Set<Long> people = new HashSet<>();
    List<Object[]> leads =
        jdbc.query(
            "select id, contact_id from list_lead where list_id = ? order by id limit " + PIECE,
            (row, number) -> {
              Long contact = row.getObject(2, Long.class);
              if (contact != null) {
                people.add(contact);
              }
              return new Object[] {row.getLong(1)};
            },
            list);
    if (leads.isEmpty()) {
      return uploads(list);
    }
    contacts.lock(people);
    jdbc.batchUpdate("delete from list_lead_key where lead_id = ?", leads);
    jdbc.batchUpdate("delete from list_lead_move where lead_id = ?", leads);
    jdbc.batchUpdate("delete from list_lead where id = ?", leads);
    contacts.forget(people);
    return true;
  }

  /** Deletes what there was to say about rows, and then what was said last. */
  private boolean uploads(long list) {
    for (Long upload :
        jdbc.queryForList("select id from list_upload where list_id = ?", Long.class, list)) {
      int deleted =
          jdbc.update("delete from list_upload_remark where upload_id = ? limit " + PIECE, upload);
      if (deleted == PIECE) {
        return true;
      }
    }
    jdbc.update("delete from list_upload where list_id = ?", list);
    jdbc.update("delete from list_removal where list_id = ?", list);
    return false;
  }
}
