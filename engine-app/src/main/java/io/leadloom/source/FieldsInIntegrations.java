package io.leadloom.source;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.Use;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schemas;
import java.util.List;
import org.springframework.stereotype.Component;

/** The fields that integrations write, and the sources that their leads carry (LEAD-141). */
@Component
class FieldsInIntegrations implements FieldDefinitions.Uses {

  private static final String KIND = "lead-integration";

  private final IntegrationRows rows;
  private final Schemas schemas;
  private final AuditTrail trail;

  FieldsInIntegrations(IntegrationRows rows, Schemas schemas, AuditTrail trail) {
    this.rows = rows;
    this.schemas = schemas;
    this.trail = trail;
  }

  private List<Integration> with(Field field) {
    return field.entity() != EntityType.LEAD
        ? List.of()
        : rows.all(Integrations.MOST).stream()
            .filter(
                one ->
                    one.mapping().stream().anyMatch(mapped -> mapped.field().equals(field.key())))
            .toList();
  }

  @Override
  public List<Use> of(Field field) {
    return with(field).stream().map(FieldsInIntegrations::use).toList();
  }

  private static Use use(Integration one) {
    return new Use(KIND, one.id(), one.name());
  }

  @Override
  public void stop(Field field, List<Use> uses) {
    for (Integration before : with(field)) {
      rows.update(
          new Integration(
              before.id(),
              before.name(),
              before.kind(),
              before.source(),
              before.owner(),
              before.active(),
              before.known(),
              before.mapping().stream()
                  .filter(mapped -> !mapped.field().equals(field.key()))
                  .toList(),
              before.thanks(),
              before.deliveryField(),
              before.page(),
              before.origins(),
              before.version()));
      trail.record(
          AuditEvent.of("lead-integration.changed", KIND, before.id(), before.name())
              .change("mapping", field.key(), null));
    }
  }

  /** What leads keep of a replaced source means the other one from then on, so that nothing has to be changed here. */
  @Override
  public List<Use> ofChoice(Choice choice) {
    if (!choice.kind().equals("source")) {
      return List.of();
    }
    List<String> forms =
        schemas
            .current()
            .field(EntityType.LEAD, choice.kind())
            .map(Field::names)
            .map(names -> names.forms(choice))
            .orElse(List.of(choice.stored()));
    return rows.all(Integrations.MOST).stream()
        .filter(one -> forms.contains(one.source()))
        .map(FieldsInIntegrations::use)
        .toList();
  }
}
