package io.leadloom.record.share.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.CauseNames;
import io.leadloom.record.share.Share;
import io.leadloom.record.share.ShareAccess;
import io.leadloom.record.share.ShareStatus;
import io.leadloom.record.share.ShareTime;
import io.leadloom.record.share.Shares;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** With whom an opportunity is shared, and was (AUT-078 to AUT-088). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/opportunities/{id:[0-9]{1,18}}/shares")
class ShareController {

  private final Shares shares;
  private final Access access;
  private final ObjectProvider<CauseNames> names;
  private final Clock clock;

  ShareController(Shares shares, Access access, ObjectProvider<CauseNames> names, Clock clock) {
    this.shares = shares;
    this.access = access;
    this.names = names;
    this.clock = clock;
  }

  /** A length of time: minutes, hours or days. */
  record Time(@Nullable Integer amount, @Nullable String unit) {}

  /**
   * Who or what shared or stopped.
   *
   * @param user null for a run, and for the key of the account
   * @param automation null for a person
   * @param automationName null when it is gone
   */
  record By(
      @Nullable Long user,
      @Nullable Long automation,
      @Nullable String automationName,
      @Nullable Long run) {}

  /**
   * A share.
   *
   * @param access view or modify
   * @param source automation or api
   * @param status processing, completed or failed: whether access was given, not whether it lasts
   * @param endedAt when access ended; missing while it lasts and when there was none
   * @param endCause expired or stopped
   */
  record Shown(
      long id,
      long user,
      String access,
      String source,
      String status,
      @Nullable String reason,
      Time duration,
      Instant requestedAt,
      @Nullable Instant writtenAt,
      @Nullable Instant expiresAt,
      @Nullable Instant endedAt,
      @Nullable String endCause,
      By by,
      @Nullable By endedBy) {}

  /**
   * Shares, newest first.
   *
   * @param next the cursor of the next page; null at the end
   * @param mayShare whether the caller may share this opportunity and stop that
   */
  record Listed(List<Shown> items, @Nullable String next, boolean mayShare) {}

  /** What is to be shared with whom, for how long. */
  record Wanted(@Nullable Long user, @Nullable String access, @Nullable Time duration) {}

  /** Whose access is to end; that of all when nobody is named. */
  record Stop(@Nullable Long user) {}

  /** How many shares ended. */
  record Stopped(int stopped) {}

  @GetMapping
  @Needs(section = Section.OPPORTUNITY, value = Action.VIEW)
  @Operation(summary = "The shares of an opportunity, newest first")
  Listed list(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Long user,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(defaultValue = "false") boolean living,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    ShareStatus wanted =
        status == null || status.isBlank()
            ? null
            : ShareStatus.of(status)
                .orElseThrow(() -> refused("status", status, "processing, completed or failed"));
    Rights rights = access.current();
    Page<Share> page =
        shares.history(id, new Shares.Asked(user, wanted, living, cursor, limit), rights);
    return new Listed(shown(page.items()), page.next(), shares.mayShare(id, rights));
  }

  @PostMapping
  @Needs(section = Section.OPPORTUNITY, value = Action.SHARE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Share an opportunity with a user for a time",
      description =
          "Access is there at once and ends by itself. A share that gives no access, for example with the owner, is kept"
              + " as failed with its reason.")
  Shown share(@PathVariable long id, @RequestBody Wanted body) {
    if (body.user() == null) {
      throw refused("user", null, "the id of a user");
    }
    String level = body.access() == null ? "" : body.access();
    ShareAccess given =
        ShareAccess.of(level).orElseThrow(() -> refused("access", level, "view or modify"));
    Time asked = body.duration();
    ShareTime time =
        asked == null || asked.amount() == null || asked.unit() == null
            ? null
            : ShareTime.of(asked.amount(), asked.unit()).orElse(null);
    if (time == null) {
      throw refused(
          "duration",
          asked == null ? null : asked.amount() + " " + asked.unit(),
          ShareTime.EXPECTED);
    }
    return shown(List.of(shares.share(id, body.user(), given, time, access.current()))).get(0);
  }

  @PostMapping("/stop")
  @Needs(section = Section.OPPORTUNITY, value = Action.SHARE)
  @Operation(
      summary = "Stop sharing an opportunity with a user, or with everybody",
      description = "All shares with the user end, and their history stays.")
  Stopped stop(@PathVariable long id, @RequestBody Stop body) {
    return new Stopped(shares.stop(id, body.user(), access.current()));
  }

  private List<Shown> shown(List<Share> found) {
    Set<Long> automations = new HashSet<>();
    for (Share share : found) {
      add(automations, share.by());
      add(automations, share.stopped());
    }
    CauseNames directory = names.getIfAvailable();
    Map<Long, String> named =
        directory == null || automations.isEmpty() ? Map.of() : directory.automations(automations);
    Instant now = clock.instant();
    return found.stream().map(share -> shown(share, named, now)).toList();
  }

  private static void add(Set<Long> automations, Share.@Nullable Origin by) {
    if (by != null && by.automation() != null) {
      automations.add(by.automation());
    }
  }

  private static Shown shown(Share share, Map<Long, String> named, Instant now) {
    boolean ended = share.accessUntil() != null && !share.living(now);
    String cause = share.stopped() == null ? "expired" : "stopped";
    return new Shown(
        share.id(),
        share.user(),
        share.access().key(),
        share.by().automation() == null ? "api" : "automation",
        share.status().key(),
        share.reason(),
        new Time(share.time().amount(), share.time().unit().key()),
        share.requestedAt(),
        share.writtenAt(),
        share.expiresAt(),
        ended ? share.accessUntil() : null,
        ended ? cause : null,
        by(share.by(), named),
        share.stopped() == null ? null : by(share.stopped(), named));
  }

  private static By by(Share.Origin origin, Map<Long, String> named) {
    Long automation = origin.automation();
    return new By(
        origin.user(), automation, automation == null ? null : named.get(automation), origin.run());
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The shares cannot be read or changed like this", Violation.of(field, value, expectation));
  }
}
