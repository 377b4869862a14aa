package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Criteria on changes look at the change of the record that they name, not of another with a field of that name. */
@LeadloomTest
@Import(Workshop.class)
class ChangedCriteriaTest {

  @Autowired Workshop workshop;

  /** Tags the run's record with {@code yes} when the criterion holds, else with {@code no}. */
  private void publish(String trigger, String criterion) {
    workshop.publish(
        Bpmn.automation(workshop.unique("changed"))
            .trigger(trigger)
            .choice("which")
            .card("yes", "tag.add", "{\"tags\":[\"yes\"]}")
            .card("no", "tag.add", "{\"tags\":[\"no\"]}")
            .end("done")
            .path("start", "which")
            .when("which", "yes", criterion)
            .otherwise("which", "no")
            .path("yes", "done")
            .path("no", "done"));
  }

  private static String updated(String entity, String source, String name) {
    return "{\"type\":\"%s.updated\",\"fields\":[\"city\"],\"condition\":%s}"
        .formatted(entity, Bpmn.criterion(source, "lastName", "equals", name));
  }

  private RecordRef contact(Map<String, ?> values) {
    return workshop.write(new RecordCommand.Create(EntityType.CONTACT, Values.copyOf(values)));
  }

  private RecordRef linkedLead(String name) {
    RecordRef contact = contact(Map.of("lastName", "Person", "city", "Pune"));
    return workshop.lead(Map.of("lastName", name, "city", "Goa", "contact", contact.id()));
  }

  private Iterable<String> tags(RecordRef ref) {
    workshop.settle();
    return workshop.transactions.execute(status -> workshop.records.open().tags(ref));
  }

  @Test
  void aChangeOfTheLeadIsNoneOfItsContactsFieldOfThatName() {
    String name = workshop.unique("of-lead");
    publish(updated("lead", "lead", name), Bpmn.criterion("contact", "city", "changed"));
    RecordRef lead = linkedLead(name);
    workshop.update(lead, "city", "Delhi");
    assertThat(tags(lead)).containsExactly("no");
  }

  @Test
  void theLeadsOwnChangeIsSeenWithItsValues() {
    String name = workshop.unique("own");
    publish(updated("lead", "lead", name), Bpmn.criterion("lead", "city", "changedTo", "Delhi"));
    RecordRef to = linkedLead(name);
    RecordRef elsewhere = linkedLead(name);
    workshop.update(to, "city", "Delhi");
    workshop.update(elsewhere, "city", "Agra");
    assertThat(tags(to)).containsExactly("yes");
    assertThat(tags(elsewhere)).containsExactly("no");
  }

  @Test
  void aChangeOfAContactIsSeenByItsOwnAutomationOnly() {
    String name = workshop.unique("of-contact");
    publish(
        updated("contact", "contact", name),
        Bpmn.criterion("contact", "city", "changedFrom", "Pune"));
    RecordRef contact = contact(Map.of("lastName", name, "city", "Pune"));
    workshop.update(contact, "city", "Delhi");
    assertThat(tags(contact)).containsExactly("yes");
  }

  @Test
  void anUpdatedActivityChangesNeitherItsLeadNorAnother() {
    String city = workshop.unique("of-activity");
    String trigger =
        "{\"type\":\"activity.updated\",\"activityType\":\"payment\",\"condition\":%s}"
            .formatted(Bpmn.lead("city", "equals", city));
    publish(trigger, Bpmn.criterion("triggeredActivity", "amount", "changed"));
    publish(trigger, Bpmn.lead("score", "changed"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Payer", "city", city));
    RecordRef payment =
        workshop.activity(lead, "payment", Map.of("happenedAt", workshop.clock.instant()));
    workshop.settle();
    workshop.update(payment, "amount", new BigDecimal("5"));
    assertThat(tags(lead)).containsExactlyInAnyOrder("yes", "no");
  }
}
