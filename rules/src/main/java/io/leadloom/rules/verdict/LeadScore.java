package io.leadloom.rules.verdict;

import java.math.BigInteger;

/** How the total of a lead is shown in relation to what can be reached (LEAD-150). */
public final class LeadScore {

  private static final BigInteger WHOLE = BigInteger.valueOf(100);
  private static final BigInteger TWO = BigInteger.TWO;

  private LeadScore() {}

  /** The total in percent of the maximum, rounded half up and held within 0 and 100; 0 when the maximum is 0. */
  public static int percentage(long total, long maximum) {
    if (maximum <= 0 || total <= 0) {
      return 0;
    }
    if (total >= maximum) {
      return 100;
    }
    BigInteger of = BigInteger.valueOf(maximum);
    return BigInteger.valueOf(total)
        .multiply(WHOLE)
        .multiply(TWO)
        .add(of)
        .divide(of.multiply(TWO))
        .intValueExact();
  }
}
