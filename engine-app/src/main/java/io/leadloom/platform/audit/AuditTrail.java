package io.leadloom.platform.audit;

/**
 * Where every act of administration is written down (SET-004): changes of settings, fields, types, automations, users,
 * teams, permissions and secrets; sign-ins and their failures; imports and exports. Changes of records are not: they have
 * their own history.
 */
public interface AuditTrail {

  /**
   * Writes an event in the caller's transaction, at its end: it is there if and only if the change is. Without a
   * transaction it is written at once. The actor is whoever the current request acts for, unless the event names another.
   */
  void record(AuditEvent event);

  /** Writes an event at once in a transaction of its own, so that it stays also when the caller's is rolled back. */
  void recordApart(AuditEvent event);
}
