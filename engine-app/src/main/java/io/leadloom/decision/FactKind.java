package io.leadloom.decision;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fact types that rules speak of; each is declared with the properties that the rules of a version use. */
enum FactKind {
  LEAD("Lead", Criterion.Source.LEAD),
  CONTACT("Contact", Criterion.Source.CONTACT),
  ACCOUNT("Account", Criterion.Source.ACCOUNT),
  OPPORTUNITY("Opportunity", Criterion.Source.OPPORTUNITY),
  TRIGGERED_ACTIVITY("TriggeredActivity", Criterion.Source.TRIGGERED_ACTIVITY),
  /** Any activity of the lead; the only kind of which a run has several facts. */
  ACTIVITY("Activity", Criterion.Source.LEAD_ACTIVITY),
  TRIGGERED_TASK("TriggeredTask", Criterion.Source.TRIGGERED_TASK),
  /** One fact per card that is looked at. */
  CREATED_TASK("CreatedTask", Criterion.Source.CREATED_TASK),
  /** One fact per card that is looked at. */
  WEBHOOK_RESPONSE("WebhookResponse", Criterion.Source.WEBHOOK_RESPONSE),
  /** The moments that the rules compare with, resolved once per evaluation. */
  TIMES("Times", null);

  private final String typeName;
  private final Criterion.@Nullable Source source;

  FactKind(String typeName, Criterion.@Nullable Source source) {
    this.typeName = typeName;
    this.source = source;
  }

  /** The name of the declared type in the rules. */
  String typeName() {
    return typeName;
  }

  /** The prefix of the kind in the history of a run, for example {@code lead}. */
  String shownName() {
    return variable().substring(1).replace("activity", "leadActivity");
  }

  /** The variable that a fact of this kind is bound to, for example {@code $lead}. */
  String variable() {
    return "$" + typeName.substring(0, 1).toLowerCase(Locale.ROOT) + typeName.substring(1);
  }

  Criterion.@Nullable Source source() {
    return source;
  }

  static FactKind of(Criterion.Source source) {
    for (FactKind kind : values()) {
      if (kind.source == source) {
        return kind;
      }
    }
    throw new IllegalArgumentException("No facts for " + source);
  }
}
