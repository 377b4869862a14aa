package io.leadloom.identity;

/**
 * The way out for mails of Leadloom itself to its users. They hold what opens an account, so they are neither kept nor
 * listed as deliveries are; without a mail server they are shown to administrators in the Mailbox.
 */
public interface Letters {

  /** Sends a mail and waits for the mail server, with some tries. Returns whether it took the mail. */
  boolean send(Letter letter);

  /**
   * A mail.
   *
   * @param key names the mail for the receiver's mail program, at most 190 bytes
   */
  record Letter(String key, String to, String subject, String text) {

    /** Without the text, which holds the link: it must not get into a log. */
    @Override
    public String toString() {
      return "Letter[key=" + key + ", to=" + to + ", subject=" + subject + "]";
    }
  }
}
