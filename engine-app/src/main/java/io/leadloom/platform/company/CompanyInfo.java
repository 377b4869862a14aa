package io.leadloom.platform.company;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The account as its settings page shows it (SET-006 to SET-010).
 *
 * @param name its name; empty until somebody has entered it
 * @param timeZone its time zone; null for that of the configuration
 * @param language its language; null for that of the configuration
 * @param logo the hash of its logo; null for none
 * @param version the base of optimistic locking; rises with each change, also of the logo
 * @param changedBy the login of whoever changed it last
 */
public record CompanyInfo(
    String name,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String website,
    Address address,
    @Nullable ZoneId timeZone,
    @Nullable String language,
    @Nullable String logo,
    int version,
    @Nullable Instant changedAt,
    @Nullable String changedBy) {

  /** Where the company is; each part may be missing. */
  public record Address(
      @Nullable String street,
      @Nullable String zip,
      @Nullable String city,
      @Nullable String state,
      @Nullable String country) {}

  CompanyInfo withLogo(@Nullable String hash) {
    return new CompanyInfo(
        name, email, phone, website, address, timeZone, language, hash, version, changedAt,
        changedBy);
  }
}
