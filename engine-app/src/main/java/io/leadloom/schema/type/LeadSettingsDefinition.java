package io.leadloom.schema.type;

import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Schema.LeadSettings;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.audit.SchemaEvents;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes how leads are worked with (LEAD-214, PLT-016 to PLT-020). */
@Component
public class LeadSettingsDefinition {

  private final JdbcTemplate jdbc;
  private final Schemas schemas;
  private final ChoiceRows rows;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  LeadSettingsDefinition(
      JdbcTemplate jdbc,
      Schemas schemas,
      ChoiceRows rows,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.schemas = schemas;
    this.rows = rows;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What to change; null leaves a part as it is. */
  public record ChangedSettings(
      @Nullable Boolean stageComments,
      @Nullable Boolean stageMandatory,
      @Nullable Boolean stageQuickAdd,
      @Nullable Boolean stageImport,
      @Nullable Boolean flagOnAllocation,
      @Nullable Boolean followUpMail,
      @Nullable Boolean withoutCompany) {}

  /** Changes the settings and returns them all. */
  public LeadSettings change(ChangedSettings asked) {
    LeadSettings changed =
        transaction.execute(
            status -> {
              jdbc.update("update schema_state set version = version + 1 where id = 1");
              LeadSettings before = rows.leadSettings();
              LeadSettings after = merged(before, asked);
              if (!after.equals(before)) {
                rows.write(after);
                trail.record(SchemaEvents.leadSettings(before, after));
              }
              return after;
            });
    schemas.latest();
    return Objects.requireNonNull(changed);
  }

  private static LeadSettings merged(LeadSettings before, ChangedSettings asked) {
    return new LeadSettings(
        or(asked.stageComments(), before.stageComments()),
        or(asked.stageMandatory(), before.stageMandatory()),
        or(asked.stageQuickAdd(), before.stageQuickAdd()),
        or(asked.stageImport(), before.stageImport()),
        or(asked.flagOnAllocation(), before.flagOnAllocation()),
        or(asked.followUpMail(), before.followUpMail()),
        or(asked.withoutCompany(), before.withoutCompany()));
  }

  private static boolean or(@Nullable Boolean asked, boolean before) {
    return asked == null ? before : asked;
  }
}
