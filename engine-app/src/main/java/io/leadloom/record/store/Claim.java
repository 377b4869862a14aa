package io.leadloom.record.store;

/**
 * A value that only one live record may have.
 *
 * @param fieldId the field, or one of the two numbers that stand for the identity of contacts
 * @param value the folded value
 */
public record Claim(long fieldId, String value) implements Comparable<Claim> {

  /** Which contact an e-mail address means (VOC-006): the first one that had it. */
  public static final long CONTACT_EMAIL = 901;

  /** Which contact a phone number means. */
  public static final long CONTACT_PHONE = 902;

  @Override
  public int compareTo(Claim other) {
    int order = Long.compare(fieldId, other.fieldId);
    return order != 0 ? order : value.compareTo(other.value);
  }
}
