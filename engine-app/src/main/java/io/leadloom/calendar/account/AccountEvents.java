package io.leadloom.calendar.account;

/** What the rest of the room hears of accounts. */
public final class AccountEvents {

  private AccountEvents() {}

  /** An account was connected, or connected again; published after its row is there, in the same transaction. */
  public record Connected(ConnectedAccount account) {}

  /** An account is about to be forgotten, in the transaction that does it. */
  public record Disconnecting(ConnectedAccount account) {}

  /** An account was forgotten, in the transaction that did it. */
  public record Disconnected(ConnectedAccount account) {}
}
