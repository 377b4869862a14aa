package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.Record;
import io.leadloom.record.Records.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts what belongs to a lead, and reads the newest of each kind (LEAD-126). */
@Component
public class AroundLead {

  private static final int NEWEST = 5;

  private final RecordSearch search;

  AroundLead(RecordSearch search) {
    this.search = search;
  }

  /**
   * Records of a kind.
   *
   * @param total how many there are within reach
   * @param newest at most {@value #NEWEST}
   * @param filter what finds all of them
   */
  public record Some(long total, List<Record> newest, String filter) {}

  /**
   * What belongs to a lead; null for what the reader may not see.
   *
   * @param related other leads of the same contact or account; null when the lead has neither
   */
  public record Found(@Nullable Some tasks, @Nullable Some activities, @Nullable Some related) {}

  @Transactional(readOnly = true)
  public Found of(long leadId, Rights rights) {
    Record lead =
        search.visible(EntityType.LEAD, List.of(leadId), rights).stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("lead", leadId));
    String ofLead = "lead = " + leadId;
    String related = related(lead, rights);
    return new Found(
        some(EntityType.TASK, ofLead, rights),
        some(EntityType.ACTIVITY, ofLead, rights),
        related == null ? null : some(EntityType.LEAD, related, rights));
  }

  private static @Nullable String related(Record lead, Rights rights) {
    List<String> links = new ArrayList<>();
    for (String key : List.of("contact", "account")) {
      Long id = lead.values().number(key);
      if (id != null && !rights.hides(EntityType.LEAD, key)) {
        links.add(key + " = " + id);
      }
    }
    return links.isEmpty()
        ? null
        : "(" + String.join(" or ", links) + ") and not id = " + lead.ref().id();
  }

  private @Nullable Some some(EntityType type, String filter, Rights rights) {
    if (!rights.may(Section.of(type), Action.VIEW) || rights.hides(type, "lead")) {
      return null;
    }
    Page<Record> page =
        search.page(
            new Search(type, FilterGrammar.parse(filter), Set.of(), null, true, null, NEWEST, true),
            false,
            rights);
    return new Some(Objects.requireNonNullElse(page.total(), 0L), page.items(), filter);
  }
}
