package io.leadloom.schema.deal;

import io.leadloom.platform.Violation;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.FieldData;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The opportunities that have a pipeline, a stage or a status which is to go. */
@Component
class HeldOpportunities {

  private final FieldData data;
  private final OpportunityData opportunities;

  HeldOpportunities(FieldData data, OpportunityData opportunities) {
    this.data = data;
    this.opportunities = opportunities;
  }

  /** How many opportunities, those in the trash included, have a pipeline, stage or status. */
  long holds(Deals deals, String field, long id) {
    ChoiceNames names = Objects.requireNonNull(deals.names().get(field));
    return names
        .choice(id)
        .map(
            choice ->
                data.countChoice(choice.kind(), names.forms(choice)).values().stream()
                    .mapToLong(count -> count)
                    .sum())
        .orElse(0L);
  }

  /** How many have a stage and are not in the trash. */
  long live(Deals deals, long stage) {
    return opportunities.live(forms(deals, stage));
  }

  /** Puts those of some stages into the trash if there are as many as were confirmed. */
  void trash(Deals deals, List<Pipeline.Stage> stages, long confirmed) {
    List<String> forms = new ArrayList<>();
    stages.forEach(stage -> forms.addAll(forms(deals, stage.id())));
    opportunities.trash(forms, confirmed);
  }

  private static List<String> forms(Deals deals, long stage) {
    ChoiceNames names = Objects.requireNonNull(deals.names().get(OpportunityFields.STAGE));
    return names.choice(stage).map(names::forms).orElse(List.of());
  }

  /** What is wrong when somebody has confirmed the deletion of another number than there is. */
  static Optional<Violation> confirmed(String name, long confirmed, long live) {
    return confirmed == live
        ? Optional.empty()
        : Optional.of(
            Violation.of(
                "deletes",
                name + ": " + confirmed + " opportunities",
                "the " + live + " that there are now"));
  }
}
