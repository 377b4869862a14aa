package io.leadloom.record.share;

import io.leadloom.identity.Users;
import io.leadloom.platform.Cursors;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.record.RecordsErased;
import io.leadloom.record.search.RecordReach;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Shares opportunities with users for a time (AUT-066), ends that early (AUT-086) and tells its history (AUT-080). What cards
 * do and what people do through the API obeys the same rules (AUT-078).
 */
@Component
public class Shares {

  private static final int MOST = 200;

  private final ShareRows rows;
  private final Recipients recipients;
  private final Records records;
  private final Users users;
  private final AccountSettings account;
  private final Cursors cursors;
  private final Ids ids;
  private final Clock clock;

  Shares(
      ShareRows rows,
      Recipients recipients,
      Records records,
      Users users,
      AccountSettings account,
      Cursors cursors,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.recipients = recipients;
    this.records = records;
    this.users = users;
    this.account = account;
    this.cursors = cursors;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What runs share and stop in the current transaction.
   *
   * @param near the opportunities that the transaction is about
   */
  public ShareBatch open(Supplier<Collection<Long>> near) {
    return new ShareBatch(rows, recipients, ids, clock, near);
  }

  /**
   * Which shares are asked for (AUT-084, AUT-085).
   *
   * @param user with whom; null for everybody
   * @param living whether only those that give access now
   */
  public record Asked(
      @Nullable Long user,
      @Nullable ShareStatus status,
      boolean living,
      @Nullable String cursor,
      int limit) {}

  /** The shares of an opportunity that somebody sees, newest first. */
  public Page<Share> history(long opportunity, Asked asked, Rights rights) {
    Page.limit(asked.limit(), MOST);
    seen(opportunity, rights);
    long before = asked.cursor() == null ? Long.MAX_VALUE : position(asked.cursor());
    List<Share> found =
        rows.of(
            opportunity,
            new ShareRows.Wanted(
                asked.user(), asked.status(), asked.living() ? clock.instant() : null, before),
            asked.limit() + 1);
    boolean more = found.size() > asked.limit();
    List<Share> page = more ? found.subList(0, asked.limit()) : found;
    return new Page<>(
        page, more ? cursors.seal(Long.toString(page.get(page.size() - 1).id())) : null, null);
  }

  /**
   * Something that is shared with somebody.
   *
   * @param until when that ends, unless it is stopped
   * @param alone whether he reaches the opportunity by shares alone, so that these say what he may do with it
   */
  public record Lent(long id, long opportunity, ShareAccess access, Instant until, boolean alone) {}

  /** What lasts of what is shared with somebody, each share by itself, in the order of sharing. */
  public Page<Lent> lent(Rights rights, @Nullable String cursor, int limit) {
    Page.limit(limit, MOST);
    long after = cursor == null ? 0 : position(cursor);
    Long user = rights.userId();
    if (user == null) {
      return new Page<>(List.of(), null, null);
    }
    List<Lent> found = rows.with(user, clock.instant(), after, limit + 1);
    boolean more = found.size() > limit;
    List<Lent> page = marked(more ? found.subList(0, limit) : found, rights);
    return new Page<>(
        page, more ? cursors.seal(Long.toString(page.get(page.size() - 1).id())) : null, null);
  }

  private List<Lent> marked(List<Lent> lent, Rights rights) {
    Set<Long> own =
        records
            .as(rights)
            .findUnshared(
                EntityType.OPPORTUNITY, lent.stream().map(Lent::opportunity).distinct().toList())
            .stream()
            .map(record -> record.ref().id())
            .collect(Collectors.toSet());
    return lent.stream()
        .map(
            one ->
                new Lent(
                    one.id(),
                    one.opportunity(),
                    one.access(),
                    one.until(),
                    !own.contains(one.opportunity())))
        .toList();
  }

  private long position(String cursor) {
    String position = cursors.open(cursor);
    try {
      return Long.parseLong(position);
    } catch (NumberFormatException e) {
      throw RefusedException.invalid(
          "The cursor belongs to another list",
          Violation.of("cursor", cursor, "the 'next' of a page of the same list"));
    }
  }

  /** Whether somebody shares this opportunity and ends shares: not one with whom it is only shared. */
  public boolean mayShare(long opportunity, Rights rights) {
    Record record = seen(opportunity, rights);
    return record.trashedAt() == null && mayShare(record, rights);
  }

  private static boolean mayShare(Record opportunity, Rights rights) {
    return !rights.owners(EntityType.OPPORTUNITY, Action.SHARE).none()
        && RecordReach.reached(
            EntityType.OPPORTUNITY,
            opportunity.values(),
            rights,
            rights.owners(EntityType.OPPORTUNITY, Action.EDIT));
  }

  /** Shares an opportunity with somebody to whom one may give records. A share that gives no access is answered as failed. */
  @Transactional
  public Share share(
      long opportunity, long user, ShareAccess access, ShareTime time, Rights rights) {
    Record record = shareable(opportunity, rights);
    if (record.trashedAt() != null) {
      throw RefusedException.notFound("opportunity", opportunity);
    }
    boolean reached = rights.owners(EntityType.OPPORTUNITY, Action.SHARE).reach(user);
    if (!reached || users.find(user).isEmpty()) {
      throw RefusedException.invalid(
          "The opportunity cannot be shared with this user",
          Violation.of("user", user, "a user to whom you may give records"));
    }
    ShareBatch batch = open(List::of);
    batch.share(
        record,
        new ShareBatch.Wanted(user, access, time, account.timeZone()),
        Share.Origin.api(rights.userId()));
    batch.flush();
    return Objects.requireNonNull(
        rows.of(opportunity, new ShareRows.Wanted(user, null, null, Long.MAX_VALUE), 1).get(0));
  }

  /**
   * Ends what gives users access to an opportunity, also to one in the trash, which would be shared again when it comes back.
   *
   * @param user whose; null for all
   * @return how many shares that were
   */
  @Transactional
  public int stop(long opportunity, @Nullable Long user, Rights rights) {
    shareable(opportunity, rights);
    ShareBatch batch = open(List::of);
    int stopped =
        batch.stop(
            opportunity, user == null ? Set.of() : Set.of(user), Share.Origin.api(rights.userId()));
    batch.flush();
    return stopped;
  }

  private Record shareable(long opportunity, Rights rights) {
    Record record = seen(opportunity, rights);
    if (!mayShare(record, rights)) {
      throw RefusedException.forbidden("You may not share this opportunity");
    }
    return record;
  }

  private Record seen(long opportunity, Rights rights) {
    return records
        .as(rights)
        .find(RecordRef.opportunity(opportunity))
        .orElseThrow(() -> RefusedException.notFound("opportunity", opportunity));
  }

  /** Nothing stays of an opportunity that is erased for good. */
  @EventListener
  void erased(RecordsErased erased) {
    if (erased.type() == EntityType.OPPORTUNITY) {
      rows.erase(erased.ids());
    }
  }
}
