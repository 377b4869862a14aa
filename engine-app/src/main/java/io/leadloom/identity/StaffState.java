package io.leadloom.identity;

/** The state of users, for those who remember something only until it changes. */
public interface StaffState {

  /** Another number after each change of users, teams, passwords or API keys, on any node within two seconds. */
  long version();

  /** Tells all nodes, with the commit of the current transaction, that something changed. */
  void changing();

  /** Whether the current transaction has told so: what it reads is not yet true for others, and not to be remembered. */
  boolean inChange();
}
