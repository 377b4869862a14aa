package io.leadloom.automation.card.record;

import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.SetFields;
import io.leadloom.platform.EntityType;
import io.leadloom.schema.deal.Deals;
import io.leadloom.schema.deal.OpportunityFields;
import io.leadloom.schema.deal.Pipeline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fields of opportunities as cards give them; a stage has to be one of the pipeline that stands beside it. */
final class DealFields {

  private static final String VALUES = "values";

  private DealFields() {}

  static SetFields read(CardSettings settings, CardScope scope) {
    SetFields fields =
        SetFields.read(
            settings, VALUES, scope, (in, key) -> in.schema().field(EntityType.OPPORTUNITY, key));
    Deals deals = scope.schema().deals();
    String stage = fixed(settings, OpportunityFields.STAGE);
    Optional<Pipeline> pipeline = deals.pipeline(fixed(settings, OpportunityFields.PIPELINE));
    if (stage != null
        && pipeline.isPresent()
        && deals.ofStage(stage).isPresent()
        && deals.stage(pipeline.get(), stage) == null) {
      settings.problem(
          VALUES + "." + OpportunityFields.STAGE,
          stage,
          "a stage of the pipeline "
              + pipeline.get().name()
              + ": "
              + String.join(
                  ", ", pipeline.get().stages().stream().map(Pipeline.Stage::name).toList()));
    }
    return fields;
  }

  /** What a field is set to for every run; null when that differs from run to run. */
  private static @Nullable String fixed(CardSettings settings, String key) {
    String text = settings.map(VALUES).get(key);
    return text == null || text.isBlank() || text.contains("{{") ? null : text.strip();
  }
}
