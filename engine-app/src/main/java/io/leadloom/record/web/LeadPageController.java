package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.history.OwnerHistory;
import io.leadloom.record.history.OwnerHistory.Ownership;
import io.leadloom.record.search.AroundLead;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the page of a lead shows beside the lead. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/leads/{id:[0-9]{1,18}}")
class LeadPageController {

  private final OwnerHistory owners;
  private final AroundLead around;
  private final Caller caller;

  LeadPageController(OwnerHistory owners, AroundLead around, Caller caller) {
    this.owners = owners;
    this.around = around;
    this.caller = caller;
  }

  /** Who has owned a lead. */
  record Owners(List<Ownership> items) {}

  @GetMapping("/owners")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Owners owners(@PathVariable long id) {
    return new Owners(owners.of(id, caller.rights()));
  }

  /**
   * Some records that belong to a lead.
   *
   * @param filter what finds all of them
   */
  record Some(long total, List<RecordJson> items, String filter) {

    static @Nullable Some of(AroundLead.@Nullable Some some, Rights rights) {
      return some == null
          ? null
          : new Some(
              some.total(),
              some.newest().stream().map(record -> RecordJson.of(record, null, rights)).toList(),
              some.filter());
    }
  }

  /** What stands around a lead; nothing of kinds that the caller may not see. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Around(@Nullable Some tasks, @Nullable Some activities, @Nullable Some related) {}

  /** How many tasks, activities and leads of the same contact or company there are, and the newest of each. */
  @GetMapping("/around")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Around around(@PathVariable long id) {
    Rights rights = caller.rights();
    AroundLead.Found found = around.of(id, rights);
    return new Around(
        Some.of(found.tasks(), rights),
        Some.of(found.activities(), rights),
        Some.of(found.related(), rights));
  }
}
