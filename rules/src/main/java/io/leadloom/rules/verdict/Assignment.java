package io.leadloom.rules.verdict;

import org.jspecify.annotations.Nullable;

/**
 * Who shall own a lead (AUT-060).
 *
 * @param leadId the lead
 * @param to {@code team:<name>} or {@code user:<login>}
 * @param rule the row of the table that said so
 */
public record Assignment(long leadId, String to, String rule) {

  public Assignment {
    if (!to.matches("(team|user):\\S.*")) {
      throw new IllegalArgumentException("'" + to + "' is neither team:<name> nor user:<login>");
    }
  }

  /** The name of the team; null when a user is named. */
  public @Nullable String team() {
    return to.startsWith("team:") ? to.substring(5) : null;
  }

  /** The login of the user; null when a team is named. */
  public @Nullable String user() {
    return to.startsWith("user:") ? to.substring(5) : null;
  }
}
