package io.leadloom.record.form;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Rights;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An input of the complete form of leads: what it fills, when it is shown, and whether it is mandatory while it is shown
 * (LEAD-166 to LEAD-203). These rows are all that server and screen know of it; the screen is sent them.
 *
 * @param key the name of the input in requests
 * @param entity the kind of record that it fills
 * @param field the field of that record
 */
public record FormInput(
    String key, EntityType entity, String field, Shown shown, boolean mandatory) {

  /** When an input is shown; a hidden one is neither validated nor stored (LEAD-204). */
  public enum Shown {
    ALWAYS("shown always"),
    /** New company is not ticked (LEAD-171). */
    NO_NEW_COMPANY("hidden while New company is ticked"),
    /** Existing company is empty (LEAD-172). */
    NO_COMPANY("hidden while an existing company is chosen"),
    /** New contact is ticked (LEAD-188 to LEAD-192). */
    NEW_CONTACT("hidden while New contact is not ticked"),
    /** New contact is not ticked (LEAD-193). */
    NO_NEW_CONTACT("hidden while New contact is ticked");

    private final String reason;

    Shown(String reason) {
      this.reason = reason;
    }

    /** Why it is not shown, when it is not. */
    String reason() {
      return reason;
    }
  }

  static final String NEW_COMPANY = "newCompany";
  static final String NEW_CONTACT = "newContact";
  static final List<String> TICKS = List.of(NEW_COMPANY, NEW_CONTACT);
  static final String COMPANY = "account";
  static final String COMPANY_NAME = "companyName";
  static final String WEBSITE = "companyWebsite";
  static final String TIN = "companyTin";
  static final String CONTACT = "contact";

  /** All inputs beside the two ticks, in the order of the form. */
  static final List<FormInput> ALL =
      List.of(
          ofLead("leadName", Shown.ALWAYS, true),
          ofLead("source", Shown.ALWAYS, true),
          ofLead("salesDirection", Shown.ALWAYS, true),
          ofLead("serviceProduct", Shown.ALWAYS, false),
          ofLead("marketingCampaign", Shown.ALWAYS, false),
          ofLead("distributionChannel", Shown.ALWAYS, false),
          ofLead("company", Shown.ALWAYS, false),
          ofLead(COMPANY, Shown.NO_NEW_COMPANY, true),
          of(COMPANY_NAME, EntityType.ACCOUNT, "name", Shown.NO_COMPANY, true),
          of(WEBSITE, EntityType.ACCOUNT, "website", Shown.NO_COMPANY, true),
          of(TIN, EntityType.ACCOUNT, "tin", Shown.NO_COMPANY, true),
          ofLead("city", Shown.ALWAYS, false),
          ofLead(CONTACT, Shown.NO_NEW_CONTACT, true),
          of("firstName", EntityType.CONTACT, "firstName", Shown.NEW_CONTACT, true),
          of("middleName", EntityType.CONTACT, "middleName", Shown.NEW_CONTACT, false),
          of("lastName", EntityType.CONTACT, "lastName", Shown.NEW_CONTACT, true),
          of("contactPhone", EntityType.CONTACT, "phone", Shown.NEW_CONTACT, false),
          of("contactEmail", EntityType.CONTACT, "email", Shown.NEW_CONTACT, false),
          ofLead("jobTitle", Shown.ALWAYS, false),
          ofLead("requirements", Shown.ALWAYS, false),
          ofLead("owner", Shown.ALWAYS, false),
          ofLead("partnerCompany", Shown.ALWAYS, false),
          ofLead("partnerRepresentative", Shown.ALWAYS, false));

  private static final Map<String, FormInput> BY_KEY =
      ALL.stream().collect(Collectors.toUnmodifiableMap(FormInput::key, Function.identity()));

  private static FormInput ofLead(String key, Shown shown, boolean mandatory) {
    return of(key, EntityType.LEAD, key, shown, mandatory);
  }

  private static FormInput of(
      String key, EntityType entity, String field, Shown shown, boolean mandatory) {
    return new FormInput(key, entity, field, shown, mandatory);
  }

  static @org.jspecify.annotations.Nullable FormInput find(String key) {
    return BY_KEY.get(key);
  }

  /** Whether somebody may give leads another of these: only then there is something to fill in for a new one. */
  static boolean open(String link, Rights rights) {
    return !rights.hides(EntityType.LEAD, link) && !rights.onlyReads(EntityType.LEAD, link);
  }

  /** Whether the lead that somebody fills it in for can have what it describes. */
  boolean open(Rights rights) {
    return switch (entity) {
      case ACCOUNT -> open(COMPANY, rights);
      case CONTACT -> open(CONTACT, rights);
      default -> true;
    };
  }

  /** Whether it belongs to the company, which leads need not have everywhere (LEAD-214). */
  boolean ofCompany() {
    return entity == EntityType.ACCOUNT || key.equals(COMPANY);
  }
}
