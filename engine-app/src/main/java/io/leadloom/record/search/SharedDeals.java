package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the writer of a session may do because an opportunity is shared with him; looked up once for each. */
public final class SharedDeals {

  private final SharedReach reach;
  private final Rights rights;
  private final Set<Long> known = new HashSet<>();
  private final Map<Long, Boolean> shared = new HashMap<>();

  public SharedDeals(SharedReach reach, Rights rights) {
    this.reach = reach;
    this.rights = rights;
  }

  /** The opportunity that a record is or is about; null for none. */
  public static @Nullable Long of(Record record) {
    EntityType type = record.ref().type();
    if (type == EntityType.OPPORTUNITY) {
      return record.ref().id();
    }
    return RecordReach.about(type).contains(EntityType.OPPORTUNITY)
        ? record.values().number(EntityType.OPPORTUNITY.key())
        : null;
  }

  /** Looks several up with one query. */
  public void prepare(Collection<Long> opportunities) {
    List<Long> fresh = opportunities.stream().filter(known::add).toList();
    if (!fresh.isEmpty()) {
      shared.putAll(reach.among(fresh, rights));
    }
  }

  /** Whether shares alone are enough to do this with a record. */
  public boolean may(Record record, Action action) {
    Long opportunity = of(record);
    if (opportunity == null || !SharedReach.widens(record.ref().type(), rights, action)) {
      return false;
    }
    prepare(List.of(opportunity));
    Boolean modify = shared.get(opportunity);
    return modify != null && (action == Action.VIEW || modify);
  }
}
