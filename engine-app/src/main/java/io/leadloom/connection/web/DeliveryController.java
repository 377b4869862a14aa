package io.leadloom.connection.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.connection.outbox.DeliveryList;
import io.leadloom.connection.outbox.DeliveryMeters;
import io.leadloom.connection.outbox.DeliveryStatus;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deliveries: what is waiting, what arrived, what failed and may be sent again. */
@RestController
@RequestMapping("/api/v1/deliveries")
class DeliveryController {

  private final DeliveryList list;
  private final DeliveryMeters meters;

  DeliveryController(DeliveryList list, DeliveryMeters meters) {
    this.list = list;
    this.meters = meters;
  }

  /** A delivery in the list. */
  record Listed(
      long id,
      String key,
      String channel,
      String status,
      String ref,
      String to,
      int attempts,
      int maxAttempts,
      Instant createdAt,
      @Nullable Instant dueAt,
      @Nullable Instant endedAt,
      @Nullable String error) {}

  /** A delivery with what was sent and what came back. */
  record Shown(
      @JsonUnwrapped Listed listed,
      String body,
      @JsonRawValue @Nullable String response,
      Cause cause) {}

  /** Lists deliveries, newest first, of one status, channel or record. */
  @GetMapping
  @Needs(section = Section.DELIVERIES, value = Action.VIEW)
  Page<Listed> list(
      @RequestParam(name = "status", required = false) @Nullable String status,
      @RequestParam(name = "channel", required = false) @Nullable String channel,
      @RequestParam(name = "root", required = false) @Nullable String root,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "50") int limit) {
    DeliveryList.Filter filter =
        new DeliveryList.Filter(status(status), channel(channel), root(root));
    Page<DeliveryList.Entry> page = list.list(filter, Cursor.before(cursor), Cursor.limit(limit));
    return new Page<>(
        page.items().stream().map(DeliveryController::listed).toList(), page.next(), null);
  }

  /** How much waits, for how long, and how fast it leaves. */
  @GetMapping("/queue")
  @Needs(section = Section.DELIVERIES, value = Action.VIEW)
  DeliveryMeters.Queue queue() {
    return meters.queue();
  }

  /** One delivery. */
  @GetMapping("/{id}")
  @Needs(section = Section.DELIVERIES, value = Action.VIEW)
  Shown show(@PathVariable("id") long id) {
    return shown(list.find(id).orElseThrow(() -> RefusedException.notFound("delivery", id)));
  }

  /** Sends a failed or cancelled delivery again. */
  @PostMapping("/{id}/replay")
  @Needs(section = Section.DELIVERIES, value = Action.EDIT)
  Shown replay(@PathVariable("id") long id) {
    return shown(list.replay(id));
  }

  /** Stops a pending delivery. */
  @PostMapping("/{id}/cancel")
  @Needs(section = Section.DELIVERIES, value = Action.EDIT)
  Shown cancel(@PathVariable("id") long id) {
    return shown(list.cancel(id));
  }

  private static @Nullable DeliveryStatus status(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return DeliveryStatus.of(text)
        .orElseThrow(
            () ->
                RefusedException.invalid(
                    "The filter cannot be used",
                    Violation.of(
                        "status", text, "pending, sending, delivered, failed or cancelled")));
  }

  private static @Nullable Channel channel(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    for (Channel channel : Channel.values()) {
      if (channel.name().equalsIgnoreCase(text)) {
        return channel;
      }
    }
    throw RefusedException.invalid(
        "The filter cannot be used",
        Violation.of("channel", text, "email, sms, whatsapp, webhook or calendar"));
  }

  private static @Nullable RecordRef root(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String[] parts = text.split("/", -1);
    if (parts.length == 2 && parts[1].matches("[0-9]{1,18}")) {
      EntityType type = EntityType.of(parts[0]).orElse(null);
      if (type != null) {
        return new RecordRef(type, Long.parseLong(parts[1]));
      }
    }
    throw RefusedException.invalid(
        "The filter cannot be used", Violation.of("root", text, "a record such as lead/42"));
  }

  private static Listed listed(DeliveryList.Entry entry) {
    return new Listed(
        entry.id(),
        entry.key(),
        entry.channel().name().toLowerCase(Locale.ROOT),
        entry.status().key(),
        entry.root().toString(),
        entry.to(),
        entry.attempts(),
        entry.maxAttempts(),
        entry.createdAt(),
        entry.dueAt(),
        entry.endedAt(),
        entry.error());
  }

  private static Shown shown(DeliveryList.Entry entry) {
    return new Shown(listed(entry), entry.body(), entry.response(), entry.cause());
  }
}
