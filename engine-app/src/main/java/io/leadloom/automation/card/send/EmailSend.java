package io.leadloom.automation.card.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardRun;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.MergeText;
import io.leadloom.connection.Deliveries;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.html.CleanHtml;
import io.leadloom.platform.html.MailSignature;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.LeadLinks;
import io.leadloom.record.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Sends an e-mail to the lead (AUT-047). Nothing is sent to a lead that asked not to be mailed. */
@Component
final class EmailSend implements Card {

  private static final String LEAD = "lead";
  private final ObjectMapper json;
  private final ObjectProvider<LeadLinks> links;

  EmailSend(ObjectMapper json, ObjectProvider<LeadLinks> links) {
    this.json = json;
    this.links = links;
  }

  @Override
  public String type() {
    return "email.send";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String receiver = settings.optional("to");
    boolean lead = receiver == null || receiver.equals(LEAD);
    MergeText to = MergeText.of(receiver == null || lead ? "" : receiver, "to", settings, scope);
    settings.required("subject");
    MergeText subject = MergeText.read(settings, "subject", scope);
    MergeText text = MergeText.read(settings, "text", scope);
    MergeText html = MergeText.read(settings, "html", scope);
    if (text.isBlank() && html.isBlank()) {
      settings.problem("text", null, "a text or an HTML body");
    }
    scope.need(CardScope.Need.CONTACT);
    return run -> {
      ObjectNode mail =
          json.createObjectNode().put("subject", subject.render(run).replaceAll("[\\r\\n]+", " "));
      boolean marks = lead && run.root().type() == EntityType.LEAD;
      body(mail, run, text, html, marks ? run.root().id() : null);
      if (lead && run.root().type() == EntityType.ACCOUNT) {
        return toContacts(run, mail.toString());
      }
      String address = lead ? Sending.address(run, "email") : address(to.render(run));
      if (address == null) {
        run.note("Not sent: there is no e-mail address");
      } else if (lead && Sending.refuses(run, "doNotEmail")) {
        run.note("Not sent: the " + run.root().type().key() + " asked not to be mailed");
      } else {
        run.deliver(
            Sending.message(run, run.key(), Deliveries.Channel.EMAIL, address, mail.toString()));
        run.note("To " + address);
      }
      return Outcome.DONE;
    };
  }

  /**
   * @param lead whose mark goes into links to the account's websites, because nobody else gets the mail; null for none
   */
  private void body(
      ObjectNode mail, CardRun run, MergeText text, MergeText html, @Nullable Long lead) {
    MailSignature signature = run.signature();
    if (!text.isBlank()) {
      String body = marked(text.render(run), lead, false);
      mail.put("text", signature == null ? body : signature.below(body));
      if (signature != null && html.isBlank()) {
        mail.put("html", signature.belowAsHtml(body));
      }
    }
    if (!html.isBlank()) {
      // After the merge, since a value may end up inside a link.
      String body = marked(CleanHtml.of(html.renderHtml(run)), lead, true);
      mail.put("html", signature == null ? body : signature.belowHtml(body));
    }
  }

  private String marked(String body, @Nullable Long lead, boolean html) {
    LeadLinks marks = lead == null ? null : links.getIfAvailable();
    return marks == null || lead == null ? body : marks.marked(lead, body, html);
  }

  /** A run about an account mails each contact of it, with a key of its own. */
  private static Outcome toContacts(CardRun run, String mail) {
    int sent = 0;
    for (Record contact : run.contacts(run.root())) {
      boolean wanted = !Boolean.TRUE.equals(contact.values().get("doNotEmail"));
      if (wanted && contact.values().get("email") instanceof String address && !address.isBlank()) {
        String key = run.key() + ":" + contact.ref().id();
        run.deliver(Sending.message(run, key, Deliveries.Channel.EMAIL, address, mail));
        sent++;
      }
    }
    run.note(
        sent == 0
            ? "Not sent: no contact of the account has an e-mail address"
            : "To " + sent + " contacts");
    return Outcome.DONE;
  }

  private static @Nullable String address(String rendered) {
    String address = rendered.strip();
    return address.matches("[^\\s@,;<>]+@[^\\s@,;<>]+") ? address : null;
  }
}
