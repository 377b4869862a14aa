package io.leadloom.automation.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.automation.message.MessageKind;
import io.leadloom.automation.message.MessageToOne;
import io.leadloom.identity.Users;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sends messages to single leads and contacts (LEAD-102, ENG-092). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/{entity:leads|contacts}/{id:[0-9]{1,18}}/messages")
class MessageSendingController {

  private final MessageToOne messages;
  private final Users users;
  private final Access access;

  MessageSendingController(MessageToOne messages, Users users, Access access) {
    this.messages = messages;
    this.users = users;
    this.access = access;
  }

  /**
   * A message.
   *
   * @param channel email, sms or whatsapp
   * @param subject for e-mails
   * @param html for e-mails, beside the text or instead of it
   */
  record Written(
      @Nullable String channel,
      @Nullable String subject,
      @Nullable String text,
      @Nullable String html) {

    ObjectNode texts() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("subject", subject)
          .put("text", text)
          .put("html", html);
    }
  }

  /** It is on its way. */
  record Accepted(String channel) {}

  @PostMapping
  @Needs(Action.EDIT)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Send a message",
      description =
          "With an Idempotency-Key it is sent once, however often it is asked for. Refused when the channel lacks a"
              + " setting, when there is no address, and when the person wants no such messages.")
  Accepted send(
      @PathVariable("entity") String entity,
      @PathVariable("id") long id,
      @RequestBody Written written,
      HttpServletRequest request) {
    MessageKind kind = kind(written);
    messages.send(ref(entity, id), kind, written.texts(), access.current(), cause(request));
    return new Accepted(kind.key());
  }

  /** The message as it would go out, merged and signed; nothing is sent. */
  @PostMapping("/preview")
  @Needs(Action.EDIT)
  MessageToOne.Shown preview(
      @PathVariable("entity") String entity,
      @PathVariable("id") long id,
      @RequestBody Written written) {
    return messages.preview(ref(entity, id), kind(written), written.texts(), access.current());
  }

  private static RecordRef ref(String entity, long id) {
    return new RecordRef(
        EntityType.of(entity)
            .orElseThrow(() -> RefusedException.notFound("kind of record", entity)),
        id);
  }

  private static MessageKind kind(Written written) {
    String channel = written.channel();
    return MessageKind.of(channel == null ? "" : channel)
        .orElseThrow(
            () ->
                RefusedException.invalid(
                    "The message is not complete",
                    Violation.of("channel", channel, "email, sms or whatsapp")));
  }

  private Cause cause(HttpServletRequest request) {
    Long user = users.current().map(Users.Person::id).orElse(null);
    if (user == null) {
      return Cause.api(null);
    }
    boolean program =
        request.getHeader(HttpHeaders.AUTHORIZATION) != null || ActingPrincipal.byKey();
    return program ? Cause.api(user) : Cause.user(user);
  }
}
