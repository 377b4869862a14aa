package io.leadloom.platform.company;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What holds for the whole installation. Answered from memory; a change on the settings page counts at once, on other
 * nodes within two seconds.
 */
public interface AccountSettings {

  /** The languages that Leadloom speaks. */
  List<String> LANGUAGES = List.of("en", "de");

  /** The account's time zone: where a day starts for filters, relative dates and schedules without a zone (SET-011). */
  ZoneId timeZone();

  /**
   * The language of users who have chosen none, of mails to them and of the pages in front of the sign-in (SET-135); empty
   * when pages go by the browser and mails are English.
   */
  Optional<String> language();

  /** The ISO 3166 region that phone numbers without a country code belong to, for example {@code DE}. */
  String region();

  /** The ISO 4217 currency of amounts that are given without one. */
  String currency();
}
