package io.leadloom.scoring.site;

import io.leadloom.platform.tick.Ticking;
import io.leadloom.scoring.WebsitePoints;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes what was counted of websites that were removed, in pieces, and has all leads scored without it. */
@Component
class RemovedSites extends Ticking {

  private static final long EVERY_MILLIS = 1_000;
  private static final int PIECE = 1_000;

  private final JdbcTemplate jdbc;
  private final WebsitePoints points;
  private final TransactionTemplate transaction;

  RemovedSites(JdbcTemplate jdbc, WebsitePoints points, PlatformTransactionManager transactions) {
    super("removed-sites", true, EVERY_MILLIS);
    this.jdbc = jdbc;
    this.points = points;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  protected void look() {
    for (Long site :
        jdbc.queryForList(
            "select id from score_site where domain like ? order by id limit 100",
            Long.class,
            Sites.REMOVED + "%")) {
      boolean more = true;
      while (more && isRunning()) {
        more = Boolean.TRUE.equals(transaction.execute(tx -> piece(site)));
      }
    }
  }

  /**
   * Deletes some browsers with their views; returns false when there were none and the website is gone, with which all leads
   * are scored: whoever is scored until then may still have points of it, and is scored again.
   */
  private boolean piece(long site) {
    List<Object[]> browsers =
        jdbc
            .queryForList(
                "select id from score_visitor where site_id = ? order by token limit " + PIECE,
                Long.class,
                site)
            .stream()
            .map(id -> new Object[] {id})
            .toList();
    if (browsers.isEmpty()) {
      jdbc.update("delete from score_site where id = ?", site);
      points.anew();
      return false;
    }
    jdbc.batchUpdate("delete from score_view where visitor_id = ?", browsers);
    jdbc.batchUpdate("delete from score_visitor where id = ?", browsers);
    return true;
  }
}
