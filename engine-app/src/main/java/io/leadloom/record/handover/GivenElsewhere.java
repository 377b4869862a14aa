package io.leadloom.record.handover;

import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Cause;
import io.leadloom.record.OwnedElsewhere;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Gives what is owned in other rooms, page by page. How far it is this node remembers for each job; after a restart it begins
 * anew with what has not been given.
 */
@Component
class GivenElsewhere {

  private final ObjectProvider<OwnedElsewhere> rooms;
  private final Map<Long, Far> far = new ConcurrentHashMap<>();

  GivenElsewhere(ObjectProvider<OwnedElsewhere> rooms) {
    this.rooms = rooms;
  }

  private record Far(int room, long after, int kept) {}

  /**
   * A page.
   *
   * @param kept how much of the whole job could not be given so far
   * @param problem why, for the first of this page
   */
  record Page(int given, int kept, @Nullable String problem, boolean more) {}

  private Far far(long job) {
    return far.getOrDefault(job, new Far(0, 0, 0));
  }

  /** Gives a page, in the current transaction. */
  Page give(HandOver job, boolean active, int size, Cause cause) {
    List<OwnedElsewhere> all = rooms.orderedStream().toList();
    Far now = far(job.id());
    while (now.room() < all.size()) {
      OwnedElsewhere room = all.get(now.room());
      OwnedElsewhere.Handed handed =
          active
              ? room.give(job.fromUser(), job.toUser(), now.after(), size, cause)
              : new OwnedElsewhere.Handed(0, List.of(), null);
      int left = active ? handed.kept().size() : (int) room.count(job.fromUser());
      Long next = handed.next();
      now =
          next == null
              ? new Far(now.room() + 1, 0, now.kept() + left)
              : new Far(now.room(), next, now.kept() + left);
      Far reached = now;
      AfterCommit.run(() -> far.put(job.id(), reached));
      if (handed.given() > 0 || left > 0 || next != null) {
        return new Page(
            handed.given(),
            now.kept(),
            !handed.kept().isEmpty()
                ? handed.kept().get(0)
                : left > 0 ? room.kind() + ": owner has to be an active user" : null,
            true);
      }
    }
    return new Page(0, now.kept(), null, false);
  }

  /** Goes on after the room whose page failed; says which that is. */
  String skip(long job) {
    Far now = far(job);
    far.put(job, new Far(now.room() + 1, 0, now.kept() + 1));
    return rooms.orderedStream().skip(now.room()).findFirst().map(OwnedElsewhere::kind).orElse("");
  }

  int kept(long job) {
    return far(job).kept();
  }

  /** Forgets all jobs but these. */
  void retain(Collection<Long> jobs) {
    far.keySet().retainAll(jobs);
  }
}
