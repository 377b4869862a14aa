package io.leadloom.platform.text;

/** How far two spellings are apart. */
public final class Spelling {

  private static final int FAR = 3;

  private Spelling() {}

  /**
   * How many characters have to be put in, taken out or replaced to make one of the other, without letter case; {@link
   * Integer#MAX_VALUE} when their lengths differ by more than three.
   */
  public static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) > FAR) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int up = row[j];
        boolean same =
            Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        row[j] = Math.min(Math.min(row[j - 1], up) + 1, diagonal + (same ? 0 : 1));
        diagonal = up;
      }
    }
    return row[other.length()];
  }
}
