package io.leadloom.scoring;

import io.leadloom.decision.score.ScoreRules;
import io.leadloom.record.LeadScoring;
import io.leadloom.schema.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The scale of these definitions, kept in memory. Saving the settings raises the version of the definitions, so that every
 * node has the new scale as soon as it has those, within a second.
 */
@Component
class PointScales implements LeadScoring {

  private final ScoreSettingsRows rows;
  private final ScoreRules rules;
  private final TransactionTemplate reading;
  private volatile @Nullable Known known;

  PointScales(ScoreSettingsRows rows, ScoreRules rules, PlatformTransactionManager transactions) {
    this.rows = rows;
    this.rules = rules;
    this.reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
  }

  private record Known(long version, PointScale scale) {}

  @Override
  public PointScale scale(Schema schema) {
    Known present = known;
    return present != null && present.version() == schema.version()
        ? present.scale()
        : load(schema);
  }

  private synchronized PointScale load(Schema schema) {
    Known present = known;
    if (present != null && present.version() == schema.version()) {
      return present.scale();
    }
    ScoreSettingsRows.Kept kept = reading.execute(status -> rows.find());
    if (kept == null) {
      throw new IllegalStateException("The settings of the score could not be read");
    }
    PointScale scale = of(kept.settings(), schema);
    if (present == null || present.version() < schema.version()) {
      known = new Known(schema.version(), scale);
    }
    return scale;
  }

  /** The scale of settings that nobody has saved yet. */
  PointScale of(ScoreSettings settings, Schema schema) {
    return new PointScale(settings, schema, rules);
  }
}
