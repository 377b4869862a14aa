package io.leadloom.source;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What leads come in through (LEAD-128), with the names that its deliveries usually have for what they bring. */
public enum IntegrationKind {
  FORM("form", List.of("firstName", "lastName", "email", "phone", "company")),
  CHATBOT("chatbot", List.of("firstName", "lastName", "email", "phone")),
  API("api", List.of("firstName", "lastName", "email", "phone", "company")),
  FACEBOOK(
      "facebook",
      List.of("full_name", "first_name", "last_name", "email", "phone_number", "company_name")),
  INSTAGRAM(
      "instagram",
      List.of("full_name", "first_name", "last_name", "email", "phone_number", "company_name")),
  GOOGLE_ADS(
      "google-ads",
      List.of(
          "FULL_NAME",
          "FIRST_NAME",
          "LAST_NAME",
          "EMAIL",
          "PHONE_NUMBER",
          "COMPANY_NAME",
          "JOB_TITLE",
          "CITY",
          "POSTAL_CODE"));

  private final String key;
  private final List<String> usual;

  IntegrationKind(String key, List<String> usual) {
    this.key = key;
    this.usual = usual;
  }

  /** The name in JSON and the database. */
  public String key() {
    return key;
  }

  /** The names that its deliveries usually have for what they bring. */
  public List<String> usual() {
    return usual;
  }

  /** Whether its deliveries only say that there is a lead, which then is fetched from Meta. */
  public boolean meta() {
    return this == FACEBOOK || this == INSTAGRAM;
  }

  /** Whether its deliveries come from the browsers of visitors or from programs, and not from a known provider. */
  public boolean open() {
    return this == FORM || this == CHATBOT || this == API;
  }

  /** Whether scripts of websites may post to it, where an administrator allows them. */
  public boolean website() {
    return this == FORM || this == CHATBOT;
  }

  /**
   * Whether its deliveries may replace what leads have. What visitors type is told by nobody but them: an address of
   * somebody else must not be enough to change the lead of that person.
   */
  boolean replaces() {
    return this == API;
  }

  public static Optional<IntegrationKind> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
  }
}
