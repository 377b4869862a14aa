package io.leadloom.record.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What goes to the trash with a stage (REV-030). */
@LeadloomTest
@Tag("database")
class StageOpportunitiesTest {

  /** What records keep of a stage that only these have. */
  private static final String STAGE = "990990990";

  private static final List<String> FORMS = List.of(STAGE, "990990991");

  @Autowired private Records records;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;

  private TransactionTemplate transaction;
  private StageOpportunities opportunities;
  private List<Long> ids;

  @BeforeEach
  void three() {
    transaction = new TransactionTemplate(transactions);
    Long user = jdbc.queryForObject("select min(id) from app_user", Long.class);
    Rights rights = Rights.everything(Objects.requireNonNull(user));
    opportunities = new StageOpportunities(jdbc, records, new Everybody(rights));
    transaction.executeWithoutResult(
        status -> {
          Values ann = Values.of("firstName", "Ann").with("lastName", "Stage");
          long contact = write(new RecordCommand.Create(EntityType.CONTACT, null, ann, false));
          ids = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            Values values = Values.of("name", "Roof " + i).with("contact", contact);
            ids.add(write(new RecordCommand.Create(EntityType.OPPORTUNITY, values)));
          }
          ids.forEach(
              id -> jdbc.update("update opportunities set stage = ? where id = ?", STAGE, id));
        });
  }

  /** No other test sees opportunities in a stage that no schema knows. */
  @AfterEach
  void gone() {
    transaction.executeWithoutResult(
        status ->
            ids.forEach(
                id -> jdbc.update("update opportunities set stage = '1' where id = ?", id)));
    records.write(
        ids.stream()
            .<RecordCommand>map(
                id ->
                    new RecordCommand.Trash(new RecordRef(EntityType.OPPORTUNITY, id), null, null))
            .toList(),
        Cause.system("test"));
  }

  private record Everybody(Rights rights) implements Access {
    @Override
    public Rights current() {
      return rights;
    }

    @Override
    public Rights of(long userId) {
      return rights;
    }
  }

  private long write(RecordCommand command) {
    WriteResult result = records.write(List.of(command), Cause.system("test")).get(0);
    return ((WriteResult.Written) result).ref().id();
  }

  private void trash(long confirmed) {
    transaction.executeWithoutResult(status -> opportunities.trash(FORMS, confirmed));
  }

  private List<Long> live() {
    return jdbc.queryForList(
        "select id from opportunities where stage = ? and trashed_at is null order by id",
        Long.class,
        STAGE);
  }

  @Test
  void asManyAsWereConfirmedGoToTheTrash() {
    assertThat(opportunities.live(FORMS)).isEqualTo(3);
    trash(3);
    assertThat(live()).isEmpty();
    trash(0);
  }

  @Test
  void noneGoesWhenOneHasComeOrLeftMeanwhile() {
    assertThatThrownBy(() -> trash(2))
        .isInstanceOf(RefusedException.class)
        .satisfies(
            refusal ->
                assertThat(((RefusedException) refusal).violations().toString())
                    .contains("the 3 that there are now"));
    transaction.executeWithoutResult(
        status -> jdbc.update("update opportunities set stage = '1' where id = ?", ids.get(0)));
    assertThatThrownBy(() -> trash(3)).isInstanceOf(RefusedException.class);
    assertThat(live()).containsExactlyElementsOf(ids.subList(1, 3));
  }
}
