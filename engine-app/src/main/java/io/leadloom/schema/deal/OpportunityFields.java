package io.leadloom.schema.deal;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.Field.Limits;
import io.leadloom.schema.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of opportunities that come with Leadloom (REV-011). Their ids, 601 to 640, are permanent. Those after the
 * description take what the lead of a conversion holds (LEAD-108).
 */
public final class OpportunityFields {

  public static final String PIPELINE = "pipeline";
  public static final String STAGE = "stage";
  public static final String STATUS = "status";
  public static final String STATUS_KIND = "statusKind";
  public static final String CLOSED_AT = "closedAt";
  public static final String VALUE = "value";

  private static final List<String> KINDS =
      Arrays.stream(StatusKind.values()).map(StatusKind::key).toList();

  /** In display order. */
  public static final List<Field> ALL = new OpportunityFields().all();

  private final List<Field> fields = new ArrayList<>();
  private long nextId = 601;

  private OpportunityFields() {}

  private List<Field> all() {
    field("name", "Name", FieldType.TEXT, false, true, null);
    field("contact", "Contact", FieldType.RECORD_LINK, false, true, EntityType.CONTACT);
    field(PIPELINE, "Pipeline", FieldType.DROPDOWN, false, true, null);
    field(STAGE, "Stage", FieldType.DROPDOWN, false, true, null);
    field(STATUS, "Status", FieldType.DROPDOWN, false, true, null);
    field(STATUS_KIND, "Kind of status", FieldType.DROPDOWN, true, false, null);
    field(VALUE, "Value", FieldType.MONEY, false, false, null);
    plain("source", "Source", FieldType.DROPDOWN);
    plain("owner", "Owner", FieldType.USER);
    field("account", "Account", FieldType.RECORD_LINK, false, false, EntityType.ACCOUNT);
    field("lead", "Lead", FieldType.RECORD_LINK, false, false, EntityType.LEAD);
    field(CLOSED_AT, "Closed", FieldType.DATE_TIME, true, false, null);
    plain("description", "Description", FieldType.LONG_TEXT);
    plain("email", "E-mail", FieldType.EMAIL);
    plain("phone", "Phone", FieldType.PHONE);
    plain("company", "Company", FieldType.TEXT);
    plain("city", "City", FieldType.TEXT);
    plain("state", "State", FieldType.TEXT);
    plain("country", "Country", FieldType.TEXT);
    plain("zip", "Zip", FieldType.TEXT);
    plain("website", "Website", FieldType.URL);
    plain("salesDirection", "Sales direction", FieldType.DROPDOWN);
    plain("serviceProduct", "Service/Product", FieldType.DROPDOWN);
    plain("marketingCampaign", "Marketing campaign", FieldType.DROPDOWN);
    plain("distributionChannel", "Content distribution channel", FieldType.DROPDOWN);
    plain("requirements", "Customer requirements", FieldType.LONG_TEXT);
    plain("starred", "Starred", FieldType.BOOLEAN);
    field("createdAt", "Created", FieldType.DATE_TIME, true, false, null);
    field("createdBy", "Created by", FieldType.USER, true, false, null);
    field("updatedAt", "Updated", FieldType.DATE_TIME, true, false, null);
    field("updatedBy", "Updated by", FieldType.USER, true, false, null);
    return List.copyOf(fields);
  }

  private void plain(String key, String label, FieldType type) {
    field(key, label, type, false, false, null);
  }

  private void field(
      String key,
      String label,
      FieldType type,
      boolean readOnly,
      boolean mandatory,
      @Nullable EntityType link) {
    fields.add(
        new Field(
            nextId++,
            EntityType.OPPORTUNITY,
            null,
            key,
            label,
            type,
            true,
            readOnly,
            mandatory,
            false,
            type != FieldType.LONG_TEXT,
            null,
            key.equals(STATUS_KIND) ? KINDS : List.of(),
            link,
            null,
            key.equals(VALUE) ? new Limits(BigDecimal.ZERO, null, null, null) : Limits.NONE));
  }
}
