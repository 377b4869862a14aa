package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.deal.OpportunityFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields delivered with Leadloom. Their ids are permanent: never give one a second meaning. */
final class SystemFields {

  /** Fields whose options are kept as choices, by field key (leads, contacts and accounts alike). */
  static final Map<String, String> CHOICE_KINDS =
      ChoiceNames.KINDS.stream().collect(Collectors.toUnmodifiableMap(kind -> kind, kind -> kind));

  static final List<Field> ALL = all();

  private SystemFields() {}

  private static List<Field> all() {
    List<Field> fields = new ArrayList<>();
    fields.addAll(
        new Builder(EntityType.LEAD, 1)
            .text("firstName", "First name")
            .text("lastName", "Last name")
            .readOnly("name", "Name", FieldType.TEXT)
            .add("email", "E-mail", FieldType.EMAIL)
            .add("phone", "Phone", FieldType.PHONE)
            .text("company", "Company")
            .text("jobTitle", "Job title")
            .text("city", "City")
            .text("state", "State")
            .text("country", "Country")
            .text("zip", "Zip")
            .add("website", "Website", FieldType.URL)
            .dropdown("source", "Source", null)
            .text("origin", "Origin")
            .dropdown("stage", "Stage", "Prospect")
            .dropdown("status", "Status", null)
            .dropdown("group", "Group", null)
            .dropdown("rating", "Rating", null)
            .withDefault("score", "Score", FieldType.WHOLE_NUMBER, 0L)
            .add("owner", "Owner", FieldType.USER)
            .link("contact", "Contact", EntityType.CONTACT)
            .link("account", "Account", EntityType.ACCOUNT)
            .withDefault("starred", "Starred", FieldType.BOOLEAN, false)
            .withDefault("doNotCall", "Do not call", FieldType.BOOLEAN, false)
            .withDefault("doNotEmail", "Do not e-mail", FieldType.BOOLEAN, false)
            .readOnly("lastActivityAt", "Last activity", FieldType.DATE_TIME)
            .times()
            .choices("flag", "Flag", List.of("By hand", "Automatic"))
            .fields);
    fields.addAll(
        new Builder(EntityType.LEAD, 41)
            .link("partnerCompany", "Partner company", EntityType.ACCOUNT)
            .add("partnerRepresentative", "Partner representative", FieldType.USER)
            .fields);
    fields.addAll(
        new Builder(EntityType.LEAD, 50)
            .text("leadName", "Lead name")
            .dropdown("salesDirection", "Sales direction", null)
            .dropdown("serviceProduct", "Service/Product", null)
            .dropdown("marketingCampaign", "Marketing campaign", null)
            .dropdown("distributionChannel", "Content distribution channel", null)
            .add("requirements", "Customer requirements", FieldType.LONG_TEXT)
            .readOnly("incomplete", "Incomplete", FieldType.BOOLEAN)
            .kept("earnedPoints", "Points earned")
            .withDefault("scorePercent", "Score in percent", FieldType.WHOLE_NUMBER, 0L)
            .fields);
    fields.addAll(
        new Builder(EntityType.LEAD, 60)
            .withDefault("doNotText", "Do not text", FieldType.BOOLEAN, false)
            .fields);
    fields.addAll(
        new Builder(EntityType.LEAD, 80)
            .kept("convertedDeal", "Converted to deal", EntityType.OPPORTUNITY)
            .kept("convertedClient", "Converted to client", EntityType.CONTACT)
            .fields);
    fields.addAll(
        new Builder(EntityType.CONTACT, 101)
            .text("firstName", "First name")
            .text("lastName", "Last name")
            .readOnly("name", "Name", FieldType.TEXT)
            .add("email", "E-mail", FieldType.EMAIL)
            .add("phone", "Phone", FieldType.PHONE)
            .add("mobile", "Mobile", FieldType.PHONE)
            .text("city", "City")
            .text("state", "State")
            .text("country", "Country")
            .text("zip", "Zip")
            .text("timeZone", "Time zone")
            .dropdown("source", "Source", null)
            .add("owner", "Owner", FieldType.USER)
            .link("account", "Account", EntityType.ACCOUNT)
            .withDefault("doNotEmail", "Do not e-mail", FieldType.BOOLEAN, false)
            .withDefault("starred", "Starred", FieldType.BOOLEAN, false)
            .times()
            .fields);
    fields.addAll(
        new Builder(EntityType.CONTACT, 250)
            .text("middleName", "Middle name")
            .text("street", "Address")
            .add("website", "Website", FieldType.URL)
            .withDefault("doNotText", "Do not text", FieldType.BOOLEAN, false)
            .fields);
    fields.addAll(
        new Builder(EntityType.CONTACT, 260).add("client", "Client", FieldType.BOOLEAN).fields);
    fields.addAll(
        new Builder(EntityType.ACCOUNT, 201)
            .unique("name", "Name", FieldType.TEXT, true)
            .unique("website", "Website", FieldType.URL, false)
            .unique("tin", "TIN", FieldType.TEXT, false)
            .add("phone", "Phone", FieldType.PHONE)
            .text("industry", "Industry")
            .dropdown("stage", "Stage", null)
            .text("city", "City")
            .text("state", "State")
            .text("country", "Country")
            .add("employees", "Employees", FieldType.WHOLE_NUMBER)
            .add("annualRevenue", "Annual revenue", FieldType.MONEY)
            .add("owner", "Owner", FieldType.USER)
            .withDefault("starred", "Starred", FieldType.BOOLEAN, false)
            .times()
            .fields);
    fields.addAll(
        new Builder(EntityType.ACCOUNT, 241)
            .withDefault("partner", "Partner", FieldType.BOOLEAN, false)
            .fields);
    fields.addAll(
        new Builder(EntityType.ACCOUNT, 270).add("client", "Client", FieldType.BOOLEAN).fields);
    fields.addAll(OpportunityFields.ALL);
    fields.addAll(
        new Builder(EntityType.ACTIVITY, 301)
            .readOnly("type", "Type", FieldType.TEXT)
            .link("lead", "Lead", EntityType.LEAD)
            .link("contact", "Contact", EntityType.CONTACT)
            .link("account", "Account", EntityType.ACCOUNT)
            .add("happenedAt", "Happened at", FieldType.DATE_TIME)
            .text("subject", "Subject")
            .add("notes", "Notes", FieldType.LONG_TEXT)
            .text("outcome", "Outcome")
            .add("amount", "Amount", FieldType.DECIMAL)
            .add("user", "User", FieldType.USER)
            .times()
            .fields);
    fields.addAll(
        new Builder(EntityType.TASK, 401)
            .mandatory("type", "Type", FieldType.TEXT)
            .mandatory("title", "Title", FieldType.TEXT)
            .add("notes", "Notes", FieldType.LONG_TEXT)
            .options("status", "Status", "pending", List.of("pending", "completed", "cancelled"))
            .add("dueAt", "Due", FieldType.DATE_TIME)
            .add("remindAt", "Reminder", FieldType.DATE_TIME)
            .add("owner", "Owner", FieldType.USER)
            .link("lead", "Lead", EntityType.LEAD)
            .link("contact", "Contact", EntityType.CONTACT)
            .link("account", "Account", EntityType.ACCOUNT)
            .readOnly("completedAt", "Completed", FieldType.DATE_TIME)
            .readOnly("createdByRun", "Created by run", FieldType.WHOLE_NUMBER)
            .readOnly("createdByCard", "Created by card", FieldType.TEXT)
            .times()
            .fields);
    fields.addAll(
        new Builder(EntityType.NOTE, 501)
            .mandatory("text", "Text", FieldType.LONG_TEXT)
            .link("lead", "Lead", EntityType.LEAD)
            .link("contact", "Contact", EntityType.CONTACT)
            .link("account", "Account", EntityType.ACCOUNT)
            .times()
            .fields);
    for (EntityType type : List.of(EntityType.ACTIVITY, EntityType.TASK, EntityType.NOTE)) {
      // 694 to 696: permanent, like all the others.
      long id = 690L + type.code();
      fields.addAll(
          new Builder(type, id).link("opportunity", "Opportunity", EntityType.OPPORTUNITY).fields);
    }
    return List.copyOf(fields);
  }

  private static final class Builder {
    private final EntityType entity;
    private final List<Field> fields = new ArrayList<>();
    private long nextId;

    Builder(EntityType entity, long firstId) {
      this.entity = entity;
      this.nextId = firstId;
    }

    Builder text(String key, String label) {
      return add(key, label, FieldType.TEXT);
    }

    Builder add(String key, String label, FieldType type) {
      return field(key, label, type, false, false, false, List.of(), null, null);
    }

    Builder mandatory(String key, String label, FieldType type) {
      return field(key, label, type, false, true, false, List.of(), null, null);
    }

    Builder unique(String key, String label, FieldType type, boolean mandatory) {
      return field(key, label, type, false, mandatory, true, List.of(), null, null);
    }

    Builder readOnly(String key, String label, FieldType type) {
      return field(key, label, type, true, false, false, List.of(), null, null);
    }

    Builder withDefault(String key, String label, FieldType type, Object value) {
      boolean points = key.startsWith("score");
      return field(key, label, type, points, false, false, List.of(), null, value);
    }

    /** Points that only Leadloom counts with: no search pays for them. */
    Builder kept(String key, String label) {
      return field(
          key, label, FieldType.WHOLE_NUMBER, true, false, false, List.of(), null, 0L, false);
    }

    Builder dropdown(String key, String label, @Nullable String value) {
      return field(key, label, FieldType.DROPDOWN, false, false, false, List.of(), null, value);
    }

    Builder options(String key, String label, String value, List<String> options) {
      return field(key, label, FieldType.DROPDOWN, false, true, false, options, null, value);
    }

    Builder choices(String key, String label, List<String> options) {
      return field(key, label, FieldType.DROPDOWN, false, false, false, options, null, null);
    }

    Builder link(String key, String label, EntityType to) {
      return field(key, label, FieldType.RECORD_LINK, false, false, false, List.of(), to, null);
    }

    Builder kept(String key, String label, EntityType to) {
      return field(key, label, FieldType.RECORD_LINK, true, false, false, List.of(), to, null);
    }

    Builder times() {
      return readOnly("createdAt", "Created", FieldType.DATE_TIME)
          .readOnly("createdBy", "Created by", FieldType.USER)
          .readOnly("updatedAt", "Updated", FieldType.DATE_TIME)
          .readOnly("updatedBy", "Updated by", FieldType.USER);
    }

    private Builder field(
        String key,
        String label,
        FieldType type,
        boolean readOnly,
        boolean mandatory,
        boolean unique,
        List<String> options,
        @Nullable EntityType link,
        @Nullable Object defaultValue) {
      boolean filterable = type != FieldType.LONG_TEXT;
      return field(
          key, label, type, readOnly, mandatory, unique, options, link, defaultValue, filterable);
    }

    private Builder field(
        String key,
        String label,
        FieldType type,
        boolean readOnly,
        boolean mandatory,
        boolean unique,
        List<String> options,
        @Nullable EntityType link,
        @Nullable Object defaultValue,
        boolean filterable) {
      fields.add(
          new Field(
              nextId++,
              entity,
              null,
              key,
              label,
              type,
              true,
              readOnly,
              mandatory,
              unique,
              filterable,
              null,
              options,
              link,
              defaultValue,
              Field.Limits.NONE));
      return this;
    }
  }
}
