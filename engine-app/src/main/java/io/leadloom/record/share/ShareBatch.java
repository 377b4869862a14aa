package io.leadloom.record.share;

import io.leadloom.platform.Ids;
import io.leadloom.record.Record;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one transaction share and stop: seen by the cards after it, written in few statements by {@link #flush()}
 * together with all else that the runs did. A visit of a card shares once, however often it is tried. Not thread-safe.
 */
public final class ShareBatch {

  private final ShareRows rows;
  private final Recipients recipients;
  private final Ids ids;
  private final Clock clock;
  private final Supplier<Collection<Long>> near;
  private final List<Asked> asked = new ArrayList<>();
  private final Map<Long, List<ShareRows.Living>> living = new HashMap<>();
  private final Map<Long, Share.Origin> stops = new LinkedHashMap<>();

  /**
   * @param near the opportunities that the transaction is about, looked up together when one is
   */
  ShareBatch(
      ShareRows rows,
      Recipients recipients,
      Ids ids,
      Clock clock,
      Supplier<Collection<Long>> near) {
    this.rows = rows;
    this.recipients = recipients;
    this.ids = ids;
    this.clock = clock;
    this.near = near;
  }

  /** Who gets what, and for how long from when it is written (AUT-D11). */
  public record Wanted(long user, ShareAccess access, ShareTime time, ZoneId zone) {}

  private static final class Asked {
    final long opportunity;
    final Wanted wanted;
    final Share.Origin by;
    final Instant at;
    final @Nullable String reason;
    Share.@Nullable Origin stopped;

    Asked(long opportunity, Wanted wanted, Share.Origin by, Instant at, @Nullable String reason) {
      this.opportunity = opportunity;
      this.wanted = wanted;
      this.by = by;
      this.at = at;
      this.reason = reason;
    }

    boolean stops(long deal, Set<Long> users) {
      return opportunity == deal
          && reason == null
          && stopped == null
          && (users.isEmpty() || users.contains(wanted.user()));
    }
  }

  /** Shares an opportunity. Returns why that gives no access, which its history keeps; null when it does. */
  public @Nullable String share(Record opportunity, Wanted wanted, Share.Origin by) {
    String reason = recipients.refusal(opportunity, wanted.user(), wanted.access());
    asked.add(new Asked(opportunity.ref().id(), wanted, by, clock.instant(), reason));
    return reason;
  }

  /**
   * Ends what gives users access to an opportunity (AUT-086, AUT-D07).
   *
   * @param users whose; empty for all
   * @return how many shares that are
   */
  public int stop(long opportunity, Set<Long> users, Share.Origin by) {
    int stopped = 0;
    for (ShareRows.Living share : living(opportunity)) {
      if ((users.isEmpty() || users.contains(share.user()))
          && stops.putIfAbsent(share.id(), by) == null) {
        stopped++;
      }
    }
    for (Asked each : asked) {
      if (each.stops(opportunity, users)) {
        each.stopped = by;
        stopped++;
      }
    }
    return stopped;
  }

  private List<ShareRows.Living> living(long opportunity) {
    if (!living.containsKey(opportunity)) {
      Set<Long> wanted = new HashSet<>(near.get());
      wanted.add(opportunity);
      wanted.removeAll(living.keySet());
      wanted.forEach(id -> living.put(id, new ArrayList<>()));
      for (ShareRows.Living share : rows.living(wanted, clock.instant())) {
        living.computeIfAbsent(share.opportunity(), any -> new ArrayList<>()).add(share);
      }
    }
    return living.getOrDefault(opportunity, List.of());
  }

  /** Writes what was asked for. */
  public void flush() {
    Instant now = clock.instant();
    if (!asked.isEmpty()) {
      List<Long> runs =
          asked.stream().map(each -> each.by.run()).filter(run -> run != null).distinct().toList();
      Set<Share.Origin> before = runs.isEmpty() ? new HashSet<>() : rows.asked(runs);
      List<Asked> fresh =
          asked.stream().filter(each -> each.by.run() == null || before.add(each.by)).toList();
      if (!fresh.isEmpty()) {
        long first = ids.reserve("opportunity_share", fresh.size());
        List<Share> shares = new ArrayList<>(fresh.size());
        fresh.forEach(each -> shares.add(written(first + shares.size(), each, now)));
        rows.insert(shares);
      }
      asked.clear();
    }
    stops.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                LinkedHashMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
        .forEach((by, shares) -> rows.stop(shares, by, now));
    stops.clear();
    living.clear();
  }

  private static Share written(long id, Asked asked, Instant now) {
    Wanted wanted = asked.wanted;
    boolean given = asked.reason == null;
    Instant expires = given ? wanted.time().after(now, wanted.zone()) : null;
    return new Share(
        id,
        asked.opportunity,
        wanted.user(),
        wanted.access(),
        given ? ShareStatus.COMPLETED : ShareStatus.FAILED,
        asked.reason,
        wanted.time(),
        asked.at,
        given ? now : null,
        expires,
        asked.stopped == null ? expires : now,
        asked.by,
        asked.stopped);
  }
}
