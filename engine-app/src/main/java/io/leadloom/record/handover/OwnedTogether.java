package io.leadloom.record.handover;

import io.leadloom.identity.Hierarchy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What several users own together, for those who move them in the hierarchy. */
@Component
class OwnedTogether implements Hierarchy.Holdings {

  /** So many ids go into one statement. */
  private static final int AT_ONCE = 500;

  private final Owned owned;

  OwnedTogether(Owned owned) {
    this.owned = owned;
  }

  @Override
  @Transactional(readOnly = true)
  public Map<String, Long> of(Set<Long> users) {
    List<Long> ids = new ArrayList<>(users);
    Map<String, Long> sums = new LinkedHashMap<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      owned
          .records(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)))
          .forEach((kind, count) -> sums.merge(kind, count, Long::sum));
    }
    return sums;
  }
}
