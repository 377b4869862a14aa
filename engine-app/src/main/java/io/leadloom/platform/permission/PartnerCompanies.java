package io.leadloom.platform.permission;

import java.util.Optional;

/** The door to the accounts that are partner companies, for those who say who works for one (LEAD-007, LEAD-202). */
public interface PartnerCompanies {

  /** The name of an account; empty when there is none that is marked as partner, or it is in the trash. */
  Optional<String> name(long account);
}
