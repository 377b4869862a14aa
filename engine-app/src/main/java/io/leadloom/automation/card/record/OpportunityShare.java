package io.leadloom.automation.card.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardRun;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.feature.Feature;
import io.leadloom.platform.feature.Features;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.share.ShareAccess;
import io.leadloom.record.share.ShareBatch;
import io.leadloom.record.share.ShareTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Shares the opportunity that the run is about with a user for a time (AUT-063, AUT-066 to AUT-074). A share that gives no
 * access does not keep the run from going on; its history says why.
 */
@Component
final class OpportunityShare implements Card {

  private final Features features;

  OpportunityShare(Features features) {
    this.features = features;
  }

  @Override
  public String type() {
    return "opportunity.share";
  }

  @Override
  public @Nullable String withheld(boolean administrator) {
    if (!administrator) {
      return "an administrator as author, since only administrators share opportunities by automations";
    }
    for (Feature feature : List.of(Feature.SHARING, Feature.SHARE_CARD)) {
      if (!features.on(feature)) {
        return "a card that is switched on under Settings, Features: '"
            + feature.key()
            + "' is off";
      }
    }
    return null;
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    if (scope.trigger() != null && !scope.trigger().ofOpportunity()) {
      settings.problem("trigger", scope.trigger().key(), "one of the triggers of opportunities");
    }
    Optional<Users.Person> person = SharedUsers.one(settings, "with", scope);
    Optional<ShareTime> time = time(settings);
    String key = settings.required("access");
    Optional<ShareAccess> access = ShareAccess.of(key);
    if (access.isEmpty() && !key.isEmpty()) {
      settings.problem(
          "access",
          key,
          Arrays.stream(ShareAccess.values())
              .map(ShareAccess::key)
              .collect(Collectors.joining(" or ")));
    }
    if (person.isEmpty() || time.isEmpty() || access.isEmpty()) {
      return run -> Outcome.DONE;
    }
    ShareBatch.Wanted wanted =
        new ShareBatch.Wanted(person.get().id(), access.get(), time.get(), scope.zone());
    return run -> share(run, wanted);
  }

  private static Optional<ShareTime> time(CardSettings settings) {
    JsonNode node = settings.json().path("for");
    Optional<ShareTime> time = Optional.empty();
    try {
      time = ShareTime.of(Long.parseLong(node.path("amount").asText()), node.path("unit").asText());
    } catch (NumberFormatException e) {
      // Told below, as any other that does not fit.
    }
    if (time.isEmpty()) {
      settings.problem(
          "for", node.isMissingNode() || node.isNull() ? null : node, ShareTime.EXPECTED);
    }
    return time;
  }

  private Outcome share(CardRun run, ShareBatch.Wanted wanted) {
    Optional<Record> deal = run.record(EntityType.OPPORTUNITY);
    if (deal.isEmpty()) {
      run.note("There is no opportunity");
      return Outcome.DONE;
    }
    if (!features.on(Feature.SHARE_CARD)) {
      run.note("Not shared: the card is switched off");
      return Outcome.DONE;
    }
    String refusal = run.shares().share(deal.get(), wanted, run.sharing());
    run.note(
        refusal == null
            ? "Shared with "
                + run.users().find(wanted.user()).map(Users.Person::name).orElse("a user")
            : "Not shared: " + refusal);
    return Outcome.DONE;
  }
}
