package io.leadloom.record.deal;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.deal.OpportunityData;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The opportunities of a stage that goes (REV-030): counted, and put into the trash on the one write path. */
@Component
class StageOpportunities implements OpportunityData {

  /** More would keep the definitions locked for too long; a bulk action does it with progress. */
  private static final long MOST = 5_000;

  private static final int PAGE = 500;

  private final JdbcTemplate jdbc;
  private final Records records;
  private final Access access;

  StageOpportunities(JdbcTemplate jdbc, Records records, Access access) {
    this.jdbc = jdbc;
    this.records = records;
    this.access = access;
  }

  @Override
  public long live(Collection<String> forms) {
    if (forms.isEmpty()) {
      return 0;
    }
    Long count =
        jdbc.queryForObject(
            "select count(*) from opportunities where stage in ("
                + Sql.marks(forms.size())
                + ") and trashed_at is null",
            Long.class,
            forms.toArray());
    return count == null ? 0 : count;
  }

  @Override
  public void trash(Collection<String> forms, long confirmed) {
    if (confirmed == 0 && live(forms) == 0) {
      return;
    }
    Rights rights = access.current();
    Long user = rights.userId();
    if (user == null || !rights.owners(EntityType.OPPORTUNITY, Action.DELETE).all()) {
      throw RefusedException.forbidden(
          "Opportunities are deleted along with their stage by those who may delete everybody's; move them to another stage");
    }
    List<RecordCommand> commands = held(forms);
    if (commands.size() > MOST) {
      throw refused(
          live(forms),
          "at most " + MOST + "; move them to another stage, or delete them in the list first");
    }
    if (commands.size() != confirmed) {
      throw refused(confirmed, "the " + commands.size() + " that there are now");
    }
    for (int from = 0; from < commands.size(); from += PAGE) {
      List<RecordCommand> page = commands.subList(from, Math.min(from + PAGE, commands.size()));
      List<WriteResult> results = records.as(rights).write(page, Cause.user(user));
      for (int i = 0; i < page.size(); i++) {
        if (!(results.get(i) instanceof WriteResult.Written)) {
          throw refused(
              ((RecordCommand.Trash) page.get(i)).ref(), "opportunities that can be deleted");
        }
      }
    }
  }

  /** What has the stage now, each with its version; locked, so that none leaves it until all is done. */
  private List<RecordCommand> held(Collection<String> forms) {
    if (forms.isEmpty()) {
      return List.of();
    }
    return jdbc.query(
        "select id, version from opportunities where stage in ("
            + Sql.marks(forms.size())
            + ") and trashed_at is null order by id limit "
            + (MOST + 1)
            + " for update",
        (row, n) -> new RecordCommand.Trash(RecordRef.opportunity(row.getLong(1)), row.getInt(2)),
        forms.toArray());
  }

  private static RefusedException refused(Object value, String expectation) {
    return new RefusedException(
        Reason.CONFLICT,
        "The opportunities cannot be deleted along",
        List.of(Violation.of("deletes", value, expectation)));
  }
}
