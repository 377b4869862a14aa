package io.leadloom.connection.web;

import io.leadloom.connection.mailbox.Mailbox;
import io.leadloom.identity.Users;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.html.CleanHtml;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Mailbox page: messages that were shown instead of sent. */
@RestController
@RequestMapping("/api/v1/mailbox")
class MailboxController {

  private static final int PREVIEW = 140;

  private final Mailbox mailbox;
  private final Users users;

  MailboxController(Mailbox mailbox, Users users) {
    this.mailbox = mailbox;
    this.users = users;
  }

  /** A message in the list. */
  record Listed(
      long id,
      String key,
      String channel,
      @Nullable String ref,
      String to,
      String subject,
      String preview,
      Instant at) {}

  /**
   * A message.
   *
   * @param html cleaned of everything that acts; null when the message has none
   */
  record Shown(
      long id,
      String key,
      String channel,
      @Nullable String ref,
      String to,
      String subject,
      String text,
      @Nullable String html,
      Instant at) {}

  /** Lists messages, newest first. */
  @GetMapping
  @Needs(section = Section.DELIVERIES, value = Action.VIEW)
  Page<Listed> list(
      @RequestParam(name = "search", required = false) @Nullable String search,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "50") int limit) {
    Page<Mailbox.Message> page =
        mailbox.list(search, Cursor.before(cursor), Cursor.limit(limit), letters());
    return new Page<>(
        page.items().stream().map(MailboxController::listed).toList(), page.next(), null);
  }

  /** One message. */
  @GetMapping("/{id}")
  @Needs(section = Section.DELIVERIES, value = Action.VIEW)
  Shown show(@PathVariable("id") long id) {
    Mailbox.Message message =
        mailbox
            .find(id)
            .filter(found -> found.root() != null || letters())
            .orElseThrow(() -> RefusedException.notFound("message", id));
    return new Shown(
        message.id(),
        message.key(),
        channel(message),
        ref(message),
        message.to(),
        message.subject(),
        message.text(),
        message.html().isBlank() ? null : CleanHtml.of(message.html()),
        message.at());
  }

  /**
   * Mails of Leadloom itself hold links that open accounts: they are shown to administrators only, and never to a key,
   * which would be worth more than what it was given for.
   */
  private boolean letters() {
    return !ActingPrincipal.byKey()
        && users.current().filter(Users.Person::administrator).isPresent();
  }

  private static Listed listed(Mailbox.Message message) {
    String line =
        message.text().isBlank() ? message.html().replaceAll("<[^>]*>", " ") : message.text();
    String preview = line.replaceAll("\\s+", " ").strip();
    return new Listed(
        message.id(),
        message.key(),
        channel(message),
        ref(message),
        message.to(),
        message.subject(),
        preview.length() > PREVIEW ? preview.substring(0, PREVIEW) + "…" : preview,
        message.at());
  }

  private static @Nullable String ref(Mailbox.Message message) {
    RecordRef root = message.root();
    return root == null ? null : root.toString();
  }

  private static String channel(Mailbox.Message message) {
    return message.channel().name().toLowerCase(Locale.ROOT);
  }
}
