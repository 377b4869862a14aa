package io.leadloom.automation.web;

import io.leadloom.automation.notice.Notices;
import io.leadloom.identity.Users;
import io.leadloom.platform.Cursors;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What Leadloom tells whoever is signed in (AUT-058). */
@RestController
@RequestMapping("/api/v1/notices")
class NoticeController {

  private static final int MOST = 200;
  private static final int MOST_TICKED = 1000;

  private final Notices notices;
  private final RecordNames names;
  private final Users users;
  private final Cursors cursors;

  NoticeController(Notices notices, RecordNames names, Users users, Cursors cursors) {
    this.notices = notices;
    this.names = names;
    this.users = users;
    this.cursors = cursors;
  }

  /**
   * A notice.
   *
   * @param ref the record or automation that it is about, for example {@code lead/7} or {@code automation/3}
   * @param place the page of the application that it leads to instead, for example {@code /jobs/5}
   */
  record Item(
      long id,
      Instant at,
      String title,
      String text,
      @Nullable String ref,
      @Nullable String recordName,
      @Nullable Long runId,
      @Nullable String place,
      boolean read) {}

  /** One page, and how many are unread in all. */
  record Items(List<Item> items, @Nullable String next, long unread) {}

  /** Which notices were read: either some, or all. */
  record Read(@Nullable List<Long> ids, @Nullable Boolean all) {}

  record Unread(long unread) {}

  /** The reader's own notices: unread ones first, each part newest first. */
  @GetMapping
  Items list(
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "50") int limit) {
    Page.limit(limit, MOST);
    long reader = reader();
    String position = cursor == null || cursor.isBlank() ? null : cursors.open(cursor);
    Page<Notices.Notice> page = notices.page(reader, position, limit);
    Map<RecordRef, String> called =
        names.of(page.items().stream().map(Notices.Notice::ref).filter(Objects::nonNull).toList());
    return new Items(
        page.items().stream().map(notice -> item(notice, called)).toList(),
        page.next() == null ? null : cursors.seal(page.next()),
        notices.unread(reader));
  }

  private static Item item(Notices.Notice notice, Map<RecordRef, String> called) {
    RecordRef ref = notice.ref();
    Long automation = notice.automationId();
    String about =
        ref != null ? ref.toString() : automation == null ? null : "automation/" + automation;
    return new Item(
        notice.id(),
        notice.at(),
        notice.subject(),
        notice.text(),
        about,
        ref == null ? null : called.get(ref),
        notice.runId(),
        notice.place(),
        notice.read());
  }

  /** Ticks off notices of the reader; those of others stay as they are. */
  @PostMapping("/read")
  Unread read(@RequestBody Read read) {
    List<Long> some = read.ids();
    boolean all = Boolean.TRUE.equals(read.all());
    if (all == (some != null) || some != null && some.contains(null)) {
      throw RefusedException.invalid(
          "Which notices were read is not clear",
          Violation.of("ids", some, "a list of ids, or \"all\": true"));
    }
    if (some != null && some.size() > MOST_TICKED) {
      throw RefusedException.invalid(
          "These are too many at once",
          Violation.of("ids", some.size(), "at most " + MOST_TICKED + " ids, or \"all\": true"));
    }
    long reader = reader();
    if (some == null) {
      notices.readAll(reader);
    } else {
      notices.read(reader, some);
    }
    return new Unread(notices.unread(reader));
  }

  private long reader() {
    return users
        .current()
        .map(Users.Person::id)
        .orElseThrow(() -> RefusedException.forbidden("Notices need a reader"));
  }
}
