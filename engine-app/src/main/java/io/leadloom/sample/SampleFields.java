package io.leadloom.sample;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field.Limits;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schemas;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The fields that the sample company has added to its leads. */
@Component
@ConditionalOnProperty(name = "leadloom.sample-data", havingValue = "true")
class SampleFields {

  static final String PRODUCT = "product";
  static final String BUDGET = "budget";
  static final String START = "expectedStart";
  static final String CHANNELS = "preferredChannels";

  static final List<String> PRODUCTS =
      List.of("Home loan", "Personal loan", "Data science course", "MBA", "Language course");
  static final List<String> ALL_CHANNELS = List.of("Phone", "E-mail", "WhatsApp", "SMS");

  private final FieldDefinitions definitions;
  private final Schemas schemas;

  SampleFields(FieldDefinitions definitions, Schemas schemas) {
    this.definitions = definitions;
    this.schemas = schemas;
  }

  void define() {
    field(PRODUCT, "Product", FieldType.DROPDOWN, PRODUCTS);
    field(BUDGET, "Budget", FieldType.MONEY, List.of());
    field(START, "Expected start", FieldType.DATE, List.of());
    field(CHANNELS, "Preferred channels", FieldType.MULTI_SELECT, ALL_CHANNELS);
  }

  private void field(String key, String label, FieldType type, List<String> options) {
    if (schemas.current().field(EntityType.LEAD, key).isEmpty()) {
      definitions.create(
          EntityType.LEAD,
          null,
          new NewField(
              key, label, type, null, false, false, true, options, null, null, Limits.NONE));
    }
  }
}
