package io.leadloom.record;

/** Says in the links of a message to a lead who follows them, so that visits of the account's websites are the lead's (LEAD-156). */
public interface LeadLinks {

  /**
   * A text with the mark of the lead in its links.
   *
   * @param html whether it is HTML, of which only the targets of links change
   */
  String marked(long lead, String text, boolean html);
}
