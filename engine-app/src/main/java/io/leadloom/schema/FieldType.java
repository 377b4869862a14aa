package io.leadloom.schema;

/** The types of field. Each has exactly one Java type in which its values travel end to end. */
public enum FieldType {
  /** {@code String} of at most 250 characters on one line. */
  TEXT(String.class, Slot.TEXT),
  /** {@code String} of at most 50,000 characters. */
  LONG_TEXT(String.class, Slot.NONE),
  /** {@code Long}. */
  WHOLE_NUMBER(Long.class, Slot.NUMBER),
  /** {@code BigDecimal} with at most 6 decimal places. */
  DECIMAL(java.math.BigDecimal.class, Slot.NUMBER),
  /** {@link Money}. */
  MONEY(Money.class, Slot.NUMBER),
  /** {@code Boolean}. */
  BOOLEAN(Boolean.class, Slot.NUMBER),
  /** {@code LocalDate}. */
  DATE(java.time.LocalDate.class, Slot.TIME),
  /** {@code Instant}, microseconds. */
  DATE_TIME(java.time.Instant.class, Slot.TIME),
  /** {@code String}: one of the options. */
  DROPDOWN(String.class, Slot.TEXT),
  /** {@code List<String>}: some of the options, in their order. */
  MULTI_SELECT(java.util.List.class, Slot.TEXT),
  /** {@code String}: an e-mail address, kept as typed, compared folded. */
  EMAIL(String.class, Slot.TEXT),
  /** {@code String}: a phone number, kept in E.164 where it can be understood. */
  PHONE(String.class, Slot.TEXT),
  /** {@code String}: an absolute http or https address. */
  URL(String.class, Slot.TEXT),
  /** {@code Long}: the id of a user. */
  USER(Long.class, Slot.NUMBER),
  /** {@code Long}: the id of a record of the linked entity type. */
  RECORD_LINK(Long.class, Slot.NUMBER);

  private final Class<?> valueType;
  private final Slot slot;

  /** Which kind of typed slot column makes a field filterable. */
  public enum Slot {
    TEXT,
    NUMBER,
    TIME,
    NONE
  }

  FieldType(Class<?> valueType, Slot slot) {
    this.valueType = valueType;
    this.slot = slot;
  }

  /** The Java type of the values. */
  public Class<?> valueType() {
    return valueType;
  }

  public Slot slot() {
    return slot;
  }
}
