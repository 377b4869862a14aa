package io.leadloom.record.mark;

/** The flag that brings a lead to the top of the list (LEAD-098); a lead without one has no value. */
public final class Flag {

  /** The key of the field. */
  public static final String FIELD = "flag";

  /** Set by somebody, and taken away only by somebody for this lead. */
  public static final String BY_HAND = "By hand";

  /** Set when a new lead was given to somebody; "Remove bulk flags" takes it away (LEAD-099, LEAD-100). */
  public static final String AUTOMATIC = "Automatic";

  private Flag() {}
}
