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
  public void trash(Collection<String> forms) {
    Rights rights = access.current();
    Long user = rights.userId();
    if (user == null || !rights.owners(EntityType.OPPORTUNITY, Action.DELETE).all()) {
      throw RefusedException.forbidden(
          "Opportunities are deleted along with their stage by those who may delete everybody's; move them to another stage");
    }
    long count = live(forms);
    if (count > MOST) {
      throw new RefusedException(
          Reason.CONFLICT,
          "These are too many opportunities to delete along",
          List.of(
              Violation.of(
                  "deletes",
                  count,
                  "at most "
                      + MOST
                      + "; move them to another stage, or delete them in the list first")));
    }
    while (true) {
      List<Long> ids =
          jdbc.queryForList(
              "select id from opportunities where stage in ("
                  + Sql.marks(forms.size())
                  + ") and trashed_at is null order by id limit "
                  + PAGE,
              Long.class,
              forms.toArray());
      if (ids.isEmpty()) {
        return;
      }
      List<RecordCommand> commands =
          ids.stream()
              .map(id -> (RecordCommand) new RecordCommand.Trash(RecordRef.opportunity(id), null))
              .toList();
      for (WriteResult result : records.as(rights).write(commands, Cause.user(user))) {
        if (!(result instanceof WriteResult.Written)) {
          throw new RefusedException(
              Reason.CONFLICT,
              "An opportunity cannot be deleted",
              List.of(
                  Violation.of(
                      "deletes", String.valueOf(result), "opportunities that can be deleted")));
        }
      }
    }
  }
}
